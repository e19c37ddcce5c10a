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

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Union

import yaml

from service_catalog.errors import Unreadable

MAX_BYTES = 1_000_000  # the largest catalog we know of, 200 services, takes 300 KB
MAX_DEPTH = 12
MAX_VALUES = 100_000

Key = Union[str, int]
Where = tuple[Key, ...]

_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """`data` as dictionaries, lists, text, booleans and None; `lines` counts from 1."""

    data: Any = None
    lines: dict[Where, int] = field(default_factory=dict)

    def line(self, where: Where) -> int:
        """Return the line of the value at `where`, or of the nearest thing around it."""
        for length in range(len(where), -1, -1):
            if where[:length] in self.lines:
                return self.lines[where[:length]]
        return 1


@dataclass
class _Open:
    """A list or mapping whose end has not been read yet."""

    where: Where
    holder: Any
    key: str | None = None


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
        return _build(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise Unreadable(
            mark.line + 1 if mark else 1,
            f"is not valid YAML: {error.problem or error.context}; "
            "look at the indentation, colons and quotes here and on the line before",
        ) from None
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
        raise Unreadable(line, "holds a character that YAML forbids; remove it") from None


def _build(events: Iterator[yaml.Event]) -> Document:
    document = Document()
    stack: list[_Open] = []
    count = documents = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Unreadable(line, "holds a second document (---); one catalog to a file")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            count += 1
            _refuse_tricks(event, line, len(stack), count)
            _take(event, line, stack, document)
    return document


def _refuse_tricks(event: yaml.NodeEvent, line: int, depth: int, count: int) -> None:
    if event.anchor is not None:
        raise Unreadable(line, f"uses the anchor or alias {event.anchor!r}; write the text out")
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise Unreadable(line, f"uses the tag {tag!r}; remove it, a catalog is text only")
    if depth > MAX_DEPTH:
        raise Unreadable(line, f"is nested more than {MAX_DEPTH} deep; no field goes so deep")
    if count > MAX_VALUES:
        raise Unreadable(line, f"holds more than {MAX_VALUES:,} values; split the catalog")


def _take(event: yaml.NodeEvent, line: int, stack: list[_Open], document: Document) -> None:
    """Put one value (or the beginning of a list or mapping) in its place."""
    top = stack[-1] if stack else None
    if top is not None and isinstance(top.holder, dict) and top.key is None:
        top.key = _key(event, line, top, document)
        return
    where: Where = ()
    if top is not None:
        where = (*top.where, len(top.holder) if top.key is None else top.key)
    value = _value(event)
    # A mapping's line is that of its key when it has one, else of its first field.
    document.lines.setdefault(where, line)
    if top is None:
        document.data = value
    elif top.key is None:
        top.holder.append(value)
    else:
        top.holder[top.key] = value
        top.key = None
    if isinstance(value, (dict, list)):
        stack.append(_Open(where, value))


def _key(event: yaml.NodeEvent, line: int, top: _Open, document: Document) -> str:
    if not isinstance(event, yaml.ScalarEvent):
        raise Unreadable(line, "has a list or mapping as the name of a field; use a plain word")
    if event.value == "<<":
        raise Unreadable(line, "uses a merge key (<<); write the fields out")
    if event.value in top.holder:
        raise Unreadable(line, f"has the field {event.value!r} twice; keep one of them")
    document.lines[top.where + (event.value,)] = line  # noqa: RUF005 (Python 3.10)
    return str(event.value)


def _value(event: yaml.NodeEvent) -> Any:
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    text = event.value  # type: ignore[attr-defined]
    plain = not event.style  # type: ignore[attr-defined] # None, or "" from libyaml
    if plain and text in _WORDS:
        return _WORDS[text]
    return text
