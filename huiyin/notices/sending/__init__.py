"""Messages on their way: signed calls, mail, robots, and the run that sends what waits."""
