"""Finds the words behind a red flag in what was written, so that a page can mark them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of a text; `marked` when it is evidence."""

    text: str
    marked: bool


def pieces(text: str, evidence: Iterable[str]) -> list[Piece]:
    """Return `text` cut where evidence begins and ends; together the pieces are the text.

    The screen reads words in small letters and with single blanks, so both are let pass.

    >>> pieces("Jeg vil  dø nå", ["vil dø"])
    [Piece(text='Jeg ', marked=False), Piece(text='vil  dø', marked=True), \
Piece(text=' nå', marked=False)]
    """
    wanted = sorted({" ".join(one.split()) for one in evidence} - {""}, key=len, reverse=True)
    if not wanted:
        return [Piece(text, False)]
    any_of = "|".join(r"\s+".join(map(re.escape, one.split())) for one in wanted)
    found = re.split(rf"(?i)(?<!\w)({any_of})(?!\w)", text)
    return [Piece(part, bool(i % 2)) for i, part in enumerate(found) if part]
