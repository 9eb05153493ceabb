"""The same equations, compiled: their trees as loops over one member's memory, and these as machine code."""
