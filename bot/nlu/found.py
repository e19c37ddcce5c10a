"""A piece of information found in a message, with the words that say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """`value` and the youth's own `words` for it, as cut out of the message."""

    value: T
    words: str
