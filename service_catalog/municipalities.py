"""The municipalities of 2024 and the bydeler of the largest, read from service_catalog/places/.

Apart from the names that young people call them by (`place_table`), which take longer to read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Optional

FOLDER = Path(__file__).with_name("places")


@dataclass(frozen=True)
class Municipality:
    """One municipality. `name` is the Norwegian name in most general use."""

    number: str
    name: str
    other_names: tuple[str, ...]
    county: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.other_names)

    @property
    def fictional(self) -> bool:
        return self.number == "9999"


class District(NamedTuple):
    """One bydel, with the names of its parts."""

    number: str  # of its municipality
    name: str
    parts: tuple[str, ...]


@lru_cache(maxsize=1)
def municipalities() -> dict[str, Municipality]:
    """Return every municipality by its number."""
    return {
        number: Municipality(number, name, _several(others), county)
        for number, name, others, county in rows("municipalities.csv")
    }


@lru_cache(maxsize=1)
def districts() -> tuple[District, ...]:
    """Return every bydel that we know."""
    return tuple(
        District(number, name, _several(parts)) for number, name, parts in rows("districts.csv")
    )


def municipality(number: str) -> Optional[Municipality]:
    """Return the municipality with this number, or None."""
    return municipalities().get(number)


def districts_of(number: str) -> list[str]:
    """Return the bydeler of a municipality, as far as we know them."""
    return [district.name for district in districts() if district.number == number]


def rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a table of places, without its head and comments."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        reader = csv.reader(lines)
        next(reader)
        yield from reader


def _several(written: str) -> tuple[str, ...]:
    return tuple(filter(None, written.split("|")))
