"""Django's migrate, then the triggers and the index of words: a table rebuild drops them, so they are put back."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from huiyin.journal import triggers
from huiyin.journal.work import hooks


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        connection = connections[options["database"]]
        triggers.install(connection)
        hooks.install(connection)
