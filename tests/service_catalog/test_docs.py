"""docs/catalog.md says what the schema says: every field, no other, and what is needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from service_catalog import pathway_schema, schema
from service_catalog.checking.check import check_file
from service_catalog.fit import NEIGHBOURS
from service_catalog.pathway_schema import NOTE_KINDS, STEP_KINDS
from service_catalog.terms import SERVICE_TYPES, THEMES

DOCS = Path(__file__).parent.parent.parent / "docs"
TEXT = (DOCS / "catalog.md").read_text("utf-8")
PARTS: dict[str, type[BaseModel]] = {
    "Catalog": schema.Catalog,
    "School holiday": schema.SchoolHoliday,
    "Organization": schema.Organization,
    "Location": schema.Location,
    "Service": schema.Service,
    "Schedule": schema.Schedule,
    "Phone": schema.Phone,
    "Chat": schema.Chat,
    "Alert": schema.Alert,
    "Pathway": pathway_schema.Pathway,
    "Step": pathway_schema.Step,
    "Note": pathway_schema.Note,
}
# Needed by a rule between fields, not by the field itself.
NEEDED_BY_RULE = {("Catalog", "municipality"), ("Service", "minimum_age")}


def section(title: str) -> str:
    found = re.search(rf"^### {title}\n(.*?)(?=^##)", TEXT, re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/catalog.md has no section {title!r}"
    return found[1]


def rows(title: str) -> dict[str, bool]:
    """Return {field: whether it is marked as needed}."""
    found = re.findall(r"^\| `(\w+)` \| (●?) ?\|", section(title), re.MULTILINE)
    return {name: bool(mark) for name, mark in found}


@pytest.mark.parametrize("title", PARTS)
def test_every_field_is_described(title: str) -> None:
    assert list(rows(title)) == list(PARTS[title].__fields__)


@pytest.mark.parametrize("title", PARTS)
def test_what_is_needed_is_marked(title: str) -> None:
    needed = {
        name: field.required is True or (title, name) in NEEDED_BY_RULE
        for name, field in PARTS[title].__fields__.items()
    }
    assert rows(title) == needed


WORDS = [SERVICE_TYPES, THEMES, tuple(NEIGHBOURS), STEP_KINDS, NOTE_KINDS]


@pytest.mark.parametrize("words", WORDS)
def test_the_fixed_words_are_listed(words: tuple[str, ...]) -> None:
    assert [word for word in words if f"`{word}`" not in TEXT] == []


def test_the_example_is_sound() -> None:
    assert check_file(DOCS / "eksempel" / "kommune.yml").faults == []


def test_the_hours_in_the_docs_can_be_read() -> None:
    from datetime import date

    from service_catalog.hours import Holiday, Hours

    written = re.findall(r"^\| `([^`]+)` \| (?!●)[^|]+\|$", section("Schedule"), re.MULTILINE)
    examples = [hours for hours in written if ":" in hours or hours == "24/7"]
    assert len(examples) >= 5
    for hours in examples:
        Hours(hours, [Holiday(date(2027, 2, 22), date(2027, 2, 26))])
