"""Checking pathways and notes: what must hold, told so that it can be mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from service_catalog.checking.check import check_file

TODAY = date(2026, 11, 22)
Write = Callable[..., Path]
WAY = """\
pathways:
  - id: videre
    name: {nb: Veien videre, nn: Vegen vidare}
    levels: [red]
    minimum_age: 12
    maximum_age: 17
    steps:
      - kind: listens
        who: [helsestasjon]
        text: {nb: "Noen hører på deg.", nn: "Nokon høyrer på deg."}
      - kind: refers
        who: [fastlege]
        text: {nb: "Legen sender et brev.", nn: "Legen sender eit brev."}
    if_refused: {nb: "Gå tilbake.", nn: "Gå tilbake."}
    assured_date: "2021"
    source: Kommunen selv
    confidence: partly
notes:
  - id: log
    kind: way_of_working
    name: LOG
    keywords: [log]
    text: {nb: "Slik jobber de.", nn: "Slik jobbar dei."}
    assured_date: "2021"
    source: Kommunen selv
"""
SECOND = WAY[WAY.index("  - id: videre") : WAY.index("notes:")].replace("id: videre", "id: ny")


def test_a_sound_pathway_has_no_faults(write: Write, small: str) -> None:
    checked = check_file(write(small + WAY), TODAY)
    assert checked.faults == []
    assert checked.catalog is not None
    (way,) = checked.catalog.pathways
    assert way.ages == range(12, 18) and way.assured_on == date(2021, 1, 1)
    assert checked.catalog.notes[0].kind == "way_of_working"


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("kind: listens", "kind: lytter", "steps[1].kind", "use one of: listens, assesses"),
        ("kind: listens", "kind: refers", "steps[1].kind", "begin with somebody who listens"),
        ("[helsestasjon]", "[bup]", "steps[1].who[1]", "never a first door"),
        ("[helsestasjon]", "[]", "steps[1].who", "say who listens first"),
        ("[fastlege]", "[fastlegen]", "steps[2].who[1]", "neither a service type"),
        ("minimum_age: 12", "minimum_age: 18", ".maximum_age", "lower than minimum_age"),
        ("minimum_age: 12", "minimum_age: tolv", ".minimum_age", "no whole number"),
        ("levels: [red]", "levels: [rød]", ".levels[1]", "did you mean 'red'"),
        ("    if_refused", "    if_refuse", ".if_refuse", "did you mean 'if_refused'"),
        ("Noen hører på deg.", "Du trenger BUP.", "text.nb", "who near them listens"),
        ("Noen hører på deg.", "Spør mamma først.", "text.nb", "home may be what is dangerous"),
        ("Gå tilbake.", "Be foreldrene dine ringe.", "if_refused.nb", "foreldrene"),
        ('"2021"\n    source', '"2028"\n    source', ".assured_date", "has not come yet"),
        ("    steps:\n", "    steps: []\n    stages:\n", ".stages", "no field"),
        ("notes:\n", SECOND + "notes:\n", "pathways[ny].levels", "overlap with 'videre'"),
        ("kind: way_of_working", "kind: door", "notes[log].kind", "way_of_working"),
        (
            "notes:\n",
            WAY[WAY.index("notes:") :].replace("id: log", "id: lag"),
            "notes[log].keywords[1]",
            "'log' asks for 'lag' already",
        ),
    ],
)
def test_each_fault_is_told_where_it_stands(
    write: Write, small: str, old: str, new: str, field: str, words: str
) -> None:
    assert old in WAY
    found = check_file(write(small + WAY.replace(old, new, 1)), TODAY).faults
    assert any(field in one.field and words in one.message for one in found), found


def test_ages_that_part_two_pathways_are_fine(write: Write, small: str) -> None:
    second = SECOND.replace("minimum_age: 12", "minimum_age: 18").replace("maximum_age: 17", "")
    text = small + WAY.replace("notes:\n", f"{second}notes:\n")
    assert check_file(write(text), TODAY).faults == []


def test_video_from_an_age_needs_video(write: Write, small: str) -> None:
    text = small.replace("cost: free", "video_minimum_age: 16\n    cost: free")
    (found,) = check_file(write(text), TODAY).faults
    assert found.field == "services[helsestasjon].video_minimum_age"
    with_video = text.replace("[meet]", "[meet, video]")
    assert check_file(write(with_video), TODAY).faults == []
