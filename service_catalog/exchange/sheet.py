"""The columns of the spreadsheet, made from the schema: one for each single value of a part.

`del` says what a row is: the catalog itself, or one thing of one of its lists (tjeneste, sted …).
Lists inside a part are numbered columns (`telefon 1: nummer`), lists of words one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Optional, Union

from pydantic import BaseModel
from pydantic.fields import SHAPE_LIST, ModelField

from service_catalog.exchange.leaves import model_of
from service_catalog.exchange.sheet_words import CATALOG, FIELDS, LANGUAGES, PARTS
from service_catalog.schema import Catalog
from service_catalog.yaml_file import Where

Pattern = tuple[Union[str, None], ...]  # a place in a part; None for any number
_NUMBER = re.compile(r" (\d+)(?=:| \(|$)")


@dataclass(frozen=True)
class Column:
    """One kind of column. `field` is None for one that only says that a thing is there."""

    pattern: Pattern
    field: Optional[ModelField]

    @property
    def is_list(self) -> bool:
        return self.field is not None and self.field.shape == SHAPE_LIST


@lru_cache(maxsize=1)
def parts() -> dict[str, dict[Pattern, Column]]:
    """Return {list of the catalog: its columns}; "" for the fields of the catalog itself."""
    lists = dict(_lists_of_parts())
    head = {one.pattern: one for one in _columns(Catalog) if one.pattern[0] not in lists}
    return {"": head, **{n: {one.pattern: one for one in _columns(m)} for n, m in lists.items()}}


def part_word(name: str) -> str:
    """Return what the first column calls a list of the catalog."""
    return PARTS.get(name, name) if name else CATALOG


def heading(where: Where) -> str:
    """Return the heading of the column for `where` in a part: `telefon 1: nummer`."""
    words: list[str] = []
    for key in where:
        if isinstance(key, int):
            words[-1:] = [f"{words[-1]} {key + 1}" if words else str(key + 1)]
        elif key in LANGUAGES:
            words[-1:] = [f"{words[-1]} ({LANGUAGES[key]})"]
        else:
            words.append(FIELDS.get(key, key))
    return ": ".join(words)


def place(written: str) -> Optional[Where]:
    """Return the place in a part that a heading is for; None for an unknown heading."""
    name = " ".join(written.split()).casefold()
    numbers = [int(number) - 1 for number in _NUMBER.findall(name)]
    pattern = _patterns().get(_NUMBER.sub(" 1", name))
    if pattern is None or -1 in numbers:
        return None
    return tuple(numbers.pop(0) if key is None else key for key in pattern)


def pattern_of(where: Where) -> Pattern:
    """Return `where` without its numbers."""
    return tuple(None if isinstance(key, int) else key for key in where)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, Pattern]:
    every = [pattern for columns in parts().values() for pattern in columns]
    return {heading(first(pattern)).casefold(): pattern for pattern in every}


def first(pattern: Pattern, number: int = 0) -> Where:
    """Return `pattern` with its numbers filled in."""
    return tuple(number if key is None else key for key in pattern)


def _lists_of_parts() -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in Catalog.__fields__.items():
        model = model_of(field)
        if model is not None and field.shape == SHAPE_LIST:
            yield name, model


def _columns(model: type[BaseModel], under: Pattern = ()) -> Iterator[Column]:
    for name, field in model.__fields__.items():
        inner = model_of(field)
        here: Pattern = (*under, name)
        if inner is None:
            yield Column(here, field)
            continue
        if field.shape == SHAPE_LIST:
            here = (*here, None)
        if not any(one.required for one in inner.__fields__.values()):
            yield Column(here, None)  # it may be there with nothing in it
        yield from _columns(inner, here)
