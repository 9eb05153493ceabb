"""Which parameters matter: indices of global sensitivity from the members of a sweep."""
