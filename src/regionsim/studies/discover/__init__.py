"""Scenario discovery: in which part of the space of parameters a target fails, from a sweep that is finished."""
