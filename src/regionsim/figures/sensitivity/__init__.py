"""Figures of which parameters matter: bars, tornado, plane of Morris, map of factors by county, and years."""
