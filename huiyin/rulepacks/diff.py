"""What a pack says, readably, and what one pack changes for people against another, in sentences."""

from collections.abc import Iterable, Iterator

from huiyin.rulepacks.describe import Facets, Scope, Statement, scopes_said, statements
from huiyin.rulepacks.options import OPTIONS
from huiyin.rulepacks.schema import Pack

Key = tuple[str, Scope]
Told = tuple[str, Facets, Scope]
NOT_A_RULE = ("出处", "备注", "说明")


def show(pack: Pack) -> str:
    """The whole pack as text: each topic once, with the scopes that share it."""
    until = f"至{pack.valid_to}" if pack.valid_to else ""
    lines = [f"{pack.label}（{pack.code}，版本{pack.version}，自{pack.valid_from}起施行{until}）"]
    lines += [pack.summary, ""] if pack.summary else [""]
    for (topic, facets), scopes in _grouped((one.topic, one.facets, one.scope) for one in statements(pack)):
        said = scopes_said(scopes)
        lines.append(f"{topic}{said and f'〔{said}〕'}")
        lines += [f"    {name}：{value}" for name, value in facets.items()]
    return "\n".join(lines) + "\n"


def in_short(pack: Pack, topics: Iterable[str]) -> list[str]:
    """What it says under these topics, a line each: 答复期限（提案）：自交办之日起3个月；最长：6个月."""
    wanted = {topic: place for place, topic in enumerate(topics)}
    told: list[Told] = [
        (f"{one.topic}{{scope}}：{_plain(_leading(one.facets))}", {}, one.scope)
        for one in statements(pack)
        if one.topic in wanted
    ]
    lines = [
        (wanted[said.split("{scope}")[0]], said.format(scope=_scope(scopes)))
        for (said, _), scopes in _grouped(told)
    ]
    return [said for _, said in sorted(lines, key=lambda line: line[0])]


def _leading(facets: Facets) -> str:
    """The rule itself without what is said about it; the first value needs no name."""
    rules = [(name, value) for name, value in facets.items() if name not in (*NOT_A_RULE, "提醒")]
    return "；".join(value if not place else f"{name}：{value}" for place, (name, value) in enumerate(rules))


def diff(before: Pack, after: Pack) -> list[str]:
    """What changes for people when `after` takes the place of `before`, then what it rests on; empty where nothing."""
    old, new = _by_key(statements(before)), _by_key(statements(after))
    told: list[Told] = []
    rests: dict[tuple[str, str], list[Told]] = {}
    for topic, scope in [*old, *(key for key in new if key not in old)]:
        was, is_to_be = old.get((topic, scope)), new.get((topic, scope))
        told += [(sentence, {}, scope) for sentence in _changes(topic, was, is_to_be)]
        if was and is_to_be and (grounds := (was["出处"], is_to_be["出处"])) and grounds[0] != grounds[1]:
            rests.setdefault(grounds, []).append((topic, {}, scope))
    sentences = [sentence.format(scope=_scope(scopes)) for (sentence, _), scopes in _grouped(told)]
    for (was_on, is_on), topics in rests.items():
        named = "、".join(f"{topic}{_scope(scopes)}" for (topic, _), scopes in _grouped(topics))
        sentences.append(f"依据由“{was_on}”改为“{is_on}”：{named}。")
    return sentences


def assumed(pack: Pack) -> list[str]:
    """What no source supports, by topic: what to ask about before a pack is called official."""
    found: list[Told] = [
        (f"{one.topic}：{next(iter(one.facets.values()))}", {}, one.scope)
        for one in statements(pack)
        if "设定" in one.facets["出处"] or "说明" in one.facets
    ]
    labels = {spec.label for spec in OPTIONS.values()}
    return [
        f"{said}{_scope(scopes)}" + ("（可选项）" if said.split("：")[0] in labels else "")
        for (said, _), scopes in _grouped(found)
    ]


def _scope(scopes: Iterable[Scope]) -> str:
    said = scopes_said(scopes)
    return f"（{said}）" if said else ""


def _by_key(made: Iterable[Statement]) -> dict[Key, Facets]:
    return {(one.topic, one.scope): one.facets for one in made}


def _changes(topic: str, old: Facets | None, new: Facets | None) -> Iterator[str]:
    """Sentences with a place {scope} for whom they hold."""
    head = _plain(topic) + "{scope}"
    if old is None or new is None:
        facets = new if old is None else old
        rules = {name: value for name, value in (facets or {}).items() if name not in NOT_A_RULE}
        said = _plain("；".join(f"{name}：{value}" for name, value in rules.items()))
        yield f"新增{head}：{said}。" if old is None else f"不再规定{head}，原为：{said}。"
        return
    for name in dict.fromkeys([*old, *new]):
        was, is_to_be = old.get(name, ""), new.get(name, "")
        if was == is_to_be or name in NOT_A_RULE:
            continue
        if not was:
            yield f"{head}：增加“{_plain(name)}”：{_plain(is_to_be)}。"
        elif not is_to_be:
            yield f"{head}：取消“{_plain(name)}”，原为“{_plain(was)}”。"
        else:
            yield f"{head}：{_plain(name)}由“{_plain(was)}”改为“{_plain(is_to_be)}”。"


def _plain(text: str) -> str:
    """Braces of patterns stay as they are when the scope is filled in."""
    return text.replace("{", "{{").replace("}", "}}")


def _grouped(told: Iterable[Told]) -> Iterator[tuple[tuple[str, Facets], list[Scope]]]:
    """The same thing told of several scopes is told once, where it was told first."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Scope]] = {}
    for said, facets, scope in told:
        groups.setdefault((said, tuple(facets.items())), []).append(scope)
    for (said, items), scopes in groups.items():
        yield (said, dict(items)), scopes
