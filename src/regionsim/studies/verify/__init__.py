"""Verify a run by engines that are not ours: export, run there, compare, and keep the differences on record."""
