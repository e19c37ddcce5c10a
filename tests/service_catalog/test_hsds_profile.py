"""docs/hsds-profile.md says what every field is in HSDS 3: no field missing, none invented."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from bot.turn import Level
from service_catalog import pathway_schema, terms
from tests.service_catalog.test_docs import DOCS, NEEDED_BY_RULE, PARTS

TEXT = (DOCS / "hsds-profile.md").read_text("utf-8")
# Objects and fields of HSDS 3.0 that the profile uses: docs.openreferral.org, schema reference.
HSDS = {
    "organization": {"id", "name", "website"},
    "service": {
        "id",
        "organization_id",
        "name",
        "description",
        "url",
        "interpretation_services",
        "application_process",
        "wait_time",
        "fees_description",
        "eligibility_description",
        "minimum_age",
        "maximum_age",
        "assured_date",
        "alert",
    },
    "location": {"id", "name", "transportation"},
    "address": {"address_1"},
    "accessibility": {"description"},
    "schedule": {"opens_at", "closes_at", "byday", "attending_type", "description", "notes"},
    "phone": {"number", "description"},
    "language": {"code"},
    "cost_option": {"option"},
    "service_area": {"name", "extent"},
    "service_at_location": {"location_id"},
    "required_document": {"document"},
}
ENUMERATIONS = {
    "scope": terms.Scope,
    "levels": Level,
    "type": terms.ServiceType,
    "themes": terms.Theme,
    "who_may_come": terms.WhoMayCome,
    "attending_types": terms.Attending,
    "cost": terms.Cost,
    "ages": terms.Ages,
    "parents": terms.Parents,
    "confidence": terms.Confidence,
    "step kind": pathway_schema.StepKind,
    "note kind": pathway_schema.NoteKind,
}


def rows(title: str) -> dict[str, tuple[bool, str]]:
    """Return {field: (whether it is needed, what it is in HSDS)} of one object."""
    section = re.search(rf"^### {title}\n(.*?)(?=^##|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert section is not None, f"docs/hsds-profile.md has no section {title!r}"
    found = re.findall(r"^\| `(\w+)` \| (●?) ?\| (.+) \|$", section[1], re.MULTILINE)
    return {name: (bool(mark), told) for name, mark, told in found}


@pytest.mark.parametrize("title", PARTS)
def test_every_field_has_its_place(title: str) -> None:
    assert list(rows(title)) == list(PARTS[title].__fields__)


@pytest.mark.parametrize("title", PARTS)
def test_what_is_needed_is_marked(title: str) -> None:
    for name, field in PARTS[title].__fields__.items():
        needed = field.required is True or (title, name) in NEEDED_BY_RULE
        assert rows(title)[name][0] is needed, name


@pytest.mark.parametrize("title", PARTS)
def test_each_is_a_field_of_hsds_or_an_attribute(title: str) -> None:
    for name, (_, told) in rows(title).items():
        fields = re.findall(r"`([a-z_]+)\.([a-z_0-9]+)`", told)
        assert all(field in HSDS[thing] for thing, field in fields), (name, fields)
        whole = re.match(r"`([a-z_]+)`", told)
        assert fields or told.startswith("attribute") or (whole and whole[1] in HSDS), name


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_the_enumerations_are_listed_whole(name: str) -> None:
    line = re.search(rf"^\| `{name}` \| ((?:`\w+`(?:, )?)+) \|$", TEXT, re.MULTILINE)
    assert line is not None, name
    assert tuple(re.findall(r"`(\w+)`", line[1])) == get_args(ENUMERATIONS[name])
