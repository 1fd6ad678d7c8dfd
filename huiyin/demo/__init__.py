"""The made city: its people, its matters and the plan of its year, all made up and the same for every seed."""
