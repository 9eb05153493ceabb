"""What is done with a model: run, compare."""
