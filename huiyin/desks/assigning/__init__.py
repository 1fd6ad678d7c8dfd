"""The assignment workbench (交办台): many items on one screen, who had the like before, who has how much in hand."""
