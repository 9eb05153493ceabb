"""The schema of a scenario file, parameters and their layers, problems in words."""
