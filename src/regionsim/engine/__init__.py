"""From declarations to numbers: compile, check units, integrate. Knows nothing of counties or of the plan."""
