"""Every resource that goes to or comes from the demo booking server is valid FHIR (R4B)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

import pytest
from fhir.resources.R4B.appointment import Appointment
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.operationoutcome import OperationOutcome
from pydantic import ValidationError
from starlette.testclient import TestClient

from bot.clock import NORWAY
from demo.booking_server import create_app
from service_catalog.booking.fhir import appointment, free_times, identifier, resources

AFTER = datetime(2026, 10, 14, 12, 0, tzinfo=NORWAY)
START = {"start": f"ge{AFTER.isoformat()}"}


@pytest.fixture
def http() -> Iterator[TestClient]:
    with TestClient(create_app(":memory:", faults=True), base_url="http://booking.example") as http:
        yield http


def post(http: TestClient, name: str, place: int = 0, person: str | None = None):
    slots = resources(http.get("/fhir/Slot", params=START | {"status": "free"}).json(), "Slot")
    body = appointment(free_times(slots, AFTER)[place], identifier(name, "x"), person)
    Appointment.parse_obj(body)
    given = body["identifier"][0]
    known = f"identifier={given['system']}|{given['value']}"
    return http.post("/fhir/Appointment", json=body, headers={"If-None-Exist": known}), known


def test_every_page_of_slots_is_valid(http: TestClient) -> None:
    url: str | None = f"/fhir/Slot?{urlencode(START)}"
    pages = 0
    while url:
        bundle = Bundle.parse_raw(http.get(url).content)
        assert all(entry.resource.resource_type == "Slot" for entry in bundle.entry)
        url = next((link.url for link in bundle.link or () if link.relation == "next"), None)
        pages += 1
    assert pages > 1


@pytest.mark.parametrize("person", [None, "Kari"])
def test_an_appointment_is_valid_all_its_life(http: TestClient, person: str | None) -> None:
    made, known = post(http, "life", person=person)
    assert made.status_code == 201
    assert Appointment.parse_raw(made.content).status == "booked"
    again, _ = post(http, "life", person=person)
    assert again.status_code == 200 and again.json()["id"] == made.json()["id"]
    found = Bundle.parse_raw(http.get(f"/fhir/Appointment?{known}").content)
    assert found.total == 1
    path = f"/fhir/Appointment/{made.json()['id']}"
    done = http.put(path, json={**made.json(), "status": "cancelled"})
    assert Appointment.parse_raw(done.content).status == "cancelled"
    assert Appointment.parse_raw(http.get(path).content).status == "cancelled"


def test_nothing_found_is_a_valid_answer(http: TestClient) -> None:
    bundle = Bundle.parse_raw(http.get("/fhir/Appointment?identifier=urn:x|nobody").content)
    assert bundle.total == 0


def test_refusals_are_valid(http: TestClient) -> None:
    made, _ = post(http, "one")
    path = f"/fhir/Appointment/{made.json()['id']}"
    stale = {"If-Match": 'W/"7"'}
    taken = {**made.json(), "identifier": [{"system": "urn:x", "value": "other"}]}
    answers = [
        (409, http.post("/fhir/Appointment", json=taken)),
        (400, http.post("/fhir/Appointment", content=b"{")),
        (400, http.post("/fhir/Appointment", json={})),
        (404, http.get("/fhir/Appointment/none")),
        (404, http.put("/fhir/Appointment/none", json={})),
        (412, http.put(path, json={**made.json(), "status": "cancelled"}, headers=stale)),
        (422, http.put(path, json=made.json())),
        (400, http.get("/fhir/Slot?start=i-dag")),
    ]
    for status, answer in answers:
        assert answer.status_code == status, answer.text
        OperationOutcome.parse_raw(answer.content)
    http.put("/fault", json={"mode": "closed"})
    closed = http.get("/fhir/Slot")
    assert closed.status_code == 401
    OperationOutcome.parse_raw(closed.content)


def test_the_check_can_tell_what_is_not_valid() -> None:
    body = {"resourceType": "Appointment", "status": "booked"}
    with pytest.raises(ValidationError):
        Appointment.parse_raw(json.dumps(body))
    with pytest.raises(ValidationError):
        Bundle.parse_obj({"resourceType": "Bundle", "type": "searchset", "entry": "x"})
