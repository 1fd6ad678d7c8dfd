"""Made-up persons: each name is put together by chance and given once."""

from dataclasses import dataclass
from random import Random
from typing import Any

from huiyin.demo.content import read
from huiyin.words import Role


@dataclass(frozen=True)
class Person:
    """Somebody who can be played. `unit` is a unit's key, empty for leaders, proposers and assembly staff."""

    key: str
    name: str
    woman: bool
    role: Role
    title: str
    phone: str
    unit: str = ""
    division: str = ""
    assembly: str = ""
    is_chief: bool = False


class Names:
    """Names one by one, each given once, women and men in turn by chance."""

    def __init__(self, seed: int) -> None:
        table = read("names")
        self.rng = Random(f"names:{seed}")
        surnames = list(table["surnames"])
        self.surnames = surnames[:24] * 3 + surnames[24:]
        self.given = {True: table["female"].split(), False: table["male"].split()}
        self.used = set(table["avoid"].split())
        self.phones = 0

    def person(self, key: str, role: Role, title: str, **more: Any) -> Person:
        while True:
            woman = self.rng.random() < 0.42
            name = self.rng.choice(self.surnames) + self.rng.choice(self.given[woman])
            if name not in self.used:
                break
        self.used.add(name)
        self.phones += 1
        at_work = role != Role.PROPOSER
        phone = f"0533-0000{self.phones:03d}" if at_work else f"10000000{self.phones:03d}"
        return Person(key, name, woman, role, title, phone, **more)
