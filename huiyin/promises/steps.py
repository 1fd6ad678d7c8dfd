"""Steps of this app, in the order of the procedure."""
