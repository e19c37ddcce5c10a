"""How well masking does on sentences of our own, and how often it hides what is harmless.

python -m tests.bot.handoff.measure_masking [--errors]
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.handoff.masking import Kind, spans
from bot.settings import ROOT

TABLE = Path(__file__).with_name("masking.tsv")
KINDS: dict[str, Kind] = {
    "n": "name",
    "p": "phone",
    "e": "email",
    "i": "id",
    "a": "place",
    "s": "school",
    "u": "handle",
}
HARMLESS = 300
_MARK = re.compile(r"\[\[(\w):(.*?)\]\]")


class Labelled(NamedTuple):
    """A sentence without its marks, and what was marked: kind and where."""

    form: str
    text: str
    marks: tuple[tuple[Kind, int, int], ...]


class Score(NamedTuple):
    """Marked stretches that are wholly hidden, and stretches hidden of which none was marked."""

    marked: Counter[Kind]
    hidden: Counter[Kind]
    needless: Counter[Kind]
    errors: tuple[str, ...]


def table() -> Iterator[Labelled]:
    """Yield the labelled sentences."""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        form, marked = line.split("\t")
        text, marks = "", []
        last = 0
        for mark in _MARK.finditer(marked):
            text += marked[last : mark.start()]
            marks.append((KINDS[mark[1]], len(text), len(text) + len(mark[2])))
            text += mark[2]
            last = mark.end()
        yield Labelled(form, text + marked[last:], tuple(marks))


def measure() -> Score:
    """Score the rules, or the model where it is installed, on the table."""
    marked: Counter[Kind] = Counter()
    hidden: Counter[Kind] = Counter()
    needless: Counter[Kind] = Counter()
    errors = []
    for one in table():
        found = spans(one.text)
        for kind, start, end in one.marks:
            marked[kind] += 1
            letters = {at for at in range(start, end) if one.text[at].isalnum()}
            left = letters - {at for span in found for at in range(span.start, span.end)}
            hidden[kind] += not left
            errors += [f"shown: {one.text[start:end]!r} in {one.text!r}"] if left else []
        for span in found:
            if all(span.end <= start or span.start >= end for _, start, end in one.marks):
                needless[span.kind] += 1
                errors.append(f"hidden: {one.text[span.start : span.end]!r} in {one.text!r}")
    return Score(marked, hidden, needless, tuple(errors))


def harmless() -> list[str]:
    """Return every n-th line of the development split: nobody's name stands in most of them."""
    split = ROOT / "tests/evaluation/dev.jsonl"
    lines = [json.loads(line)["text"] for line in split.read_text("utf-8").splitlines()]
    return lines[:: len(lines) // HARMLESS][:HARMLESS]


def over_masked() -> list[str]:
    """Return each stretch of the harmless lines that is hidden."""
    return [
        f"{span.kind}: {text[span.start : span.end]!r} in {text!r}"
        for text in harmless()
        for span in spans(text)
    ]


def told(score: Score, over: list[str]) -> str:
    """Return the figures as they stand in docs/privacy.md."""
    rows = ["| kind | marked | hidden | recall | hidden needlessly |", "|---|---|---|---|---|"]
    for kind in KINDS.values():
        whole, right = score.marked[kind], score.hidden[kind]
        rows.append(
            f"| {kind} | {whole} | {right} | {right / whole:.2f} | {score.needless[kind]} |"
        )
    whole, right, needless = (sum(part.values()) for part in score[:3])
    rows.append(f"| all | {whole} | {right} | {right / whole:.2f} | {needless} |")
    return "\n".join(
        [
            *rows,
            "",
            f"Precision {right / (right + needless):.2f}. Of {HARMLESS} lines of the development "
            f"split {len({line.rsplit(' in ', 1)[1] for line in over})} have something hidden.",
        ]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    score, over = measure(), over_masked()
    print(told(score, over))
    if parser.parse_args().errors:
        print("\n".join([*score.errors, *over]))
