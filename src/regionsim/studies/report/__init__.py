"""A report of results that are there: one document in words, tables and figures, as a page of HTML and as PDF."""
