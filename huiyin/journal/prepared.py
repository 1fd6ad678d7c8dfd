"""Statements that are run again and again in one shape: compiled once, then run with other values.

To work out the SQL of a QuerySet costs several times what the database needs to answer it, and steps ask and write
the same few dozen all the time. Kept is the statement alone, never an answer: each run asks the database.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.expressions import Expression
from django.db.models.sql import InsertQuery, UpdateQuery


class Slot(Expression):
    """Where a value comes in when the query is run: it stands among the statement's parameters as itself."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Prepared:
    """`make` gives the QuerySet of its arguments and decides nothing by their values; a call runs it.

    A tuple among the arguments, for a look-up by `__in`, has a statement for each length. The rows are those of the
    QuerySet: objects with what is selected along (nothing is prefetched), or values.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self.make = make
        self.statements: dict[tuple[int, ...], Any] = {}

    def __call__(self, *given: Any) -> list[Any]:
        statement, values = self.prepared(given)
        return statement.run(values)

    def prepared(self, given: tuple[Any, ...]) -> tuple[Any, list[Any]]:
        """The statement for values of this shape, and the values as the database takes them."""
        shape = tuple(len(value) if isinstance(value, tuple) else -1 for value in given)
        statement = self.statements.get(shape)
        if statement is None:
            statement = self.statements[shape] = self.statement(self.make(*_slots(shape)))
        return statement, [_adapted(value) for value in _flat(given)]

    def statement(self, rows: Any) -> Any:
        return _Statement(rows)


class Counted(Prepared):
    """The same for whole numbers: `make` gives a QuerySet and the aggregates wanted of it by their names."""

    def __call__(self, *given: Any) -> Any:
        statement, values = self.prepared(given)
        return statement.numbers(values)

    def statement(self, rows: Any) -> Any:
        return _Numbers(*rows)


class _Statement:
    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.rows = rows
        self.compiler = rows.query.get_compiler(using=rows.db)
        self.sql, self.params = self.compiler.as_sql()
        columns = [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(columns)

    def run(self, values: list[Any]) -> list[Any]:
        """The QuerySet's own way from rows of the database to rows of Python, with the statement at hand."""
        params = _filled(self.params, values)
        compiler: Any = copy(self.compiler)
        compiler.connection = connections[self.rows.db]  # the one of this thread
        compiler.as_sql = lambda *args, **more: (self.sql, params)
        compiler.get_converters = lambda columns: self.converters
        query = SimpleNamespace(get_compiler=lambda *args, **more: compiler)
        bound: Any = SimpleNamespace(
            model=self.rows.model, db=self.rows.db, query=query, _known_related_objects={}
        )
        rows: Any = self.rows
        return list(rows._iterable_class(bound))


class _Numbers:
    """`rows.aggregate(**asked)`, overheard on its way to the database and not sent."""

    def __init__(self, rows: QuerySet[Any, Any], asked: dict[str, Any]) -> None:
        self.names = list(asked)
        self.sql, self.params = "", ()
        with connection.execute_wrapper(self._overhear), suppress(_Overheard):
            rows.aggregate(**asked)

    def _overhear(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> None:
        self.sql, self.params = sql, tuple(params)
        raise _Overheard

    def numbers(self, values: list[Any]) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, _filled(self.params, values))
            return dict(zip(self.names, cursor.fetchone(), strict=True))


class _Overheard(Exception):
    """The statement is known; nothing has been asked."""


def _filled(params: Iterable[Any], values: list[Any]) -> tuple[Any, ...]:
    return tuple(values[one.place] if isinstance(one, Slot) else one for one in params)


def _slots(shape: tuple[int, ...]) -> list[Any]:
    """A slot for each value, in the places where the values will stand."""
    place, found = 0, list[Any]()
    for length in shape:
        many = range(place, place + abs(length))
        found.append(Slot(place) if length < 0 else tuple(Slot(one) for one in many))
        place += abs(length)
    return found


def _flat(given: tuple[Any, ...]) -> Iterator[Any]:
    for value in given:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _adapted(value: Any) -> Any:
    """As the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def insert(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """Write new rows of one model, each by the same statement; a key that the database gives is not brought back."""
    if not rows:
        return
    fields, sql = _insertion(type(rows[0]), rows[0].pk is not None, ignore_conflicts)
    here = connections[DEFAULT_DB_ALIAS]
    with here.cursor() as cursor:
        cursor.executemany(sql, [_stored(fields, row, here, new=True) for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, here.alias


def update(row: Model, names: Iterable[str]) -> None:
    """Write these fields of a row that stands, as its `save(update_fields=names)` would."""
    fields, sql = _change(type(row), tuple(names))
    here = connections[DEFAULT_DB_ALIAS]
    with here.cursor() as cursor:
        cursor.execute(sql, [*_stored(fields, row, here, new=False), row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is not there to be updated")


@cache
def _insertion(model: type[Model], with_key: bool, ignore_conflicts: bool) -> tuple[list[Any], str]:
    fields = [one for one in model._meta.concrete_fields if with_key or not one.primary_key]
    query = InsertQuery(model, on_conflict=OnConflict.IGNORE if ignore_conflicts else None)
    query.insert_values(fields, [model()])
    return fields, query.get_compiler(connection=connection).as_sql()[0][0]


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[list[Any], str]:
    fields = [model._meta.get_field(name) for name in names]
    query: Any = model._base_manager.filter(pk=Slot(len(names))).query.chain(UpdateQuery)
    query.add_update_fields([(field, None, Slot(place)) for place, field in enumerate(fields)])
    return fields, query.get_compiler(connection=connection).as_sql()[0]


def _stored(fields: list[Any], row: Model, here: Any, *, new: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, new), here) for field in fields]
