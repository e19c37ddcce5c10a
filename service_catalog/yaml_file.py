"""A YAML file as plain data, with the line of every value. Safe against hostile files.

Catalogs are data only: tags, anchors, aliases and merge keys are refused (with
them a file of 1 KB can fill the memory), and so are huge, deep or endless files.
Plain words stay text: `0301`, `no` and `08:00` mean what the author sees, which
YAML's own guessing (301, false, 480) would lose. Only true, false and null are
read as such; numbers become numbers where the schema asks for one.

The tree is built straight from libyaml's events: one pass, no recursion, and
about twenty times faster than a loader written in Python.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, Union

import yaml

from service_catalog.errors import Unreadable

MAX_BYTES = 1_000_000  # the largest catalog we know of, 200 services, takes 300 KB
MAX_DEPTH = 12
MAX_VALUES = 100_000

Key = Union[str, int]
Where = tuple[Key, ...]

_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_NODES = frozenset(
    {yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent}
)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document:
    """What stands in a file, as dictionaries, lists, text, booleans and None.

    Where it stands is only looked up when there is a fault to tell.
    """

    def __init__(self, data: Any = None, text: str = "") -> None:
        self.data = data
        self._text = text

    @cached_property
    def lines(self) -> dict[Where, int]:
        """The line of every value, from 1."""
        return _lines(_events(self._text))

    def line(self, where: Where) -> int:
        """Return the line of the value at `where`, or of the nearest thing around it."""
        for length in range(len(where), -1, -1):
            if where[:length] in self.lines:
                return self.lines[where[:length]]
        return 1


@dataclass
class _Inside:
    """A list or mapping on the way through: where it is, and how far we are."""

    where: Where
    keyed: bool
    key: str | None = None
    index: int = 0

    def next(self) -> Where:
        """Return where the next value stands."""
        if self.keyed:
            step: Key = self.key or ""
            self.key = None
        else:
            step = self.index
            self.index += 1
        return (*self.where, step)


def read_bytes(path: Path) -> bytes:
    """Return what the file holds. Raises Unreadable when it is too big or no file."""
    if not path.is_file():
        raise Unreadable(1, "there is no such file; give the path of a catalog (.yml) or a folder")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(1, f"cannot be opened ({error.strerror}); check its permissions") from None
    if len(content) > MAX_BYTES:
        raise Unreadable(1, f"is larger than {MAX_BYTES // 1000} KB; split or shorten the catalog")
    return content


def parse(content: bytes) -> Document:
    """Return the document in `content`. Raises Unreadable, with the line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "is not UTF-8 text; save the file with the encoding UTF-8") from None
    try:
        return Document(_build(_events(text)), text)
    except yaml.MarkedYAMLError as error:
        mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 1
        if _indented_by_tab(text, line):
            raise Unreadable(
                line, "is not valid YAML: it is indented with a tab; use spaces"
            ) from None
        raise Unreadable(
            line,
            f"is not valid YAML: {error.problem or error.context}; "
            "look at the indentation, colons and quotes here and on the line before",
        ) from None
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
        raise Unreadable(line, "holds a character that YAML forbids; remove it") from None


def _indented_by_tab(text: str, line: int) -> bool:
    """Say whether a line begins with a tab, the commonest slip, or the one before it does."""
    around = text.splitlines()[max(0, line - 2) : line]
    return any("\t" in one[: len(one) - len(one.lstrip())] for one in around)


def _events(text: str) -> Iterator[Any]:
    """Yield the events of a YAML text. After the last one libyaml gives None."""
    loader = _Loader(text)
    try:
        yield from iter(loader.get_event, None)
    finally:
        loader.dispose()


def _build(events: Iterator[Any]) -> Any:
    """Return the data. Works event by event: a catalog has thousands, a country millions.

    So what happens to each is written out here, and no function is called for a plain value.
    """
    data: Any = None
    inside: list[Any] = []  # the lists and mappings whose end has not been read yet
    top: Any = None  # the last of them
    keyed = False  # it is a mapping
    key: str | None = None
    count = documents = 0
    for event in events:
        kind = type(event)
        if kind in _ENDS:
            inside.pop()
            top = inside[-1] if inside else None
            keyed = type(top) is dict
            continue
        if kind not in _NODES:
            documents += kind is yaml.DocumentStartEvent
            if documents > 1:
                _refuse_second(event)
            continue
        count += 1
        tricky = event.anchor is not None or event.tag is not None
        if tricky or len(inside) > MAX_DEPTH or count > MAX_VALUES:
            _refuse(event, len(inside))
        if keyed and key is None:
            key = _key(event, top)
            continue
        if kind is yaml.ScalarEvent:
            value = event.value
            if value in _WORDS and not event.style:  # None, or "" from libyaml
                value = _WORDS[value]
        else:
            value = {} if kind is yaml.MappingStartEvent else []
        if keyed:
            top[key] = value
            key = None
        elif top is not None:
            top.append(value)
        else:
            data = value
        if kind is not yaml.ScalarEvent:
            inside.append(value)
            top, keyed = value, kind is yaml.MappingStartEvent
    return data


def _lines(events: Iterator[Any]) -> dict[Where, int]:
    """Return the line of every value. A mapping's is that of its key, else of its first field."""
    lines: dict[Where, int] = {}
    stack: list[_Inside] = []
    for event in events:
        kind = type(event)
        if kind in _ENDS:
            stack.pop()
        elif kind in _NODES:
            top = stack[-1] if stack else None
            if top is not None and top.keyed and top.key is None:
                top.key = event.value
                where: Where = (*top.where, event.value)
                lines[where] = _line(event)
                continue
            where = top.next() if top is not None else ()
            lines.setdefault(where, _line(event))
            if kind is not yaml.ScalarEvent:
                stack.append(_Inside(where, kind is yaml.MappingStartEvent))
    return lines


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _refuse(event: Any, depth: int) -> NoReturn:
    """Say what is wrong with a value: an anchor, a tag, too deep, or one too many."""
    if event.anchor is not None:
        raise Unreadable(
            _line(event), f"uses the anchor or alias {event.anchor!r}; write the text out"
        )
    if event.tag is not None:
        raise Unreadable(
            _line(event), f"uses the tag {event.tag!r}; remove it, a catalog is text only"
        )
    if depth > MAX_DEPTH:
        raise Unreadable(
            _line(event), f"is nested more than {MAX_DEPTH} deep; no field goes so deep"
        )
    raise Unreadable(_line(event), f"holds more than {MAX_VALUES:,} values; split the catalog")


def _refuse_second(event: Any) -> NoReturn:
    raise Unreadable(_line(event), "holds a second document (---); one catalog to a file")


def _key(event: Any, holder: dict[str, Any]) -> str:
    if type(event) is not yaml.ScalarEvent:
        raise Unreadable(
            _line(event), "has a list or mapping as the name of a field; use a plain word"
        )
    if event.value == "<<":
        raise Unreadable(_line(event), "uses a merge key (<<); write the fields out")
    if event.value in holder:
        raise Unreadable(_line(event), f"has the field {event.value!r} twice; keep one of them")
    return sys.intern(event.value)  # a hundred names, a million times in a country's files
