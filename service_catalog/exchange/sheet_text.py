"""The bytes of a spreadsheet as rows of cells, whoever saved it.

Excel saves CSV as UTF-8 or Windows-1252, with semicolons in Norway and commas elsewhere, and
"Unicode text" as UTF-16 with tabs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from service_catalog.errors import Unreadable

MAX_BYTES = 5_000_000
_SEPARATORS = ";,\t"


class Line(NamedTuple):
    """One row. `number` is the line of the file on which it begins, from 1."""

    number: int
    cells: list[str]


def lines(content: bytes) -> Iterator[Line]:
    """Yield every row that is not empty. Raises Unreadable, with the line."""
    if len(content) > MAX_BYTES:
        raise Unreadable(1, f"is larger than {MAX_BYTES // 1_000_000} MB; split the sheet")
    text, skipped = _decoded(content), 0
    if text[:4].casefold() == "sep=":  # a line that only tells Excel the separator
        text = text.partition("\n")[2]
        skipped = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Line(begin + skipped, cells)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(begin + skipped, f"is no CSV ({error}); save the sheet anew") from None


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(1, "is no text; save the sheet as CSV UTF-8")


def _separator(text: str) -> str:
    """Return what parts the headings: they hold none of the signs themselves but in quotes."""
    headings = text.partition("\n")[0]
    return max(_SEPARATORS, key=headings.count)
