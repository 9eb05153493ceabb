"""The listing of all equations as one document, in Markdown, LaTeX or HTML."""
