"""What is asked of the messages, and a model's file that cannot be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import joblib
import pytest

from bot.nlu.examples import Example
from bot.nlu.model import LanguageModel, NoLanguageModel, columns

ONE = Example("a-1", "trist", "bokmal", None, "none", False, "self", ("trist",), "mild", None)


def test_columns_are_themes_and_extents_and_whom_it_is_about() -> None:
    other = replace(ONE, about="other", themes=("ensom", "trist"), severity=None, duration="long")
    names, wanted = columns([ONE, other])
    yes = [{name for name, said in zip(names, row, strict=True) if said} for row in wanted]
    assert yes == [
        {"trist", "severity=mild"},
        {"ensom", "trist", "about_other", "duration=long"},
    ]


def test_a_model_that_is_missing_or_broken_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "reader.joblib"
    with pytest.raises(NoLanguageModel, match="make train"):
        LanguageModel.load(path)
    joblib.dump("another thing", path)
    with pytest.raises(NoLanguageModel, match="another version; run `make train`"):
        LanguageModel.load(path)
