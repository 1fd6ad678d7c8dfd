"""开办: a city that starts empty is set up in the browser, and its lists are brought up to date the same way later."""
