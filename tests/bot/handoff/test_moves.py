"""Handing cases over in the staff pages: to a colleague, to another unit, at the end of a shift."""

from __future__ import annotations

from datetime import datetime

import pytest
import redis
import yaml

from bot.clock import NORWAY
from bot.handoff.colleagues import Colleagues
from bot.handoff.contents import Person
from bot.handoff.duty import Duty
from bot.handoff.schedule import Schedule
from tests.bot.handoff.conftest import ROOT, Staff
from tests.bot.handoff.test_staff import (  # noqa: F401
    _empty,
    act,
    audit,
    field,
    open_case,
    stream,
    with_cases,
)

EVENING = datetime(2026, 10, 14, 18, 30, tzinfo=NORWAY)


def test_a_colleague_who_is_there_can_take_over(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as ingrid:
        page = act(ingrid, case, "claim").text
        assert "Ingen kolleger er logget inn nå" in page
        assert act(ingrid, case, "transfer", to="person:jonas").status_code == 409
        with staff.log_in("jonas") as jonas:
            page = ingrid.get(f"/staff/cases/{case.id}").text
            assert "Jonas, helsesykepleier" in page and "berit" not in page
            page = act(ingrid, case, "transfer", to="person:jonas").text
            assert "Du har ingen saker nå" in page and "Ingrid overførte den til Jonas" in page
            listed = jonas.get("/staff/").text
            assert "Til deg:" in listed and "Venter (<span data-count>1" in listed
            assert jonas.get("/staff/bells").json()["bells"][0]["id"] == f"{case.id}:new.1"
            assert "Storgata" not in ingrid.get(f"/staff/cases/{case.id}").text
            assert "Tatt</strong> av deg" in act(jonas, case, "claim").text
    assert "Ingrid har bedt Jonas om å ta over" in stream(staff)
    assert ("transfer", "ingrid") in audit(staff)


def test_nobody_hands_over_what_is_not_theirs(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as ingrid, staff.log_in("jonas") as jonas, staff.log_in("berit") as berit:
        act(ingrid, case, "claim")
        assert act(jonas, case, "transfer", to="person:ingrid").status_code == 409
        assert act(berit, case, "transfer", to="person:jonas").status_code == 404
        for to in ("person:berit", "unit:3413", "person:", ""):
            assert act(ingrid, case, "transfer", to=to).status_code == 409
    assert with_cases(staff, lambda cases: cases.get(case.id)).owned_by("ingrid")


def test_a_shift_is_handed_over_with_all_its_cases(staff: Staff) -> None:
    found = [open_case(staff, f"conv{i}") for i in range(3)]
    with staff.log_in() as ingrid, staff.log_in("jonas"):
        for case in found[:2]:
            act(ingrid, case, "claim")
        page = ingrid.get("/staff/shift").text
        assert "Dine åpne saker (2)" in page and "Andre åpne saker (1)" in page
        form = {"csrf": field(page, "csrf"), "to": "person:jonas"}
        assert ingrid.post("/staff/shift", data={**form, "to": "unit:x"}).status_code == 409
        page = ingrid.post("/staff/shift", data=form).text
        assert "Dine åpne saker (0)" in page and "Andre åpne saker (3)" in page
    states = [with_cases(staff, lambda c, one=one: c.get(one.id)).state for one in found]
    assert states == ["transferred", "transferred", "waiting"]
    assert audit(staff).count(("transfer", "ingrid")) == 2


def test_who_logs_out_is_no_receiver(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as ingrid, staff.log_in("jonas") as jonas:
        act(ingrid, case, "claim")
        jonas.post("/staff/logout", data={"csrf": field(jonas.get("/staff/").text, "csrf")})
        assert act(ingrid, case, "transfer", to="person:jonas").status_code == 409


async def test_who_was_not_there_lately_is_forgotten(client: redis.asyncio.Redis) -> None:
    colleagues = Colleagues(client, Schedule())
    jonas = Person(id="jonas", name="Jonas", role="lege")
    await colleagues.seen(jonas, ["9999"])
    assert await colleagues.beside("ingrid", "9999") == [jonas]
    assert await colleagues.beside("jonas", "9999") == []
    assert await colleagues.beside("ingrid", "3413") == []
    kept = await client.hget("ung:staff:colleagues:9999", "jonas")
    old = kept.replace('"seen": ', '"seen": -')
    await client.hset("ung:staff:colleagues:9999", "jonas", old)
    assert await colleagues.beside("ingrid", "9999") == []
    assert 0 < await client.ttl("ung:staff:colleagues:9999") <= 15 * 60


@pytest.mark.parametrize(
    ("unit", "home", "expected"),
    [
        ("3413", "3413", ["9999"]),  # who takes over by agreement
        ("9999", "3413", ["3413"]),  # back to where it came from
        ("9999", "9999", []),
        ("9999", None, []),
    ],
)
def test_another_unit_takes_over_by_agreement_alone(unit, home, expected) -> None:
    values = yaml.safe_load((ROOT / "settings/handoff.yml").read_text("utf-8"))
    own = values["municipalities"]["9999"]
    agreement = [{"municipality": "3413", "agreement": "avtale"}]
    stange = {**own, "name": "Stange", "takes_over_from": []}
    values["municipalities"] = {"9999": {**own, "takes_over_from": agreement}, "3413": stange}
    duty = Duty.read(values)
    found = duty.may_take_over(unit, home, EVENING)
    assert [one.municipality for one in found] == expected
    assert duty.may_take_over(unit, home, EVENING.replace(hour=3)) == []
