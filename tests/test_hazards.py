"""The hazard log is whole: its headings, the tests that its controls name, and its table."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "hazards"
LOG = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
SECTIONS = ["Cause", "Harm", "Controls", "Remaining risk", "Evidence"]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
hazard = pytest.mark.parametrize("path", LOG, ids=lambda path: path.stem)


def sections(path: Path) -> dict[str, str]:
    found = re.split(r"(?m)^## (.+)\n", path.read_text("utf-8"))
    return dict(zip(found[1::2], found[2::2], strict=True))


def controls(path: Path) -> list[str]:
    return re.split(r"(?m)^- ", sections(path)["Controls"])[1:]


def risk(path: Path) -> str:
    found = re.match(r"\s*\*\*(Low|Medium|High)\*\*", sections(path)["Remaining risk"])
    return found[1].lower() if found else "none"


@lru_cache
def defined_in(name: str) -> set[str]:
    path = ROOT / name
    text = path.read_text("utf-8") if path.exists() else ""
    return set(re.findall(r"(?m)^(?:async )?def (test_\w+)\(", text))


@hazard
def test_a_hazard_has_its_headings_in_order(path: Path) -> None:
    number = path.stem.split("-")[0].upper()
    headings = re.findall(r"(?m)^#+ .+$", path.read_text("utf-8"))
    assert re.fullmatch(rf"# {number} \S.+", headings[0])
    assert headings[1:] == [f"## {name}" for name in SECTIONS]
    assert all(text.strip() for text in sections(path).values())


@hazard
def test_a_control_ends_with_its_tests_or_says_why_there_is_none(path: Path) -> None:
    assert controls(path)
    for control in controls(path):
        proved = control.rstrip().endswith("`") and NAMED.search(control)
        assert proved or re.search(r"no test: \S", control), control


@hazard
def test_every_test_that_is_named_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    missing = [
        f"{name}::{test}" for name, test in NAMED.findall(text) if test not in defined_in(name)
    ]
    assert not missing
    assert text.count(".py::") == len(NAMED.findall(text))


@hazard
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@hazard
def test_the_evidence_tells_the_figures_of_the_evaluation(path: Path) -> None:
    told = re.findall(r"\b(\d+) of (\d+)\b", sections(path)["Evidence"].replace(",", ""))
    measured = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    assert set(told) <= set(re.findall(r" (\d+)/(\d+)(?=\n| \|)", measured))


def test_the_table_lists_every_hazard_with_its_risk_and_no_other() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| \[(.+)\]\((.+)\) \| (\w+) \|$", text)
    wanted = [(path.read_text("utf-8").split("\n")[0][2:], path.name, risk(path)) for path in LOG]
    assert rows == wanted
    assert {level for _, _, level in rows} <= {"low", "medium", "high"}
    assert len({path.stem.split("-")[0] for path in LOG}) == len(LOG)
