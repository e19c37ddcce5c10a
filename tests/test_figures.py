"""The figures in docs/evaluation.md are no better than what is measured here and now.

`bot.evaluate` runs beside the other tests (see conftest.py); these come last.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.evaluate import COLUMNS
from bot.settings import ROOT

PAGE = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
PARTS = ("all", "natural", "hard")
LOWER_IS_BETTER = {"false emergency", "false check", "not understood"}
ROUNDED = 0.0005
SLACK = 0.01
"""What another machine's arithmetic in training may move."""


def told() -> dict[str, dict[str, float]]:
    """Return the figures of the page for all, natural and hard lines."""
    found: dict[str, dict[str, float]] = {}
    for part in PARTS:
        block = re.search(rf"^{part}\n((?:  .+\n)+)", PAGE, re.MULTILINE)
        assert block, part
        lines = re.findall(r"^  (\S.*?) {2,}([0-9.]+)", block[1], re.MULTILINE)
        found[part] = {name: float(value) for name, value in lines}
    return found


def told_by_group() -> dict[str, dict[str, float]]:
    """Return the figures of the page's table of groups."""
    head = re.search(r"^group +(.+)$", PAGE, re.MULTILINE)
    assert head and head[1].split() == list(COLUMNS), "the columns of the table"
    rows = re.findall(r"^(\w[\w ]*?) {2,}((?: *(?:[0-9.]+|–)){8})$", PAGE, re.MULTILINE)
    return {
        name: {
            column: float(cell)
            for column, cell in zip(COLUMNS.values(), cells.split(), strict=True)
            if cell != "–"
        }
        for name, cells in rows
    }


def value_of(figure: Any) -> float:
    return float(figure["value"] if isinstance(figure, dict) else figure)


@pytest.mark.parametrize("part", PARTS)
def test_no_figure_of_the_page_is_better_than_measured(figures: dict[str, Any], part: str) -> None:
    page = told()[part]
    assert page.keys() == figures[part].keys()
    flattering = {}
    for name, said in page.items():
        is_now = value_of(figures[part][name])
        too_good = is_now - said if name in LOWER_IS_BETTER else said - is_now
        if too_good > SLACK:
            flattering[name] = (said, is_now)
    assert flattering == {}


def test_no_group_is_told_better_than_it_may_be(figures: dict[str, Any]) -> None:
    """Groups are small: what the page says must lie within the interval that is measured now."""
    page = told_by_group()
    assert page.keys() == figures.keys()
    flattering = {}
    for group, row in page.items():
        for name, said in row.items():
            now = figures[group][name]
            low, high = now["interval"]
            lower = name in LOWER_IS_BETTER
            if (low - said if lower else said - high) > ROUNDED:
                flattering[group, name] = (said, now)
    assert flattering == {}
