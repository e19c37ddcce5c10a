"""How one gets a time is said as the catalog has it."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.clock import NORWAY
from service_catalog.load import Catalogs
from service_catalog.query import Query
from service_catalog.schema import Service
from service_catalog.ways import _kind, booked_at, way_to, ways_in

NOON = datetime(2026, 10, 14, 12, 0, tzinfo=NORWAY)
HFU = "9999-helsestasjon-for-ungdom"


@pytest.fixture(scope="module")
def shipped() -> Catalogs:
    return Catalogs.load()


def query(place: str, **about: object) -> Query:
    return Query(level="yellow", now=NOON, place=place, age=16, **about)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        ({"who_may_come": ["drop_in", "booking"]}, "drop_in"),
        ({"who_may_come": ["booking"], "url": "https://x.no"}, "web"),
        ({"who_may_come": ["booking"], "phones": ["1"]}, "phone"),
        ({"who_may_come": ["contact"], "phones": ["1"]}, "phone"),
        ({"who_may_come": ["contact"], "url": "https://x.no"}, "ask"),
        ({"who_may_come": ["referral"], "phones": ["1"]}, None),
        ({"who_may_come": ["unknown"]}, None),
        ({"who_may_come": ["drop_in"], "attending_types": ["online"]}, None),
    ],
)
def test_the_plainest_way_is_told(about: dict[str, object], kind: str | None) -> None:
    plain = {"attending_types": ["meet"], "url": None, "phones": []}
    assert _kind(Service.construct(**{**plain, **about})) == kind


@pytest.mark.parametrize("place", ["0301", "3413", "1804", "9999"])
def test_every_place_has_ways_in(shipped: Catalogs, place: str) -> None:
    found = ways_in(query(place), shipped)
    assert 1 <= len(found) <= 3
    assert all(way.how for way in found if way.kind == "ask")
    assert all(way.match.card.phone for way in found if way.kind == "phone")


def test_no_way_leads_through_the_parents_when_home_may_be_the_danger(shipped: Catalogs) -> None:
    services = {offer.id: offer.service for offer in shipped.offers("9999")}
    for way in ways_in(query("9999", home_danger=True), shipped):
        service = services.get(way.match.card.id)
        assert service is None or service.parents not in ("involved", "unknown")


def test_a_service_with_its_booking_down_has_another_way(shipped: Catalogs) -> None:
    way = way_to(HFU, query("9999"), shipped)
    assert way is not None and way.kind == "drop_in"
    assert way_to("9999-none", query("9999"), shipped) is None


def test_what_is_booked_is_found_again(shipped: Catalogs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKING_PORT", "8203")
    offer = booked_at("9999", HFU, shipped)
    assert offer is not None and offer.endpoint == "http://127.0.0.1:8203/fhir"
    assert booked_at("9999", "9999-none", shipped) is None
    monkeypatch.delenv("BOOKING_PORT")
    assert booked_at("9999", HFU, shipped) is None
