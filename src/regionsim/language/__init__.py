"""How an equation is said: axes, inputs, declarations, the functions allowed in one, units."""
