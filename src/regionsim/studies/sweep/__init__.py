"""Sweeps: many members of several scenarios, drawn by a design, simulated in chunks that nothing can lose."""
