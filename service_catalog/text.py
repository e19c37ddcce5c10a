"""Texts of a catalog: bokmål and nynorsk, plain enough to be read aloud to a 13-year-old."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Optional

from pydantic import BaseModel, validator

from bot.turn import Tongue

MAX_LETTERS = 300  # one bubble
MAX_WORDS = 20  # a sentence
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")
_SENTENCED = re.compile(
    r"\bdu treng(?:er)? (?:å komme til |å kome til |hjelp på )?bup\b", re.IGNORECASE
)
_NO_PROMISE = re.compile(r"100\s*(%|prosent)\s*anonym|helt anonym|heilt anonym", re.IGNORECASE)


_put = object.__setattr__  # the parts themselves refuse to be changed


class Part(BaseModel):
    """A piece of a catalog: no unknown fields, no blanks around texts."""

    class Config:
        extra = "forbid"
        anystr_strip_whitespace = True
        allow_mutation = False

    # A country's catalogs pass from reader to server, so what is sent is only what they say.
    def __getstate__(self) -> dict[Any, Any]:
        return self.__dict__.copy()

    def __setstate__(self, state: dict[Any, Any]) -> None:
        _put(self, "__dict__", state)
        _put(self, "__fields_set__", _fields(type(self)))


@cache
def _fields(model: type[Part]) -> set[str]:
    return set(model.__fields__)


class Name(Part):
    """A short name. May be written as one text when both written forms say the same."""

    class Config:
        @staticmethod
        def schema_extra(schema: dict[str, Any], _: type[Name]) -> None:
            whole = dict(schema)
            schema.clear()
            schema.update(title="Name", anyOf=[{"type": "string"}, whole])

    nb: str
    nn: Optional[str] = None

    def say(self, language: Tongue) -> str:
        return (self.nn or self.nb) if language == "nn" else self.nb

    @validator("nb", "nn")
    def _short(cls, text: Optional[str]) -> Optional[str]:
        if text is not None and not 0 < len(text) <= 100:
            raise ValueError(f"has {len(text)} characters; a name has 1 to 100")
        return text


class YouthText(Part):
    """One or two short sentences to a young person, in both written forms."""

    nb: str
    nn: str

    def say(self, language: Tongue) -> str:
        return self.nn if language == "nn" else self.nb

    @validator("nb", "nn")
    def _plain(cls, text: str) -> str:
        fault = plain_fault(text)
        if fault:
            raise ValueError(fault)
        return text


def plain_fault(text: str) -> Optional[str]:
    """Say what makes `text` hard to read or a promise nobody can keep; None when nothing does."""
    if not text:
        return "is empty; write one or two short sentences"
    if len(text) > MAX_LETTERS:
        return f"has {len(text)} characters; at most {MAX_LETTERS} fit in one bubble"
    short = len(text.split()) <= MAX_WORDS
    for sentence in () if short else _SENTENCE_END.split(text):
        words = len(sentence.split())
        if words > MAX_WORDS:
            begin = " ".join(sentence.split()[:4])
            return (
                f"has a sentence of {words} words ({begin!r}…); "
                f"at most {MAX_WORDS}, so make two of it"
            )
    lower = text.lower()
    promise = _NO_PROMISE.search(text) if "anonym" in lower else None
    if promise:
        return (
            f"promises {promise[0]!r}, which nobody can keep; "
            "say what is written down, and when others are told"
        )
    sentenced = _SENTENCED.search(text) if "bup" in lower else None
    if sentenced:
        return (
            f"says {sentenced[0]!r}, which a young person hears as being turned away; "
            "say who near them listens and finds out what helps"
        )
    return None


def both_as_one(value: Any) -> Any:
    """Let a plain text stand for {nb: text}."""
    return {"nb": value} if isinstance(value, str) else value
