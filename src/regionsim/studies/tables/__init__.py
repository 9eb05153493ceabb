"""Tables for a paper: the headline and difference tables of results that are there, in four formats."""
