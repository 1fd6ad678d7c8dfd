"""督办 as pages: leaders, tasks, dispatches, look-back samples, meetings, matters with superiors, and how units act."""
