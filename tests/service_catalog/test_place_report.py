"""Measuring how places are recognised: outcomes, figures, and tables that cannot be read."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from service_catalog import places_command
from service_catalog.place_report import Form, Read


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    places_command.add(parser.add_subparsers())
    chosen = parser.parse_args(["places", *words])
    return int(chosen.run(chosen))


def read(wanted: set[str], found: set[str]) -> Read:
    return Read(Form("x", True, frozenset(wanted)), frozenset(found))


@pytest.mark.parametrize(
    ("wanted", "found", "outcome"),
    [
        ({"3413"}, {"3413"}, "right"),
        (set(), set(), "right"),
        ({"3413"}, set(), "missed"),
        ({"3413"}, {"3403"}, "wrong"),
        ({"3413"}, {"3403", "3413"}, "asks"),
        ({"3403", "3413"}, {"3413"}, "wrong"),
        (set(), {"3413"}, "false"),
    ],
)
def test_outcomes(wanted: set[str], found: set[str], outcome: str) -> None:
    assert read(wanted, found).outcome == outcome


def test_figures_of_a_table_and_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, text = tmp_path / "forms.tsv", tmp_path / "plain.txt"
    table.write_text(
        "# own forms\nstange\tasked\t3413\nherøy\tasked\t1515 1818\nknirk\tasked\t3403\n"
        "Oslo, Gamle Oslo\tfree\t0301/Gamle Oslo\naner ikke\tasked\t-\n",
        "utf-8",
    )
    text.write_text("jeg bor i Stange\n\nhar time i morgen\n", "utf-8")
    assert run(str(table), str(text), "--errors") == 0
    told = capsys.readouterr().out
    assert "written forms  4: 0.750 read as meant" in told
    assert "1 missed, 0 taken for another place, 0 asked which without need" in told
    assert "1 rightly asked which of several" in told
    assert "missed wanted 3403, found -: knirk" in told
    assert "without a place 2: a place in 1 (0.5000)" in told
    assert "false  wanted -, found 3413: jeg bor i Stange" in told


@pytest.mark.parametrize("line", ["bare tekst", "stange\tspurt\t3413", "a\tb"])
def test_a_line_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    table = tmp_path / "forms.tsv"
    table.write_text(f"stange\tasked\t3413\n{line}\n", "utf-8")
    assert run(str(table)) == 1
    assert "forms.tsv:2:" in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "none.txt")) == 1
    assert "none.txt" in capsys.readouterr().err
