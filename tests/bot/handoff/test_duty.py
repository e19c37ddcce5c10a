"""Who is on duty: nobody is promised unless somebody is there."""

from __future__ import annotations

import copy
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.handoff.duty import Duty
from bot.handoff.roster import NEEDED
from bot.handoff.why_off import Reader, why_off
from bot.settings import BadSetting, section

NORWAY = ZoneInfo("Europe/Oslo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NORWAY)


@pytest.fixture
def values() -> dict:
    return copy.deepcopy(section("handoff"))


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-10-14T18:30", True),  # Wednesday
        ("2026-10-14T14:59", False),
        ("2026-10-14T15:00", True),
        ("2026-10-14T22:00", False),
        ("2026-10-17T16:30", True),  # Saturday
        ("2026-10-17T21:30", False),
        ("2026-10-15T03:00", False),
        ("2027-05-17T18:00", False),  # a Monday, and the national day
        ("2026-12-24T18:00", False),  # a Thursday, and nobody said that they work
        ("2026-12-25T18:00", False),
        ("2027-03-25T18:00", False),  # Maundy Thursday
    ],
)
def test_eksempelvik_is_there_when_its_roster_says_so(moment: str, there: bool) -> None:
    receiver = Duty.load().receiver("9999", at(moment))
    assert (receiver is not None) == there


def test_hours_are_norwegian_wherever_the_time_was_told() -> None:
    duty = Duty.load()
    assert duty.receiver("9999", datetime.fromisoformat("2026-10-14T13:30:00+00:00")) is not None
    assert duty.receiver("9999", datetime.fromisoformat("2026-10-14T20:30:00+00:00")) is None


def test_a_receiver_says_who_and_until_when() -> None:
    receiver = Duty.load().receiver("9999", at("2026-10-14T18:30"))
    assert receiver is not None
    assert receiver.municipality == "9999"
    assert receiver.body == "Helsestasjon for ungdom i Eksempelvik"
    assert receiver.display_name == "helsesykepleieren i Eksempelvik kommune"
    assert receiver.name("nn") == "helsesjukepleiaren i Eksempelvik kommune"
    assert receiver.until == at("2026-10-14T22:00")


def test_without_a_municipality_it_is_the_receiving_unit(values: dict) -> None:
    evening = at("2026-10-14T18:30")
    found = Duty.read(values).receiver(None, evening)
    assert found is not None and found.municipality == "9999"
    values["receiving_unit"] = None
    assert Duty.read(values).receiver(None, evening) is None


def test_no_other_municipality_takes_over() -> None:
    assert Duty.load().receiver("3413", at("2026-10-14T18:30")) is None


@pytest.mark.parametrize("name", ["responsible_body", "roster", "backup"])
def test_human_chat_is_off_until_all_is_named(values: dict, name: str) -> None:
    del values["municipalities"]["9999"][name]
    duty = Duty.read(values)
    assert duty.receiver("9999", at("2026-10-14T18:30")) is None
    assert duty.why_off("9999") == (name,)


HOOK = {"webhook": "https://vakt.example/a"}


@pytest.mark.parametrize("whose", [None, "unit", "shift", "backup"])
@pytest.mark.parametrize("address", [HOOK, {"email": "vakt@kommune.example"}])
def test_human_chat_is_off_until_alerts_have_an_address_or_somebody_decided(
    values: dict, whose: str | None, address: dict
) -> None:
    unit, evening = values["municipalities"]["9999"], at("2026-10-14T18:30")
    assert Duty.read(values).why_off("9999") == ()
    assert "fiktiv" in (Duty.read(values).page_alone("9999") or "")
    del unit["page_alone_decided_by"]
    if whose is None:
        assert Duty.read(values).receiver("9999", evening) is None
        assert Duty.read(values).why_off("9999") == ("alerts",)
        return
    {"unit": unit, "shift": unit["roster"][0], "backup": unit["backup"]}[whose].update(address)
    duty = Duty.read(values)
    assert duty.receiver("9999", evening) is not None and duty.page_alone("9999") is None


def test_where_alerts_are_sent_the_page_is_not_alone(values: dict) -> None:
    values["municipalities"]["9999"].update(HOOK)
    assert Duty.read(values).page_alone("9999") is None


def test_who_takes_over_needs_alerts_of_their_own(values: dict) -> None:
    unit = values["municipalities"]["9999"]
    unit["takes_over_from"] = [{"municipality": "3413", "agreement": "Avtale 1"}]
    assert Duty.read(values).receiver("3413", at("2026-10-14T18:30")) is not None
    del unit["page_alone_decided_by"]
    assert Duty.read(values).receiver("3413", at("2026-10-14T18:30")) is None


@pytest.mark.parametrize("reader", ["operator", "staff"])
@pytest.mark.parametrize("name", ["municipality", *NEEDED, "alerts"])
def test_whatever_is_missing_has_words(name: str, reader: Reader) -> None:
    assert len(why_off((name,), reader)) == 1


def test_an_empty_roster_is_no_roster(values: dict) -> None:
    values["municipalities"]["9999"]["roster"] = []
    assert Duty.read(values).why_off("9999") == ("roster",)


def set_hours(values: dict, hours: object) -> None:
    values["municipalities"]["9999"]["roster"][0]["hours"] = hours


@pytest.mark.parametrize(
    ("change", "quoted"),
    [
        (lambda v: set_hours(v, "Man-Fre 15-22"), "Man-Fre 15-22"),
        (lambda v: set_hours(v, "Mo-Fr 15:00-22:00; SH off"), "SH off"),
        (lambda v: set_hours(v, None), "hours is None"),
        (lambda v: v["municipalities"].update({301: {}}), "301"),
        (lambda v: v["municipalities"]["9999"].update(rooster=[]), "'rooster'"),
        (lambda v: v["municipalities"]["9999"].update(max_chats=0), "max_chats is 0"),
        (lambda v: v["municipalities"]["9999"].update(name=""), "name is ''"),
        (
            lambda v: v["municipalities"]["9999"].update(page_alone_decided_by=True),
            "page_alone_decided_by is True",
        ),
        (lambda v: v["municipalities"]["9999"]["backup"].update(role="vaktmester"), "vaktmester"),
        (lambda v: v.update(receiving_unit="0301"), "'0301'"),
        (lambda v: v.update(recieving_unit="9999"), "'recieving_unit'"),
        (lambda v: v.update(municipalities=["9999"]), "['9999']"),
    ],
)
def test_a_setting_that_cannot_be_used_is_quoted(values: dict, change, quoted: str) -> None:
    change(values)
    with pytest.raises(BadSetting) as caught:
        Duty.read(values)
    assert quoted in str(caught.value)
    assert "settings/handoff.yml" in str(caught.value)
