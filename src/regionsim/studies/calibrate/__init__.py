"""Parameters fitted to what was observed: values, intervals, and how much the data say of each."""
