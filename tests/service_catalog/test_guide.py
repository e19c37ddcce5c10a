"""The guide for advisers: every example in it is tried."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.turn import Level
from service_catalog.checking.check import check_file
from service_catalog.checking.doors import LEVELS
from service_catalog.hours import Holiday, Hours, midnight
from service_catalog.schema import Catalog, Service
from service_catalog.yaml_file import parse

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs" / "veileder-katalog.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
TODAY = date(2026, 11, 22)
Write = Callable[..., Path]
HOLIDAYS = [Holiday(date(2027, 2, 22), date(2027, 2, 26))]


def section(title: str) -> str:
    return GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    lines = [line for line in section(title).splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def base() -> dict[str, Any]:
    """Return a sound catalog of Eksempelvik, made of the whole service in the guide."""
    made: dict[str, Any] = parse(BLOCKS[0].encode()).data
    text = {"nb": "Se på nettsiden.", "nn": "Sjå på nettsida."}
    head = {"municipality": "9999", "name": "Eksempelvik", "fictional": "true"}
    return {**head, "find_more": text, **made}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split(":")[0])
def test_every_example_is_sound(write: Write, block: str) -> None:
    catalog, piece = base(), parse(block.encode()).data
    for name, value in piece.items():
        belongs_to_service = name in Service.__fields__ and name not in Catalog.__fields__
        (catalog["services"][0] if belongs_to_service else catalog)[name] = value
    if "usual_times" in piece:
        del catalog["services"][0]["schedule"]
    faults = check_file(write(json.dumps(catalog)), TODAY).faults
    assert [*map(str, faults)] == []


def test_there_are_examples_enough() -> None:
    assert len(BLOCKS) >= 8
    assert len(rows("Åpningstider")) == 10


@pytest.mark.parametrize("row", rows("Åpningstider"), ids=lambda row: row[0])
def test_the_opening_hours_can_be_read(row: list[str]) -> None:
    written = row[0].strip("`")
    hours = Hours(written, HOLIDAYS, on_call=written == "24/7")
    assert hours.ever_open(midnight(TODAY))


def test_the_levels_are_those_of_the_bot() -> None:
    told: list[Level] = [row[0].strip("`") for row in rows(GUIDE_LEVELS)]  # type: ignore[misc]
    assert tuple(told) == LEVELS


GUIDE_LEVELS = "Nivåene er ord om hjelpen, aldri om den unge"


def test_what_the_check_is_said_to_say_is_what_it_says() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "service_catalog").rglob("*.py"))
    code = re.sub(r'"\n\s+f?"', "", code).replace("{MAX_WORDS}", "20")
    for row in rows("Når noe er galt"):
        for words in re.findall(r"`([^`]+)`", row[0]):
            assert words in code, words


def test_the_commands_in_the_guide_are_there() -> None:
    """`template` and `import` are for spreadsheets; the others are run by other tests."""
    told = set(re.findall(r"python -m service_catalog (\w+)", GUIDE))
    assert {"new", "check", "preview"} <= told <= {"new", "check", "preview", "template", "import"}


def test_it_can_be_found() -> None:
    assert "docs/veileder-katalog.md" in (ROOT / "README.md").read_text("utf-8")
    assert "veileder-katalog.md" in (ROOT / "docs" / "catalog.md").read_text("utf-8")
