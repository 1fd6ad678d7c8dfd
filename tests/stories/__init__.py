"""Ways through the life, told as functions that run real steps; no story ever sets a state."""
