"""The model: one file per mechanism of the plan."""
