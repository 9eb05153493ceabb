"""The model as an XMILE document, for Stella, Vensim, PySD and simlin: the same equations, read once more."""
