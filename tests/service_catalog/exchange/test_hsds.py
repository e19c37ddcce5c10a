"""Open Referral HSDS 3: what others can read of ours, and what we make of theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_catalog.__main__ import main
from service_catalog.checking.check import check_file
from service_catalog.errors import CatalogError
from service_catalog.exchange.hsds_check import faults_by_schema
from service_catalog.exchange.hsds_hours import from_schedules, to_schedules
from service_catalog.exchange.hsds_in import changed_since, from_hsds
from service_catalog.exchange.hsds_out import to_page
from service_catalog.load import FOLDER
from service_catalog.schema import Catalog
from service_catalog.yaml_file import parse
from tests.service_catalog.exchange.test_write import read

TODAY = date(2026, 11, 22)
EKSEMPELVIK = read(FOLDER / "9999-eksempelvik.yml")
UUID = "11111111-1111-4111-8111-111111111111"


def page() -> Any:
    return json.loads(json.dumps(to_page(EKSEMPELVIK, TODAY)))


def service(name: str) -> Any:
    return next(one for one in page()["contents"] if one["name"] == name)


def theirs() -> Any:
    """Return a service as somebody else might publish it, with no word of ours."""
    return {
        "id": UUID,
        "name": "Åpent hus",
        "alternate_name": "Huset",
        "description": "Snakk med oss.",
        "status": "active",
        "email": "post@huset.example",
        "minimum_age": 13.0,
        "assured_date": "2026-05-01T10:00:00Z",
        "alert": "Stengt i uke 8.",
        "program": None,
        "phones": [{"id": UUID, "number": "+47 22 40 00 40", "extension": 3}],
        "languages": [{"id": UUID, "code": "nb"}],
        "cost_options": [{"id": UUID, "amount": 0, "option": "Gratis"}],
        "schedules": [
            {"freq": "WEEKLY", "byday": "MO,TU,WE", "opens_at": "10:00", "closes_at": "14:00:00"}
        ],
        "organization": {
            "id": UUID,
            "name": "Huset",
            "description": "Vi hjelper.",
            "website": "https://huset.example",
        },
        "service_at_locations": [
            {
                "id": UUID,
                "location": {
                    "id": UUID,
                    "location_type": "physical",
                    "name": "Huset",
                    "latitude": 60.5,
                    "addresses": [{"address_1": "Gata 1", "postal_code": "2335", "city": "Stange"}],
                },
            }
        ],
    }


def test_others_can_read_what_hsds_has_a_place_for() -> None:
    mottak = service("Én dør inn")
    assert mottak["status"] == "active"
    assert (mottak["minimum_age"], mottak["maximum_age"]) == (0, 25)
    assert mottak["assured_date"] == "2026-10-15"
    assert mottak["phones"][0]["number"] == "00 10 00 01"
    assert [one["code"] for one in mottak["languages"]] == ["nb", "nn", "en"]
    assert mottak["organization"]["name"] == "Eksempelvik kommune"
    place = mottak["service_at_locations"][0]["location"]
    assert place["addresses"][0]["address_1"] == "Rådhusplassen 1, Eksempelvik"
    assert mottak["cost_options"][0]["amount"] == 0
    week = mottak["schedules"][0]
    assert week["byday"] == "MO,TU,WE,TH,FR"
    assert (week["opens_at"], week["closes_at"]) == ("08:00", "15:30")
    assert "Stengt på helligdager." in week["notes"]
    levels = [a["value"] for a in mottak["attributes"] if a["taxonomy_term"]["name"] == "levels"]
    assert levels == ["green", "yellow", "orange", "red", "dark_red"]


def test_a_service_that_is_closed_today_says_so() -> None:
    alert = {"text": {"nb": "Stengt.", "nn": "Stengt."}, "closed": True}
    alert |= {"valid_from": "2026-11-20", "valid_to": "2026-11-22"}
    data = json.loads(EKSEMPELVIK.json(exclude_none=True))
    data["services"][0]["alerts"] = [alert]
    catalog = Catalog.parse_obj(data)
    assert to_page(catalog, TODAY)["contents"][0]["status"] == "temporarily closed"
    assert to_page(catalog, date(2026, 11, 23))["contents"][0]["status"] == "active"
    assert to_page(catalog, TODAY)["contents"][0]["alert"] == "Stengt. (2026-11-20 – 2026-11-22)"


def test_what_was_changed_in_a_place_of_hsds_is_taken_over() -> None:
    changed = page()
    changed["contents"][0]["name"] = "Ny dør"
    changed["contents"][0]["phones"][0]["number"] = "00 99 99 99"
    first = Catalog.parse_obj(from_hsds(changed, TODAY).data).services[0]
    assert (first.name.nb, first.phones[0].number) == ("Ny dør", "00 99 99 99")


def test_what_was_changed_where_it_only_repeats_is_told() -> None:
    changed = page()
    changed["contents"][0]["schedules"][0]["opens_at"] = "09:00"
    changed["contents"][1]["email"] = "a@b.example"
    catalog = Catalog.parse_obj(from_hsds(changed, TODAY).data)
    assert catalog == EKSEMPELVIK
    told = changed_since(changed, catalog, TODAY)
    assert [one.split(" was ")[0] for one in told] == [
        "Én dør inn: schedules",
        "Helsesykepleier på skolen: email",
    ]


def test_theirs_is_taken_over_as_far_as_it_says() -> None:
    data = from_hsds(theirs(), TODAY).data
    assert data["services"] == [
        {
            "id": "apent-hus",
            "name": {"nb": "Åpent hus"},
            "description": {"nb": "Snakk med oss."},
            "minimum_age": 13,
            "assured_date": "2026-05-01",
            "phones": [{"number": "22 40 00 40"}],
            "languages": ["nb"],
            "organization_id": "huset",
            "location_ids": ["huset"],
            "schedule": {"opening_hours": "Mo-We 10:00-14:00"},
            "cost": "free",
            "alerts": [{"text": {"nb": "Stengt i uke 8."}}],
        }
    ]
    assert data["locations"] == [
        {"id": "huset", "name": {"nb": "Huset"}, "address": "Gata 1, 2335 Stange"}
    ]
    assert data["organizations"][0]["url"] == "https://huset.example"


def test_what_has_no_place_is_listed() -> None:
    told = from_hsds(theirs(), TODAY).told
    assert any("read as Norwegian time" in one for one in told)
    assert "services[apent-hus]: has no place for email: post@huset.example" in told
    assert "services[apent-hus]: has no place for alternate_name: Huset" in told
    assert "services[apent-hus]: has no place for phones.0.extension: 3" in told
    assert "locations[huset]: has no place for latitude: 60.5" in told
    assert "organizations[huset]: has no place for description: Vi hjelper." in told


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zs")), min_size=1))
def test_nothing_of_a_foreign_field_is_lost(value: str) -> None:
    keys = [*theirs(), "licenses", "funding", "not_in_hsds"]
    for key in set(keys) - {"id", "status", "assured_date"}:
        imported = from_hsds({**theirs(), key: value}, TODAY)
        kept = any(value.strip() in text for text in strings_in(imported.data))
        assert kept or any(" ".join(value.split()) in one for one in imported.told), key


def strings_in(part: Any) -> Iterator[str]:
    """Yield every text in data made of dictionaries and lists."""
    if isinstance(part, str):
        yield part
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in parts:
        yield from strings_in(one)


def test_holes_are_marked_and_check_finds_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "theirs.json", tmp_path / "3413-stange.yml"
    source.write_text(json.dumps([theirs()]), "utf-8")
    assert main(["import", str(source), "--municipality", "3413", "--out", str(out)]) == 0
    text, told = out.read_text("utf-8"), capsys.readouterr().err
    for name in ("type", "levels", "who_may_come", "anonymity", "parents", "source", "confidence"):
        assert f"    # TODO {name}: " in text
        assert f"services[apent-hus].{name}: TODO" in told
    assert "# Uten plass i katalogen: email: post@huset.example" in text
    assert parse(text.encode()).data["municipality"] == "3413"
    found = {fault.field for fault in check_file(out).faults}
    assert {"find_more", "services[apent-hus].levels", "services[apent-hus].parents"} <= found
    assert text.count("# TODO") == len(check_file(out).faults) + 1  # and the one about language


def test_a_wrong_municipality_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "ours.json"
    source.write_text(json.dumps(page()), "utf-8")
    for number, words in (("0000", "no municipality number"), ("3413", "is of 9999, not of 3413")):
        assert main(["import", str(source), "--municipality", number]) == 1
        assert words in capsys.readouterr().out


def test_the_shapes_that_hsds_is_published_in() -> None:
    whole = from_hsds(theirs(), TODAY).data
    services = {key: value for key, value in theirs().items() if key != "organization"}
    at = theirs()["service_at_locations"][0]
    without = {key: value for key, value in theirs().items() if key != "service_at_locations"}
    shapes: list[Any] = [
        [theirs()],
        {"total_items": 1, "contents": [theirs()]},
        {**theirs()["organization"], "services": [services]},
        {**at, "service": without},
    ]
    for shape in shapes:
        assert from_hsds(shape, TODAY).data == whole


def test_an_organization_without_services_is_kept() -> None:
    data = from_hsds([theirs()["organization"]], TODAY).data
    assert data == {
        "organizations": [{"id": "huset", "name": {"nb": "Huset"}, "url": "https://huset.example"}]
    }


def test_services_that_are_gone_are_left_out_and_told() -> None:
    imported = from_hsds([{**theirs(), "status": "defunct"}], TODAY)
    assert "services" not in imported.data
    assert imported.told == ["Åpent hus: is defunct, so it is left out"]
    closed = from_hsds([{**theirs(), "status": "temporarily closed"}], TODAY)
    assert any("temporarily closed" in one for one in closed.told)


STRANGE = [
    ("phones", "22 40 00 40", "phones: 22 40 00 40"),
    ("phones", [None, 3, []], "phones.1: 3"),
    ("schedules", [{"byday": 3}], "schedules.0.byday: 3"),
    ("organization", ["Huset"], "organization.0: Huset"),
    ("languages", [{"code": 7}], "languages.0.code: 7"),
    ("attributes", {"a": 1}, "attributes.a: 1"),
    ("minimum_age", True, "minimum_age: True"),
    ("minimum_age", 12.5, "minimum_age: 12.5"),
    ("cost_options", [{"amount": "mye"}], "cost_options.0.amount: mye"),
    ("service_at_locations", [{"location": "her"}], "service_at_locations.0.location: her"),
]


@pytest.mark.parametrize(("key", "value", "words"), STRANGE)
def test_fields_of_another_kind_are_listed(key: str, value: Any, words: str) -> None:
    told = from_hsds({**theirs(), key: value}, TODAY).told
    assert f"services[apent-hus]: has no place for {words}" in told


@pytest.mark.parametrize("code", [7, "0.a", "a." * 40 + "a", ""])
def test_terms_that_are_no_field_are_refused(code: Any) -> None:
    ours = page()
    ours["contents"][0]["attributes"][0]["taxonomy_term"]["code"] = code
    with pytest.raises(CatalogError, match="no field"):
        from_hsds(ours, TODAY)


def test_terms_that_contradict_each_other_are_refused() -> None:
    for code, words in (("levels.0", "given twice"), ("type.a", "goes into")):
        ours = page()
        attributes = ours["contents"][0]["attributes"]
        term = {"code": code, "taxonomy": "ungveiviser"}
        attributes.append({"value": "x", "taxonomy_term": term})
        with pytest.raises(CatalogError, match=words):
            from_hsds(ours, TODAY)


@pytest.mark.parametrize(
    "hours",
    [
        "Mo-Fr 08:00-15:30",
        "Mo-Th 14:00-20:00; Fr 12:00-14:00",
        "Mo,We 09:00-11:00,12:00-15:00",
        "Fr-Su 18:00-02:00",
    ],
)
def test_weekly_hours_come_back(hours: str) -> None:
    assert from_schedules(to_schedules(hours), TODAY) == hours


def test_a_later_rule_replaces_the_earlier_one_for_its_days() -> None:
    assert from_schedules(to_schedules("Mo-We 08:00-15:30; We 08:00-20:00; PH off"), TODAY) == (
        "Mo,Tu 08:00-15:30; We 08:00-20:00"
    )


def test_hours_that_are_no_week_are_told_in_words() -> None:
    assert to_schedules("2026 Jun 20-2026 Aug 16 off") == [
        {"description": "2026 Jun 20-2026 Aug 16 off"}
    ]
    assert from_schedules(to_schedules("24/7"), TODAY) == "Mo-Su 00:00-24:00"


@pytest.mark.parametrize(
    "change",
    [
        {"freq": "MONTHLY"},
        {"interval": 2},
        {"byday": "1MO"},
        {"bymonthday": "3"},
        {"until": "2027-01-01"},
        {"valid_to": "2025-01-01"},
        {"valid_from": "2027-01-01"},
        {"timezone": -5},
        {"opens_at": "10:00Z"},
        {"closes_at": None},
    ],
)
def test_schedules_that_are_more_than_a_week_are_not_guessed_at(change: dict[str, Any]) -> None:
    week = {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}
    assert from_schedules([week], TODAY) == "Mo 10:00-12:00"
    assert from_schedules([{**week, **change}], TODAY) is None


def test_a_schema_is_held_strictly(tmp_path: Path) -> None:
    schema = tmp_path / "service.json"
    ours = page()
    keys = {key for one in ours["contents"] for key in one}
    described: dict[str, Any] = {"name": "service", "properties": {key: {} for key in keys}}
    schema.write_text(json.dumps(described))
    assert faults_by_schema(ours, schema) == []
    described["properties"]["name"] = {"type": "number"}
    del described["properties"]["status"]
    schema.write_text(json.dumps(described))
    told = faults_by_schema(ours, schema)
    assert any("'status' was unexpected" in one for one in told)
    assert any(one.startswith("name: ") for one in told)
    for text, words in (("[", "cannot be read"), ('{"name": "phone"}', "schema of 'phone'")):
        schema.write_text(text)
        with pytest.raises(CatalogError, match=words):
            faults_by_schema(ours, schema)


def test_a_page_of_several_is_told_of() -> None:
    told = from_hsds({"total_pages": 3, "contents": [theirs()]}, TODAY).told
    assert told[0] == "holds one page of 3; import the others too"
