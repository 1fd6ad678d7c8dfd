"""Statements that are run again and again in one shape: compiled once, then run with other values.

To work out the SQL of a QuerySet costs several times what the database needs to answer it, and steps ask and write
the same few dozen all the time. Kept is the statement alone, never an answer: each run asks the database.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.models import F, Model, Prefetch, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.expressions import Expression
from django.db.models.sql import InsertQuery, UpdateQuery

OWNER = "owner_key"
NOBODY = (
    2_147_480_000  # keys from here on are nobody's: they stand for those that are known when the query is run
)


Keys = Sequence[Any]


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
    QuerySet: objects with what is selected and fetched along, or values. `keys`: what stands for the numbers from
    NOBODY on.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self.make = make
        self.statements: dict[tuple[int, ...], Any] = {}

    def __call__(self, *given: Any, keys: Keys = ()) -> list[Any]:
        statement, values = self.prepared(given)
        return statement.run(values, keys)

    def prepared(self, given: tuple[Any, ...]) -> tuple[Any, list[Any]]:
        """The statement for values of this shape, and the values as the database takes them."""
        shape = tuple(len(value) if isinstance(value, tuple) else -1 for value in given)
        statement = self.statements.get(shape)
        if statement is None:
            statement = self.statements[shape] = self.statement(self.make(*_slots(shape)))
        return statement, [_adapted(value) for value in _flat(given)]

    def statement(self, rows: Any) -> Any:
        try:
            return _Statement(rows)
        except EmptyResultSet:  # whatever the values
            return _Nothing()


class Counted(Prepared):
    """The same for whole numbers: `make` gives a QuerySet and the aggregates wanted of it by their names."""

    def __call__(self, *given: Any, keys: Keys = ()) -> Any:
        statement, values = self.prepared(given)
        return statement.numbers(values, keys)

    def statement(self, rows: Any) -> Any:
        return _Numbers(*rows)


class _Statement:
    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.rows = rows
        self.compiler = rows.query.get_compiler(using=rows.db)
        self.sql, self.params = self.compiler.as_sql()
        columns = [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(columns)
        self.parts = [Part(rows.model, one) for one in rows._prefetch_related_lookups]  # type: ignore[attr-defined]

    def run(self, values: list[Any], keys: Keys) -> list[Any]:
        """The QuerySet's own way from rows of the database to rows of Python, with the statement at hand."""
        params = _filled(self.params, values, keys)
        compiler: Any = copy(self.compiler)
        compiler.connection = connections[self.rows.db]  # the one of this thread
        compiler.as_sql = lambda *args, **more: (self.sql, params)
        compiler.get_converters = lambda columns: self.converters
        query = SimpleNamespace(get_compiler=lambda *args, **more: compiler)
        bound: Any = SimpleNamespace(
            model=self.rows.model, db=self.rows.db, query=query, _known_related_objects={}
        )
        rows: Any = self.rows
        found = list(rows._iterable_class(bound))
        for part in self.parts:
            part.fetch(found, keys)
        return found


class _Nothing:
    """Of a QuerySet that cannot have a row; the database is not asked."""

    def run(self, values: list[Any], keys: Keys) -> list[Any]:
        return []


@contextmanager
def _unlogged() -> Iterator[None]:
    """A log of queries, as in debugging, quotes the values of each; a Slot has none yet."""
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del connection.make_debug_cursor


class _Numbers:
    """`rows.aggregate(**asked)`, overheard on its way to the database and not sent."""

    def __init__(self, rows: QuerySet[Any, Any], asked: dict[str, Any]) -> None:
        self.names = list(asked)
        self.sql, self.params = "", ()
        with _unlogged(), connection.execute_wrapper(self._overhear), suppress(_Overheard):
            rows.aggregate(**asked)

    def _overhear(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> None:
        self.sql, self.params = sql, tuple(params)
        raise _Overheard

    def numbers(self, values: list[Any], keys: Keys) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, _filled(self.params, values, keys))
            return dict(zip(self.names, cursor.fetchone(), strict=True))


class Beside(list[Any]):
    """The rows of one owner as its related manager gives them; whoever narrows them further asks the database."""

    def __init__(self, owner: Model, accessor: str) -> None:
        super().__init__()
        self.owner, self.accessor = owner, accessor

    def all(self) -> "Beside":
        return self

    def count(self) -> int:  # type: ignore[override]
        return len(self)

    def __getattr__(self, name: str) -> Any:
        alone = copy(self.owner)
        alone._prefetched_objects_cache = {}  # type: ignore[attr-defined]
        return getattr(getattr(alone, self.accessor), name)


class Part:
    """One relation of rows at the end of a way of single steps, e.g. "proposal__assignments", as `prefetch_related`
    fetches it."""

    def __init__(self, model: Any, wanted: str | Prefetch) -> None:
        path = wanted if isinstance(wanted, str) else wanted.prefetch_to
        *self.way, self.name = path.split("__")
        for step in self.way:
            model = model._meta.get_field(step).related_model
        self.relation = model._meta.get_field(self.name)
        one_to_many = self.relation.one_to_many
        self.accessor = self.relation.get_accessor_name() if one_to_many else self.name
        self.owner_of = self.relation.field.attname if one_to_many else OWNER
        given = None if isinstance(wanted, str) else wanted.queryset
        rows = self.relation.related_model._default_manager.all() if given is None else given
        self.fetched = Prepared(self._of(rows))

    def _of(self, rows: QuerySet[Any]) -> Any:
        """The rows of these owners. Through a table between, the owner comes along with each row."""
        if self.relation.one_to_many:
            back = self.relation.field.name
            return lambda keys: rows.filter(**{f"{back}__pk__in": keys})
        back = self.relation.remote_field.name
        return lambda keys: rows.filter(**{f"{back}__pk__in": keys}).annotate(**{OWNER: F(f"{back}__pk")})

    def fetch(self, rows: Iterable[Any], keys: Keys = ()) -> None:
        owners = list(self._owners(rows))
        own_keys = tuple({owner.pk: None for owner in owners})
        found = self.fetched(in_steps(own_keys), keys=keys) if owners else []
        of_owner: dict[Any, list[Any]] = defaultdict(list)
        for row in found:
            of_owner[getattr(row, self.owner_of)].append(row)
        for owner in owners:
            own = Beside(owner, self.accessor)
            own.extend(of_owner[owner.pk])
            if self.relation.one_to_many:
                for row in own:
                    self.relation.field.set_cached_value(row, owner)
            owner.__dict__.setdefault("_prefetched_objects_cache", {})[self.accessor] = own

    def _owners(self, rows: Iterable[Any]) -> Iterable[Any]:
        for row in rows:
            for step in self.way:
                row = getattr(row, step)
            yield row


def in_steps(keys: tuple[Any, ...]) -> tuple[Any, ...]:
    """As many as the next power of two, the last one repeated: a few statements serve lists of every length."""
    return keys + keys[-1:] * ((1 << (len(keys) - 1).bit_length()) - len(keys)) if keys else keys


class _Overheard(Exception):
    """The statement is known; nothing has been asked."""


def _filled(params: Iterable[Any], values: list[Any], keys: Keys) -> tuple[Any, ...]:
    return tuple(
        values[one.place]
        if isinstance(one, Slot)
        else keys[one - NOBODY]
        if type(one) is int and NOBODY <= one < NOBODY + len(keys)
        else one
        for one in params
    )


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
