"""What a threshold costs, and what each part of the screen gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.nlu.examples import parse, read
from bot.safety import tune
from bot.safety.screen import Screen
from bot.safety.verdict import Verdict
from tests.conftest import ROOT

DEV = ROOT / "tests" / "evaluation" / "dev.jsonl"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Every eightieth line of the development split."""
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(DEV.read_text("utf-8").splitlines()[::80]), "utf-8")
    return path


def test_every_part_does_less_than_the_whole(few: Path) -> None:
    lines = list(read(few))
    caught = {
        name: sum(screen.look(line.text).response is not None for line in lines if line.flag)
        for name, screen in tune.parts_of(Screen.load()).items()
    }
    assert caught["the whole screen"] >= caught["classifier alone"] > caught["lexicon alone"] > 0


def test_prints_a_curve_and_the_figures_of_each_part(
    few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tune.main([str(few)]) == 0
    told = capsys.readouterr().out
    assert told.count("natural: caught") == 4 and "without sentence vectors" in told
    assert [row[:4] for row in told.splitlines()[1:3]] == ["0.05", "0.10"]


def test_the_curve_counts_what_lies_over_the_threshold(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    flags = ["suicide", "suicide", "none", "none"]
    path.write_text(
        "\n".join(
            json.dumps({"id": str(n), "text": "x", "red_flag": flag, "urgency": "none"})
            for n, flag in enumerate(flags)
        )
    )
    rows = tune.curve(list(read(path)), [0.9, 0.2, 0.3, 0.0])
    assert rows[tune.STEPS.index(0.25) + 1].split() == [
        *["0.25", "0.500", "of", "2", "–", "0.500", "of", "2", "–"]
    ]


def test_a_question_about_a_hard_topic_is_not_in_vain() -> None:
    line = {"id": "1", "text": "x", "red_flag": "none", "urgency": "none", "themes": ["selvmord"]}
    asked = Verdict("suicide", "uncertain")
    assert "false check 0.000 of 1" in tune.figures([parse(line)], [asked])[0]
    other = parse({**line, "themes": ["stress"]})
    assert "false check 1.000 of 1" in tune.figures([other], [asked])[0]


def test_of_plain_text_the_answers_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("hei på deg\n\njeg skal ta livet mitt i natt\n", "utf-8")
    assert tune.main([str(path)]) == 0
    assert capsys.readouterr().out == "of 2: emergency 1, human 0, check 0\n"
