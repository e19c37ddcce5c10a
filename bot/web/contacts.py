"""The numbers and sites that the page may turn into links, from `contacts.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "contacts.yml"


@dataclass(frozen=True)
class Phone:
    """A number that somebody real answers, as it is written to people ("116 117")."""

    number: str
    card: bool = False

    @property
    def digits(self) -> str:
        return self.number.replace(" ", "")


@dataclass(frozen=True)
class Contacts:
    """All that may become a link. `checked` is the ISO date on which they were read."""

    phones: tuple[Phone, ...]
    sites: tuple[str, ...]
    checked: str

    @property
    def card(self) -> tuple[Phone, ...]:
        """The numbers of the emergency card, in their order."""
        return tuple(phone for phone in self.phones if phone.card)


@lru_cache(maxsize=1)
def contacts() -> Contacts:
    """Return the known contacts. Raises ValueError for a number that is a fictional one."""
    loaded = yaml.safe_load(FILE.read_text("utf-8"))
    phones = tuple(Phone(**entry) for entry in loaded["phones"])
    for phone in phones:
        if phone.number.startswith("00"):
            raise ValueError(f"{FILE.name}: {phone.number!r} is a fictional number: take it out")
    return Contacts(phones, tuple(loaded["sites"]), loaded["checked"])
