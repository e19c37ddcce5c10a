"""What a case that waits calls for, minute by minute."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.handoff.address import YOUTH, Address
from bot.handoff.alerts import due, duty_step
from bot.handoff.case import Case, Person, Reason, Unit
from bot.handoff.contents import Transfer
from bot.handoff.schedule import Schedule, Staffing
from tests.bot.handoff.conftest import EKSEMPELVIK

OPENED = datetime(2026, 10, 14, 16, 30, tzinfo=timezone.utc)
INGRID = Address("email", "ingrid@eksempelvik.example")
UNIT = Address("webhook", "https://vakt.eksempelvik.example/ny")
SOLVEIG = Address("email", "solveig@eksempelvik.example")
THERE = Staffing(there=True, duty=(UNIT, INGRID), backup=(SOLVEIG,))
NOBODY = Staffing(there=False, backup=(SOLVEIG,))


def stamp(minutes: float) -> str:
    return (OPENED + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def case(**changes: object) -> Case:
    first = Reason(flag=None, urgency="none", at=stamp(0))
    return Case(
        id="c1",
        conversation_id="conv",
        unit=Unit.of(EKSEMPELVIK),
        reasons=[first],
        opened_at=stamp(0),
    ).copy(update=changes)


def told(minutes: float, staffing: Staffing = THERE, sent: set[str] = frozenset(), **changes):
    now = OPENED + timedelta(minutes=minutes)
    return [(a.step, a.to) for a in due(case(**changes), now, Schedule(), staffing, sent)]


def test_the_whole_wait() -> None:
    """Looked at every half minute: each alert at its time, to each address, once."""
    sent: set[str] = set()
    heard: list[tuple[float, str, Address]] = []
    for half in range(0, 60):
        now = OPENED + timedelta(minutes=half / 2)
        for alert in due(case(), now, Schedule(), THERE, sent):
            heard.append((half / 2, alert.step, alert.to))
            sent.add(alert.key)
    assert heard == [
        (0, "new", UNIT),
        (0, "new", INGRID),
        (2, "again-2", UNIT),
        (2, "again-2", INGRID),
        (5, "again-5", UNIT),
        (5, "again-5", INGRID),
        (7, "backup", SOLVEIG),
        (8, "youth", YOUTH),
    ]


def test_after_a_long_silence_of_ours_each_hears_once() -> None:
    assert told(30) == [
        ("again-5", UNIT),
        ("again-5", INGRID),
        ("backup", SOLVEIG),
        ("youth", YOUTH),
    ]


def test_a_clock_that_runs_behind_loses_nothing() -> None:
    assert told(-1) == [("new", UNIT), ("new", INGRID)]


@pytest.mark.parametrize("state", ["claimed", "handed_back", "closed"])
def test_nothing_when_it_does_not_wait(state: str) -> None:
    owner = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
    assert told(30, state=state, owner=owner) == []


def test_a_duty_that_ends_leaves_nobody_waiting_for_the_times() -> None:
    assert told(1, NOBODY) == [("backup", SOLVEIG), ("youth", YOUTH)]


def test_the_next_on_duty_hears_of_a_case_that_is_left() -> None:
    jonas = Address("email", "jonas@eksempelvik.example")
    sent = {a.key for a in due(case(), OPENED + timedelta(minutes=9), Schedule(), THERE, set())}
    later = Staffing(there=True, duty=(UNIT, jonas), backup=(SOLVEIG,))
    assert told(900, later, sent) == [("again-5", jonas)]


def test_who_deleted_is_told_nothing_but_staff_are() -> None:
    assert [to for _, to in told(30, deleted_at=stamp(3))] == [UNIT, INGRID, SOLVEIG]


def test_a_case_that_becomes_graver_is_told_of_at_once_and_to_the_backup_again() -> None:
    reasons = [*case().reasons, Reason(flag="suicide", urgency="acute", at=stamp(10))]
    sent = {a.key for a in due(case(), OPENED + timedelta(minutes=9), Schedule(), THERE, set())}
    assert told(10, THERE, sent, reasons=reasons) == [
        ("graver-acute", UNIT),
        ("graver-acute", INGRID),
        ("backup-acute", SOLVEIG),
    ]


def test_after_it_became_graver_the_repeats_go_on() -> None:
    reasons = [*case().reasons, Reason(flag="suicide", urgency="acute", at=stamp(1))]
    now = OPENED + timedelta(minutes=1.5)
    assert duty_step(case(reasons=reasons), now, Schedule()) == "graver-acute"
    assert duty_step(case(reasons=reasons), now + timedelta(minutes=1), Schedule()) == "again-2"


def test_a_second_reason_that_is_no_graver_changes_nothing() -> None:
    reasons = [Reason(flag="suicide", urgency="acute", at=stamp(0)) for _ in range(2)]
    assert told(1, reasons=reasons) == [("new", UNIT), ("new", INGRID)]


def test_no_address_in_what_redis_keeps() -> None:
    keys = [a.key for a in due(case(), OPENED, Schedule(), THERE, set())]
    assert len(set(keys)) == 2 and "ingrid" not in str(keys) and "vakt" not in str(keys)


def test_a_case_that_is_handed_over_alerts_like_a_new_one() -> None:
    move = Transfer(
        by=Person(id="ingrid", name="Ingrid", role="helsesykepleier"),
        unit=Unit.of(EKSEMPELVIK),
        came_from="9999",
        at=stamp(60),
    )
    moved = {"state": "transferred", "transfers": [move]}
    sent = {"new:x", "backup:x", "youth:x"}
    assert told(60, sent=sent, **moved) == [("new.1", UNIT), ("new.1", INGRID)]
    assert [step for step, _ in told(62, **moved)] == ["again-2.1", "again-2.1"]
    late = told(69, **moved)
    assert ("backup.1", SOLVEIG) in late and ("youth.1", YOUTH) in late
    grave = Reason(flag="suicide", urgency="acute", at=stamp(30))  # known before it was moved
    assert told(60, reasons=[Reason(at=stamp(0)), grave], **moved)[0] == ("new.1", UNIT)
