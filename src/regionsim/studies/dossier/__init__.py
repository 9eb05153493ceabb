"""The validation dossier: every test of the model with its numbers, passed, failed or not testable."""
