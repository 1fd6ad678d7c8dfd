"""One function for each table of a pack: reads it strictly into its entry."""

from huiyin.rulepacks.citing import Sources
from huiyin.rulepacks.entries import (
    Difficulty,
    Evaluating,
    Ground,
    Letter,
    Mark,
    MarkScheme,
    Numbering,
    Option,
    Publication,
    Rate,
    RequiredContact,
    RoleName,
    Taxonomy,
)
from huiyin.rulepacks.lengths import read_span_or_date
from huiyin.rulepacks.options import LETTERS, NEEDS, OPTIONS, PUBLISHED, RATES, ROUNDS
from huiyin.rulepacks.periods import Escalation, FixedDate, Length, Told, WarningColour
from huiyin.rulepacks.reading import Table
from huiyin.words import ContactPhase, Dimension, Grade, Kind, Meaning, Publicity, UnitRole

CODE = 40  # what the database keeps of a code
SPAN_OR_DATE = "请写成“3 months”“5 workdays”或者“12-31”的样式"


def kind_of(table: Table) -> Kind | None:
    return table.word_or_none("kind", Kind)


def mark_scheme(table: Table, sources: Sources) -> MarkScheme:
    source, assumed = sources.cite(table)
    marks = tuple(_mark(entry, order) for order, entry in enumerate(table.tables("mark"), start=1))
    if not marks:
        table.say("", "办理结果类别方案里一个类别也没有，请用[[mark_scheme.mark]]逐个列出。")
    return MarkScheme(
        name=table.text("name", most=60),
        marks=marks,
        source=source,
        kind=kind_of(table),
        lettered=table.flag("lettered", True),
        place=table.text("place", ""),
        assumed=assumed,
        note=table.text("note", ""),
    )


def _mark(table: Table, order: int) -> Mark:
    """Marks stand in the order of favour; the first is the most favourable."""
    period: Length | FixedDate | None = table.read("period", read_span_or_date, SPAN_OR_DATE)
    meanings = table.words("meanings", Meaning, required=True)
    says = _pairs(table, "says", Meaning)
    made = Mark(
        code=table.text("code", most=12),
        label=table.text("label"),
        meanings=meanings,
        order=order,
        period=period,
        synonyms=table.texts("synonyms"),
        says=says,
        needs=table.some_of("needs", NEEDS),
    )
    for word, meaning in says:
        if word not in (made.label, *made.synonyms):
            table.say("says", f"says里的“{word}”不在label和synonyms中。")
        if meaning not in meanings:
            table.say("says", f"says里的含义“{meaning}”不在meanings中。")
    table.done()
    return made


def _pairs(table: Table, key: str, words: type[Meaning]) -> tuple[tuple[str, Meaning], ...]:
    """A small table { "已解决" = "solved" }."""
    if not table.has(key):
        table.used.add(key)
        return ()
    inner = table.table(key)
    return tuple((word, inner.word(word, words)) for word in inner.data)


def taxonomy(table: Table, sources: Sources) -> Taxonomy:
    source, assumed = sources.cite(table)
    return Taxonomy(
        name=table.text("name", most=CODE),
        label=table.text("label"),
        classes=table.texts("classes", required=True),
        source=source,
        kind=kind_of(table),
        open=table.flag("open"),
        assumed=assumed,
    )


def evaluating(table: Table, sources: Sources) -> Evaluating:
    source, assumed = sources.cite(table)
    labels: tuple[tuple[Dimension, str], ...] = ()
    if table.has("labels"):
        inner = table.table("labels")
        labels = tuple((word, inner.text(word.value)) for word in Dimension if inner.has(word.value))
        inner.used |= {word.value for word in Dimension}
        inner.done()
    table.used.add("labels")
    return Evaluating(
        dimensions=table.words("dimensions", Dimension, required=True),
        grades=table.words("grades", Grade, required=True),
        source=source,
        kind=kind_of(table),
        later_dimensions=table.words("later_dimensions", Dimension),
        reason_below=table.word("reason_below", Grade, Grade.BASIC),
        labels=labels,
        questions=table.texts("questions"),
        assumed=assumed,
        note=table.text("note", ""),
    )


