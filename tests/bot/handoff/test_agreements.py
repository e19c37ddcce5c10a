"""Another municipality takes over by agreement, and only so."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from bot.handoff.duty import Duty
from bot.settings import BadSetting, section
from tests.bot.handoff.test_duty import at

EVENING = at("2026-10-14T18:30")
STANGE = {
    "name": "Stange",
    "responsible_body": "Helsestasjon for ungdom i Stange",
    "roster": [{"name": "Berit", "role": "helsesykepleier", "hours": "Mo-Fr 09:00-12:00"}],
    "backup": {"name": "Ola", "role": "lege", "phone": "00 00 00 11"},
    "page_alone_decided_by": "Helsestasjon for ungdom i Stange",
}
AGREEMENT = {"municipality": "3413", "agreement": "Samarbeidsavtale, sak 12"}


@pytest.fixture
def values() -> dict:
    return copy.deepcopy(section("handoff"))


def with_agreement(values: dict, **changes: object) -> dict:
    values["municipalities"]["9999"]["takes_over_from"] = [{**AGREEMENT, **changes}]
    return values


def test_by_agreement_and_by_its_own_name(values: dict) -> None:
    receiver = Duty.read(with_agreement(values)).receiver("3413", EVENING)
    assert receiver is not None and receiver.municipality == "9999"
    assert receiver.display_name == "helsesykepleieren i Eksempelvik kommune"


def test_an_agreement_is_for_one_municipality_and_one_way(values: dict) -> None:
    values["municipalities"]["3413"] = STANGE
    duty = Duty.read(with_agreement(values))
    assert duty.receiver("0301", EVENING) is None
    assert duty.receiver("9999", at("2026-10-14T10:00")) is None


def test_the_municipality_itself_comes_first(values: dict) -> None:
    values["municipalities"]["3413"] = STANGE
    duty = Duty.read(with_agreement(values))
    morning = duty.receiver("3413", at("2026-10-14T10:00"))
    evening = duty.receiver("3413", EVENING)
    assert morning is not None and morning.place == "Stange"
    assert evening is not None and evening.place == "Eksempelvik"
    assert duty.receiver("3413", at("2026-10-15T03:00")) is None


def test_it_ends_with_its_last_day(values: dict) -> None:
    duty = Duty.read(with_agreement(values, until=date(2026, 10, 14)))
    assert duty.receiver("3413", EVENING) is not None
    assert duty.receiver("3413", at("2026-10-15T18:30")) is None


def test_who_takes_over_must_have_its_own_house_in_order(values: dict) -> None:
    del values["municipalities"]["9999"]["backup"]
    assert Duty.read(with_agreement(values)).receiver("3413", EVENING) is None


@pytest.mark.parametrize(
    ("given", "quoted"),
    [
        ("3413", "'3413'"),
        (["3413"], "'3413'"),
        ([{"municipality": "3413"}], "agreement is None"),
        ([{**AGREEMENT, "municipality": 3413}], "3413"),
        ([{**AGREEMENT, "until": "til jul"}], "'til jul'"),
        ([{**AGREEMENT, "untill": date(2027, 1, 1)}], "'untill'"),
        ([{**AGREEMENT, "municipality": "9999"}], "9999 is 9999's already"),
        ([AGREEMENT, AGREEMENT], "3413 is 9999's already"),
    ],
)
def test_an_agreement_that_cannot_be_used_is_quoted(
    values: dict, given: object, quoted: str
) -> None:
    values["municipalities"]["9999"]["takes_over_from"] = given
    with pytest.raises(BadSetting, match="takes_over_from") as caught:
        Duty.read(values)
    assert quoted in str(caught.value)
