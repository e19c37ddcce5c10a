"""What of the way onwards is asked for: a table of questions as young people write them.

A line begins with the part of the pathway, =the word to explain, ~ before what only counts when
the talk is about it already, or - for what is about something else.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu import onward
from bot.nlu.normalise import normalise

TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("onward.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def read(text: str) -> str:
    found = onward.find(normalise(text))
    if found is None:
        return "-"
    if "term" in found:
        return f"={found['term']}"
    return f"~{found['part']}" if found["weak"] else str(found["part"])


def test_the_table_is_long_and_varied() -> None:
    assert len([wanted for wanted, _ in TABLE if wanted != "-"]) >= 60
    assert len({text for _, text in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("wanted", "text"), TABLE, ids=[text for _, text in TABLE])
def test_what_is_asked(wanted: str, text: str) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "asks"),
    [("jeg fikk avslag på bup", False), ("hva gjør jeg hvis bup sier nei?", True)],
)
def test_a_question_is_told_from_what_is_told(text: str, asks: bool) -> None:
    found = onward.find(normalise(text))
    assert found is not None and found["asks"] is asks