def rate(table: Table, sources: Sources) -> Rate:
    source, assumed = sources.cite(table)
    name = table.one_of("name", RATES)
    bases = RATES[name][1] if name in RATES else {}
    return Rate(
        name=name,
        base=table.one_of("base", bases) if bases else table.text("base"),
        source=source,
        kind=kind_of(table),
        round=table.one_of("round", ROUNDS, "latest"),
        assumed=assumed,
        note=table.text("note", ""),
    )


def ground(table: Table, sources: Sources) -> Ground:
    source, assumed = sources.cite(table)
    return Ground(table.text("code", most=CODE), table.text("label"), source, kind_of(table), assumed)


def numbering(table: Table, sources: Sources) -> Numbering:
    source, assumed = sources.cite(table)
    made = Numbering(
        source=source,
        kind=kind_of(table),
        in_plenary=table.text("in_plenary", "{n}"),
        between=table.text("between", "闭字{n}"),
        width=table.number("width", 0, most=9),
        assumed=assumed,
    )
    for key in ("in_plenary", "between"):
        if getattr(made, key).count("{n}") != 1:
            table.say(key, f"{key}里要有一个{{n}}，表示顺序号的位置。")
    return made


def contact(table: Table, sources: Sources) -> RequiredContact:
    source, assumed = sources.cite(table)
    return RequiredContact(table.word("phase", ContactPhase), source, kind_of(table), assumed)


def letter(table: Table, sources: Sources) -> Letter:
    source, assumed = sources.cite(table)
    return Letter(
        name=table.one_of("name", LETTERS),
        title=table.text("title"),
        source=source,
        kind=kind_of(table),
        number=table.text("number", ""),
        copies=table.texts("copies"),
        signatory=table.text("signatory", ""),
        attachments=table.texts("attachments"),
        delivery=table.text("delivery", ""),
        assumed=assumed,
    )


def role_name(table: Table, sources: Sources) -> RoleName:
    source, assumed = sources.cite(table)
    return RoleName(table.word("role", UnitRole), table.text("label"), source, kind_of(table), assumed)


def publication(table: Table, sources: Sources) -> Publication:
    source, assumed = sources.cite(table)
    return Publication(
        items=table.some_of("items", PUBLISHED, required=True),
        source=source,
        kind=kind_of(table),
        default=table.word("default", Publicity, Publicity.FULL),
        removed=table.texts("removed"),
        never=table.texts("never"),
        wish=table.flag("wish"),
        channel=table.text("channel", ""),
        assumed=assumed,
    )


def option(table: Table, sources: Sources) -> Option:
    source, assumed = sources.cite(table)
    name = table.one_of("name", OPTIONS)
    value = table.data.get("value")
    table.used.add("value")
    if value is None:
        table.say("", "缺少value，请补上。")
    elif name in OPTIONS and not OPTIONS[name].allows(value):
        table.say("value", f"选项{name}不能取{value!r}，可取：{OPTIONS[name].allowed()}。")
    kept = value if isinstance(value, str | int) else ""
    return Option(name, kept, source, kind_of(table), assumed, table.text("note", ""))


def difficulty(table: Table, sources: Sources) -> Difficulty:
    source, assumed = sources.cite(table)
    grades = table.texts("grades", required=True)
    hard = table.number("hard", 1, least=1, most=20)
    if grades and hard > len(grades):
        table.say("hard", f"hard写的是第{hard}级，但难易程度只有{len(grades)}级，请改正。")
    return Difficulty(
        grades=grades,
        hard=hard,
        quiet=table.number("quiet", 15, least=1, most=260),
        source=source,
        kind=kind_of(table),
        assumed=assumed,
    )


def warning_colour(table: Table, sources: Sources) -> WarningColour:
    source, assumed = sources.cite(table)
    if not table.has("days"):
        table.say("", "缺少days，请写明从到期前几天起（到期以后写负数）。")
    return WarningColour(
        colour=table.text("colour"),
        label=table.text("label"),
        days=table.number("days", 0, least=-3650, most=3650),
        source=source,
        assumed=assumed,
    )


def escalation(table: Table, sources: Sources) -> Escalation:
    source, assumed = sources.cite(table)
    if not table.has("days"):
        table.say("", "缺少days，请写明从超期几天起提醒（到期以前写负数）。")
    return Escalation(
        to=table.word("to", Told),
        days=table.number("days", 0, least=-3650, most=3650),
        source=source,
        assumed=assumed,
    )
