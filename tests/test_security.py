"""docs/security.md is whole: every requirement of ASVS 5.0, levels 1 and 2, with test or reason.

Their numbers stand in asvs-5.0-level-2.txt (OWASP ASVS 5.0, CC BY-SA 4.0: numbers alone).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_hazards import NAMED, defined_in

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs/security.md").read_text("utf-8").split("## OWASP ASVS")[1]
ROWS = [tuple(row) for row in re.findall(r"(?m)^\| (\d[\d., ]+) \| (.+) \| (.+) \|$", TEXT)]
REASONS = {"**By design**", "**Not used**", "**Operator**", "**Open**"}


def test_every_requirement_stands_there_once_and_no_other() -> None:
    wanted = (ROOT / "tests/asvs-5.0-level-2.txt").read_text("utf-8").split()
    told = [number for numbers, _, _ in ROWS for number in numbers.split(", ")]
    assert sorted(told) == sorted(wanted)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_tests_that_exist_or_a_reason(row: tuple[str, str, str]) -> None:
    _, words, shown = row
    assert words.strip()
    named = NAMED.findall(shown)
    assert named or shown in REASONS
    assert all(test in defined_in(path) for path, test in named)
    assert shown.count(".py::") == len(named)
