"""Keyboard shortcuts: one list. It is shown as a sheet on every page and as a page of its own, and keys.js obeys it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

OR, THEN = "|", " "
SHOWN = {
    "Control": "Ctrl",
    "Enter": "回车",
    "Escape": "Esc",
    "ArrowLeft": "←",
    "ArrowRight": "→",
}
# The letter after g that leads to a place of the navigation.
LETTERS = {
    "desks:desk": "d",
    "desks:ledger": "l",
    "desks:assigning": "a",
    "desks:promises": "p",
    "desks:hard": "h",
    "desks:supervision": "o",
    "desks:topics": "c",
    "desks:scores": "k",
    "desks:figures": "f",
    "desks:trace": "t",
    "ledgers:imports": "i",
    "proposals:writing": "w",
    "people:units": "u",
    "people:accounts": "m",
    "notices:week": "z",
    "notices:failed": "n",
    "setup:start": "s",
}


@dataclass(frozen=True)
class Shortcut:
    """`keys` as the browser names them: alternatives parted by |, keys pressed after each other by a space.

    act: press what carries the key (data-key), go to an address, or one of the few things that keys.js does itself.
    """

    keys: str
    label: str
    act: str = "press"
    address: str = ""

    @property
    def ways(self) -> list[list[list[str]]]:
        """For each alternative the strokes, each the names of the keys held together."""
        return [
            [[SHOWN.get(key, key) for key in stroke.split("+")] for stroke in way.split(THEN)]
            for way in self.keys.split(OR)
        ]


HERE = (
    Shortcut("/", "查找"),
    Shortcut("j", "下一行", "next"),
    Shortcut("k", "上一行", "previous"),
    Shortcut("Enter", "打开所在的一行", "open"),
    Shortcut("x", "选中所在的一行", "tick"),
    Shortcut(".|s", "办这一件现在该办的一步"),
    Shortcut("Control+Enter", "提交正在填的表", "send"),
    Shortcut("ArrowRight", "交办会上翻到下一件"),
    Shortcut("ArrowLeft", "交办会上翻到上一件"),
    Shortcut("Escape", "关掉打开的菜单、日历或这张表，退出交办会", "close"),
    Shortcut("?", "打开这张快捷键表", "help"),
)


def groups(navigation: Iterable[dict[str, Any]]) -> list[tuple[str, list[Shortcut]]]:
    """Under their headings, with the places that this person finds in the navigation."""
    places = [
        Shortcut(f"g {LETTERS[entry['name']]}", f"到“{entry['label']}”", "go", entry["address"])
        for entry in navigation
        if entry["name"] in LETTERS
    ]
    return [("在这一页", list(HERE)), ("到别的页", places)]
