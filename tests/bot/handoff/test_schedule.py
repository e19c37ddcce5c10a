"""Settings of alerts: what cannot be used is said, and what is secret is not quoted."""

from __future__ import annotations

import copy

import pytest

from bot.handoff.address import Address
from bot.handoff.channels import Channels
from bot.handoff.duty import Duty
from bot.handoff.schedule import Schedule
from bot.settings import BadSetting, section
from tests.bot.handoff.test_duty import at

CONSOLE = "https://chat.eksempelvik.example/staff/"
HOOK = "https://vakt.eksempelvik.example/hemmelig-sti"
SMTP = {"host": "127.0.0.1", "sender": "bot@eksempelvik.example", "starttls": False}


@pytest.fixture
def values() -> dict:
    return copy.deepcopy(section("handoff"))


def place(values: dict) -> dict:
    return values["municipalities"]["9999"]


def load(values: dict) -> Channels:
    return Channels.load(values, Duty.read(values).municipalities, "secret")


def test_what_is_delivered_is_what_is_described() -> None:
    assert Schedule.load() == Schedule(again=(2, 5), backup=7, youth=8, unattended=15)
    assert Schedule.read({}) == Schedule()


@pytest.mark.parametrize(
    ("change", "quoted"),
    [
        ({"again_minutes": [5, 2]}, "[5, 2]"),
        ({"again_minutes": [2, 2]}, "[2, 2]"),
        ({"again_minutes": 2}, "write a list"),
        ({"again_minutes": [0]}, "alerts.again_minutes is 0"),
        ({"backup_minutes": 4}, "backup_minutes 4"),
        ({"youth_minutes": 6}, "youth_minutes 6"),
        ({"youth_minutes": "snart"}, "'snart'"),
        ({"backup_minuts": 9}, "'backup_minuts'"),
        ([2, 5], "[2, 5]"),
    ],
)
def test_times_that_cannot_be_used_are_quoted(change: object, quoted: str) -> None:
    with pytest.raises(BadSetting, match=r"settings/handoff\.yml") as caught:
        Schedule.read({"alerts": change})
    assert quoted in str(caught.value)


@pytest.mark.parametrize("alerts", [{"again_minutes": []}, {"backup_minutes": 8}])
def test_fewer_alerts_or_the_youth_with_the_backup_are_fine(alerts: dict) -> None:
    assert Schedule.read({"alerts": alerts}).youth == 8


def test_who_is_alerted_follows_the_roster(values: dict) -> None:
    place(values)["webhook"] = HOOK
    place(values)["roster"][0]["email"] = "ingrid@eksempelvik.example"
    place(values)["roster"][1]["email"] = "jonas@eksempelvik.example"
    place(values)["backup"]["email"] = "solveig@eksempelvik.example"
    duty = Duty.read(values)
    unit, ingrid = Address("webhook", HOOK), Address("email", "ingrid@eksempelvik.example")
    wednesday, night = at("2026-10-14T18:30"), at("2026-10-14T03:00")
    assert duty.staffing("9999", wednesday).duty == (unit, ingrid)
    assert duty.staffing("9999", night).there is False
    assert [one.target for one in duty.staffing("9999", night).backup] == [
        "solveig@eksempelvik.example",
        HOOK,
    ]
    assert duty.staffing("0301", wednesday).backup == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://vakt.eksempelvik.example/hemmelig-sti",
        "https://bruker:hemmelig-sti@vakt.eksempelvik.example",
        "ftp://vakt.eksempelvik.example/hemmelig-sti",
        "http://127.0.0.1.vakt.example/hemmelig-sti",
        "hemmelig-sti",
        "https:///hemmelig-sti",
        7,
    ],
)
def test_a_webhook_must_be_safe_and_is_not_quoted(values: dict, url: object) -> None:
    place(values)["webhook"] = url
    with pytest.raises(BadSetting, match="9999: webhook") as caught:
        Duty.read(values)
    assert "hemmelig-sti" not in str(caught.value)


@pytest.mark.parametrize("email", ["ingrid", "a@b.example, c@d.example", "a@b\nBcc: c@d", ["a@b"]])
def test_an_e_mail_address_is_one_address(values: dict, email: object) -> None:
    place(values)["backup"]["email"] = email
    with pytest.raises(BadSetting, match="backup: email"):
        Duty.read(values)


def test_without_addresses_nothing_is_needed(values: dict) -> None:
    assert load(values).senders == {}


@pytest.mark.parametrize(
    ("unit", "alerts", "secret", "quoted"),
    [
        ({"webhook": HOOK}, {}, "x" * 16, "alerts.console is missing"),
        ({"webhook": HOOK}, {"console": "http://chat.example/"}, "x" * 16, "alerts.console"),
        ({"webhook": HOOK}, {"console": CONSOLE}, "kort", "UNGVEIVISER_ALERT_SECRET has 4"),
        ({"email": "a@b.example"}, {"console": CONSOLE}, "", "alerts.smtp is None"),
        (
            {"email": "a@b.example"},
            {"console": CONSOLE, "smtp": {"host": "m.example"}},
            "",
            "sende",
        ),
        (
            {"email": "a@b.example"},
            {"console": CONSOLE, "smtp": {**SMTP, "host": "mail.example"}},
            "",
            "only this machine",
        ),
        (
            {"email": "a@b.example"},
            {"console": CONSOLE, "smtp": {**SMTP, "password": "x"}},
            "",
            "'password'",
        ),
    ],
)
def test_what_is_missing_to_send_stops_the_start(
    values: dict,
    monkeypatch: pytest.MonkeyPatch,
    unit: dict,
    alerts: dict,
    secret: str,
    quoted: str,
) -> None:
    monkeypatch.setenv("UNGVEIVISER_ALERT_SECRET", secret)
    place(values).update(unit)
    values["alerts"].update(alerts)
    with pytest.raises(BadSetting) as caught:
        load(values)
    assert quoted in str(caught.value)


def test_both_channels(values: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNGVEIVISER_ALERT_SECRET", "x" * 16)
    place(values).update(webhook=HOOK, email="vakt@eksempelvik.example")
    values["alerts"].update(console=CONSOLE, smtp=SMTP)
    found = load(values)
    assert set(found.senders) == {"webhook", "email"} and found.console == CONSOLE
