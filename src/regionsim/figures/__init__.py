"""One figure per file; each takes Datasets and returns a matplotlib Figure."""
