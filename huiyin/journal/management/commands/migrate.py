"""Django's migrate, then the journal's triggers: a table rebuild drops them, so they are put back every time."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from huiyin.journal import triggers


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        triggers.install(connections[options["database"]])
