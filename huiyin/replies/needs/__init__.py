"""What the steps of a reply require: of its content (sign and issue) and of what must have happened (issue)."""
