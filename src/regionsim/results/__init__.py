"""The Dataset: its metadata, indicators, writing and reading."""
