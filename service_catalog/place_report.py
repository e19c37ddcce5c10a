"""How well places are recognised: on written forms with their meanings, and on plain text.

A table (`.tsv`) holds on each line what is said, `asked` (it answers "hvor bor du?") or `free`, and
what it means: numbers, `number/bydel`, several when one must be asked which, `-` for no place.
Any other file is text without places, a sentence a line: each line with a place is a false one,
or one that should not stand there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from service_catalog.errors import BadTable
from service_catalog.places import Place, find_places

Outcome = Literal["right", "missed", "wrong", "asks", "false"]
_MEANING = re.compile(r"\s+(?=\d{4}\b)")


class Form(NamedTuple):
    """One written form and the meanings it must be given."""

    said: str
    asked: bool
    wanted: frozenset[str]


class Read(NamedTuple):
    """One form as it was read."""

    form: Form
    found: frozenset[str]

    @property
    def outcome(self) -> Outcome:
        """Return how it went; `asks`: the right place is among several that need a question."""
        wanted, found = self.form.wanted, self.found
        if found == wanted:
            return "right"
        if not wanted:
            return "false"
        if not found:
            return "missed"
        return "asks" if wanted < found else "wrong"


def read_table(path: Path) -> list[Form]:
    """Return the forms of a table. Raises BadTable for a line that cannot be read."""
    return [_form(path, number, line) for number, line in _lines(path)]


def read_text(path: Path) -> list[Form]:
    """Return every line of a text as a sentence that names no place."""
    return [Form(line, False, frozenset()) for _, line in _lines(path)]


def measure(forms: Iterable[Form]) -> list[Read]:
    """Read every form as the bot does."""
    return [Read(form, meanings(find_places(form.said, form.asked))) for form in forms]


def meanings(places: Sequence[Place]) -> frozenset[str]:
    """Return places as a table writes them: `0301/Sagene`, `3413`."""
    return frozenset(f"{one.number}/{one.bydel}" if one.bydel else one.number for one in places)


def summary(reads: Sequence[Read]) -> list[str]:
    """Return the figures, a line each."""
    counts = Counter(one.outcome for one in reads)
    named = [one for one in reads if one.form.wanted]
    bare = len(reads) - len(named)
    lines = []
    if named:
        right = sum(one.outcome == "right" for one in named)
        several = sum(one.outcome == "right" and len(one.form.wanted) > 1 for one in named)
        lines.append(f"written forms  {len(named)}: {right / len(named):.3f} read as meant")
        lines.append(
            f"  of the others {counts['missed']} missed, {counts['wrong']} taken for another "
            f"place, {counts['asks']} asked which without need"
        )
        lines.append(f"  {several} rightly asked which of several")
    if bare:
        false = counts["false"]
        lines.append(f"without a place {bare}: a place in {false} ({false / bare:.4f})")
    return lines


def faults(reads: Iterable[Read]) -> Iterator[str]:
    """Yield what went wrong, a line each."""
    for one in reads:
        if one.outcome != "right":
            wanted, found = (" ".join(sorted(each)) or "-" for each in (one.form.wanted, one.found))
            yield f"{one.outcome:6} wanted {wanted}, found {found}: {one.form.said}"


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not (line.startswith("#") and path.suffix == ".tsv"):
            yield number, line


def _form(path: Path, number: int, line: str) -> Form:
    columns = line.split("\t")
    if len(columns) != 3 or columns[1] not in ("asked", "free"):
        raise BadTable(
            f"{path}:{number}: {line[:40]!r} is no written form; write what is said, asked or "
            "free, and the numbers it means, with tabs between"
        )
    said, asked, wanted = columns
    each = frozenset() if wanted == "-" else frozenset(_MEANING.split(wanted.strip()))
    return Form(said, asked == "asked", each)
