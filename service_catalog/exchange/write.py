"""Writing a catalog as YAML in the form of the house.

Fields stand in the order of the schema, what equals its default is left out, texts to youth are
in quotes, short lists on one line, and a blank line parts the longer items. The project's own
reader (yaml_file) reads back exactly what was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Optional

from pydantic import BaseModel

from service_catalog.exchange.leaves import filled, model_of
from service_catalog.schema import Catalog
from service_catalog.text import Name
from service_catalog.yaml_file import Where

Comments = Mapping[Where, Sequence[str]]

_LONGEST_LIST = 100  # letters on one line
_LONG_ITEM = 7  # lines, from which on a blank line parts the items
_PLAIN = re.compile(r"(?:https://[\w./?=&%-]+|[^\W\d_][\w./-]*(?: [\w./-]+)*|\d{4}-\d\d-\d\d)")
# What other YAML readers would take for true, false or nothing.
_SPECIAL = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
# JSON leaves these as they are; in YAML they break the line or may not stand at all.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write(catalog: Catalog) -> str:
    """Return `catalog` as the text of a file."""
    return write_data(filled(catalog))


def write_data(data: Mapping[str, Any], comments: Optional[Comments] = None) -> str:
    """Return plain data of a catalog, sound or not, as the text of a file.

    `comments` stand above the field they belong to, be it there or missing; those of () on top.
    """
    return "\n".join(_Writer(comments or {}).whole(data)) + "\n"


class _Writer:
    def __init__(self, comments: Comments) -> None:
        self._comments = comments

    def whole(self, data: Mapping[str, Any]) -> Iterator[str]:
        yield from (_comment(text) for text in self._comments.get((), ()))
        yield from self._fields(data, Catalog, ())

    def _fields(
        self, data: Mapping[str, Any], model: Optional[type[BaseModel]], where: Where
    ) -> Iterator[str]:
        known = list(model.__fields__) if model else []
        for name in [*known, *(name for name in data if name not in known)]:
            here = (*where, name)
            if name not in data:
                yield from (_comment(text) for text in self._comments.get(here, ()))
                continue
            inner = model_of(model.__fields__[name]) if model and name in known else None
            yield from self._field(name, data[name], inner, here)

    def _field(
        self, name: str, value: Any, model: Optional[type[BaseModel]], where: Where
    ) -> Iterator[str]:
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            yield from (_comment(text) for text in self._comments.get(where, ()))
            yield f"{name}:"
            items = [list(self._item(one, model, (*where, i))) for i, one in enumerate(value)]
            apart = len(where) == 1 and max(map(len, items)) > _LONG_ITEM
            for index, lines in enumerate(items):
                yield from [""] if index and apart else []
                yield from lines
        elif isinstance(value, dict) and value and not _is_one_name(value, model):
            yield from (_comment(text) for text in self._comments.get(where, ()))
            yield f"{name}:"
            yield from _indented(self._fields(value, model, where), "  ")
        else:
            yield from (_comment(text) for text in self._below(where))
            yield from _single(name, value["nb"] if _is_one_name(value, model) else value)

    def _item(self, item: Any, model: Optional[type[BaseModel]], where: Where) -> Iterator[str]:
        lines = [_comment(text) for text in self._comments.get(where, ())]
        if isinstance(item, dict) and item:
            lines += self._fields(item, model, where)
        else:
            lines.append("{}" if item == {} else _scalar(item))
        first = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
        yield from _indented(lines[:first], "  ")
        yield from _indented(lines[first : first + 1], "  - ")
        yield from _indented(lines[first + 1 :], "    ")

    def _below(self, where: Where) -> Iterator[str]:
        for place, texts in self._comments.items():
            if place[: len(where)] == where:
                yield from texts


def _single(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{name}: {'{}' if value == {} else _scalar(value, quoted=name in ('nb', 'nn'))}"
        return
    line = f"{name}: [{', '.join(_scalar(one) for one in value)}]"
    if len(line) <= _LONGEST_LIST:
        yield line
        return
    yield f"{name}:"
    yield from (f"  - {_scalar(one)}" for one in value)


def _scalar(value: Any, quoted: bool = False) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    if not quoted and _PLAIN.fullmatch(value) and value.lower() not in _SPECIAL:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _is_one_name(value: Any, model: Optional[type[BaseModel]]) -> bool:
    return model is Name and isinstance(value, dict) and set(value) == {"nb"}


def _comment(text: str) -> str:
    return "# " + " ".join(_ESCAPED.sub(" ", text).split())


def _indented(lines: Iterator[str] | Sequence[str], begin: str) -> Iterator[str]:
    return (begin + line if line else line for line in lines)
