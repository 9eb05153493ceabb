"""A run against what was observed after the base year, beside forecasts that need no model."""
