"""Every step of the life, in its order. Importing this module declares them all."""

from importlib import import_module

APPS = (
    "people",
    "clock",
    "proposals",
    "handling",
    "contacts",
    "promises",
    "replies",
    "evaluations",
    "supervision",
    "topics",
    "ledgers",
    "reporting",
    "scores",
)

for app in APPS:
    import_module(f"huiyin.{app}.steps")
