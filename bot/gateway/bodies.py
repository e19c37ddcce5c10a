"""Reads what a client sent: leniently, bounded, and so that all of it can be screened.

Nothing here raises for anything a client may send. What is wrong with a body
is noted in `Said.fault` and answered after the safety screen has seen the text.
"""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any, Optional

from starlette.requests import ClientDisconnect, Request

from bot.gateway.repeated import is_id

MAX_BYTES = 16 * 1024
MAX_CHARACTERS = 2000
# What comes after the first 16 KB is read and dropped, so that the client hears the answer.
DRAINED_BYTES = 4 * 1024 * 1024
# The end of a long body is screened too: that is where a long vent says what it is about.
TAIL_BYTES = 4 * 1024
FIELDS = frozenset({"text", "choice", "language", "id"})

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Direction marks and invisible joints. U+200D stays in stored text: emoji are made with it.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Body:
    """The bytes that were read. `head` is at most MAX_BYTES, `tail` the end of a longer body."""

    head: bytes
    tail: bytes = b""
    cut: bool = False
    late: bool = False


@dataclass(frozen=True)
class Said:
    """What a body says. `screened` is all that the safety screen must see."""

    screened: str
    text: Optional[str] = None
    choice: Optional[str] = None
    language: Optional[str] = None
    name: Optional[str] = None
    fault: Optional[str] = None


async def read_body(request: Request, timeout: float) -> Body:
    """Read at most 16 KB and the tail of the rest. Never raises."""
    head, tail, dropped = bytearray(), bytearray(), 0

    async def read() -> None:
        nonlocal dropped
        async for chunk in request.stream():
            room = MAX_BYTES - len(head)
            head.extend(chunk[:room])
            rest = chunk[room:]
            if rest:
                dropped += len(rest)
                tail[:] = (bytes(tail) + rest)[-TAIL_BYTES:]
            if dropped > DRAINED_BYTES:
                return

    late = False
    try:
        await asyncio.wait_for(read(), timeout)
    except asyncio.TimeoutError:
        late = True
    except ClientDisconnect:
        pass
    return Body(bytes(head), bytes(tail), dropped > 0, late)


def understand(body: Body) -> Said:
    """Return what a message body says, and what is wrong with it."""
    raw = _decode(body.head)
    said = _from_json(raw)
    if body.cut:
        screened = f"{_unescape(raw)}\n{_unescape(_decode(body.tail))}"
        return Said(screened=screened, language=said.language, fault="body_too_large")
    if body.late:
        return replace(said, text=None, choice=None, fault="body_timeout")
    return said


def parse(body: Body) -> Any:
    """Return the JSON value of a body, or None when it has none."""
    try:
        return json.loads(_decode(body.head))
    except (ValueError, RecursionError):
        return None


def tidy(text: str) -> str:
    """Return text as it is kept: no control characters, no invisible or broken ones."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    whole = whole.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _CONTROL.sub(" ", whole))).strip()


def _from_json(raw: str) -> Said:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return Said(
            screened=_unescape(raw), fault="invalid_json" if raw.strip() else "nothing_said"
        )
    screened = tidy("\n".join(_strings(value)))
    if not isinstance(value, dict):
        return Said(screened=screened, fault="invalid_request")
    text, choice, language = value.get("text"), value.get("choice"), value.get("language")
    name = value.get("id")
    said = Said(
        screened=screened,
        language=language if language in ("nb", "nn") else None,
        name=name if is_id(name) else None,
    )
    if not isinstance(text, (str, type(None))) or not isinstance(choice, (str, type(None))):
        return replace(said, fault="invalid_request")
    if language is not None and said.language is None:
        return replace(said, fault="bad_language")
    if name is not None and said.name is None:
        return replace(said, fault="bad_id")
    return _checked(replace(said, text=None if text is None else tidy(text), choice=choice))


def _checked(said: Said) -> Said:
    if said.text and said.choice:
        return replace(said, fault="text_and_choice")
    if said.choice:
        return replace(said, text=None)
    if not said.text:
        return replace(said, text=None, fault="nothing_said")
    if len(said.text) > MAX_CHARACTERS:
        return replace(said, fault="text_too_long")
    return said


def _strings(value: Any, depth: int = 0) -> list[str]:
    """Return every text in a JSON value, names of unknown fields included.

    A choice is opaque, and so is an id; the words on a button are screened by who can read them.
    """
    if isinstance(value, str):
        return [value]
    if depth > 20:
        return []
    if isinstance(value, dict):
        names = [name for name in value if name not in FIELDS]
        parts = [part for name, part in value.items() if depth or not _is_opaque(name, part)]
        return names + [text for part in parts for text in _strings(part, depth + 1)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part, depth + 1)]
    return []


def _is_opaque(name: str, part: Any) -> bool:
    return name == "choice" or (name == "id" and is_id(part))


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut_inside_a_letter = len(data) == MAX_BYTES and error.start >= len(data) - 3
        if cut_inside_a_letter or b"\xc3" in data:
            return data.decode("utf-8", "replace")
        return data.decode("cp1252", "replace")


def _unescape(raw: str) -> str:
    """Undo JSON's escapes in text that is not whole JSON, so that its words can be read."""
    text = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), raw)
    return tidy(text.replace("\\n", "\n").replace('\\"', '"'))
