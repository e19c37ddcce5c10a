"""The numbers and sites that the page may turn into links, and the emergency card."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.safety.card import static_card
from bot.safety.numbers import BY_NUMBER
from bot.turn import Language

FILE = Path(__file__).parent / "contacts.yml"


@dataclass(frozen=True)
class Row:
    """A number of the emergency card. `digits` is what is dialled, `note` who it is for."""

    number: str
    digits: str
    name: str
    note: str


@dataclass(frozen=True)
class Contacts:
    """All that may become a link, as it is written to people ("116 117", "ung.no")."""

    phones: tuple[str, ...]
    sites: tuple[str, ...]


@lru_cache(maxsize=1)
def contacts() -> Contacts:
    """Return the known contacts. Raises ValueError for a fictional number, which begins with 00."""
    loaded = yaml.safe_load(FILE.read_text("utf-8"))
    phones = (*BY_NUMBER, *(str(number) for number in loaded["phones"]))
    for number in phones:
        if number.startswith("00"):
            raise ValueError(f"{FILE.name}: {number!r} is a fictional number: take it out")
    return Contacts(phones, tuple(loaded["sites"]))


def card(language: Language) -> list[Row]:
    """Return the rows of the emergency card, in their order."""
    return [
        Row(line["number"], line["tel"], line["name"], line["note"][language])
        for line in static_card()
    ]
