"""Who knows the nurse: another municipality's by agreement, or nobody; never that one."""

from __future__ import annotations

import copy

import pytest

from bot.handoff.case import Case, Unit
from bot.handoff.duty import Duty
from bot.safety import dialogue
from bot.settings import section
from bot.texts import say
from tests.bot.gateway.conftest import open_house, texts
from tests.bot.gateway.standins import ACUTE, SERIOUS
from tests.bot.gateway.test_with_handoff import INGRID, Clock, case_of

KNOWN = say("handoff.ask.known", "nb")
YES = say("handoff.ask.yes", "nb")


def roster(agreed: bool) -> dict:
    values = copy.deepcopy(dict(section("handoff")))
    other = copy.deepcopy(values["municipalities"]["9999"])
    other |= {"name": "Nabovik", "responsible_body": "Nabovik kommune"}
    if agreed:
        other["takes_over_from"] = [{"municipality": "9999", "agreement": "Avtale 7"}]
    values["municipalities"]["3413"] = other
    return values


@pytest.fixture(params=[True, False], ids=["agreed", "alone"])
async def house(request, fresh_redis, tmp_path):
    """Eksempelvik and a neighbour are both on duty; `agreed`: the neighbour takes over."""
    duty = Duty.read(roster(request.param))
    parts = {"dialogue": dialogue, "duty": duty, "cases": None, "clock": Clock()}
    async with open_house(fresh_redis, tmp_path, parts) as opened:
        opened.extra["agreed"] = request.param
        yield opened


async def knows(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say(f"jeg {SERIOUS}")
    return talk, await talk.choose(KNOWN, turn["messages"])


async def test_another_is_asked_for_or_the_lines_are_told(house):
    talk, turn = await knows(house)
    assert await case_of(house, talk) is None
    if not house.extra["agreed"]:
        assert say("handoff.known.nobody", "nb") in texts(turn) and "116 111" in texts(turn)
        assert "Nabovik" not in texts(turn)
        return
    assert "helsesykepleieren i Nabovik kommune" in texts(turn)
    turn = await talk.choose(YES, turn["messages"])
    case = await case_of(house, talk)
    assert (case.unit.municipality, case.municipality) == ("3413", "9999")
    assert case.not_for == ["9999"] and case.reasons[0].flag == "self_harm"
    assert turn["state"] == "waiting"


@pytest.mark.parametrize(
    "words", ["jeg kjenner henne som jobber der", "tanta mi er helsesykepleieren"]
)
async def test_it_can_be_said_in_words_too(house, words):
    talk = await house.start(municipality="9999")
    await talk.say(f"jeg {SERIOUS}")
    turn = await talk.say(words)
    key = "handoff.known.other" if house.extra["agreed"] else "handoff.known.nobody"
    assert say(key, "nb").split("{")[0] in texts(turn)


async def test_knowing_somebody_elsewhere_shuts_no_door_here(house):
    talk = await house.start(municipality="9999")
    await talk.say(f"jeg {SERIOUS}")
    turn = await talk.say("tanta mi jobber på nav")
    assert say("handoff.known.nobody", "nb") not in texts(turn)
    assert (await house.parts.store.load(talk.id)).avoid == []


async def test_who_knows_the_other_too_gets_the_lines(house):
    talk, turn = await knows(house)
    if house.extra["agreed"]:
        turn = await talk.choose(KNOWN, turn["messages"])
    assert say("handoff.known.nobody", "nb") in texts(turn)
    assert await case_of(house, talk) is None


@pytest.mark.parametrize("words", [f"jeg {ACUTE}", "jeg vil snakke med et menneske"])
async def test_nothing_later_goes_to_the_one_they_know(house, words):
    talk, _ = await knows(house)
    turn = await talk.say(words)
    case = await case_of(house, talk)
    if house.extra["agreed"]:
        assert case.unit.municipality == "3413" and turn["state"] == "waiting"
    else:
        assert case is None and "fått beskjed" not in texts(turn) and turn["state"] == "bot"
    if ACUTE in words:
        assert "113" in texts(turn)


async def test_the_lists_hide_the_case_from_who_works_there_too(house):
    talk, turn = await knows(house)
    if not house.extra["agreed"]:
        return
    await talk.choose(YES, turn["messages"])
    cases = house.parts.cases
    assert await cases.waiting(["9999"]) == [] and await cases.waiting(["3413", "9999"]) == []
    assert [case.not_for for case in await cases.waiting(["3413"])] == [["9999"]]


async def test_without_knowing_anybody_it_is_the_own_municipality(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say(f"jeg {SERIOUS}")
    yes = next(c["label"] for m in turn["messages"] for c in m["choices"])
    await talk.choose(yes, turn["messages"])
    case = await case_of(house, talk)
    assert case.unit.municipality == "9999" and case.not_for == []


def test_a_case_is_for_who_serves_its_unit_and_nowhere_that_they_are_known():
    unit = Unit(municipality="3413", place="Nabovik", body="Nabovik kommune")
    case = Case(id="1", conversation_id="x", unit=unit, opened_at="", not_for=["9999"])
    assert case.is_for(["3413"]) and case.is_for(["0301", "3413"])
    assert not case.is_for(["9999"]) and not case.is_for(["3413", "9999"]) and not case.is_for([])


WISH = "kan jeg snakke med et menneske?"


async def handed_over(house):
    """Ask for a human in the first message: the case opens at once, with the choice beside it."""
    talk = await house.start(municipality="9999")
    turn = await talk.say(WISH)
    return talk, turn, await case_of(house, talk)


@pytest.mark.parametrize("how", ["press", "men jeg kjenner henne", "tanta mi er helsesykepleieren"])
async def test_who_was_handed_over_at_once_can_take_it_back(house, how):
    talk, turn, case = await handed_over(house)
    assert turn["state"] == "waiting" and KNOWN in str(turn["messages"])
    turn = await (talk.choose(KNOWN, turn["messages"]) if how == "press" else talk.say(how))
    assert turn["state"] == "bot" and await case_of(house, talk) is None
    agreed = house.extra["agreed"]
    key = "handoff.known.other.back" if agreed else "handoff.known.nobody.back"
    assert say(key, "nb").split("{")[0] in texts(turn)
    ended = await house.parts.cases.get(case.id)
    assert ended.state == "closed" and ended.not_for == ["9999"] and not ended.is_for(["9999"])
    assert await house.parts.cases.transcript(case.id) == []
    assert await house.parts.cases.waiting(["9999"]) == []
    if agreed:
        await talk.choose(YES, turn["messages"])
        moved = await case_of(house, talk)
        assert (moved.unit.municipality, moved.not_for) == ("3413", ["9999"])
        said = [line.text for line in await house.parts.cases.transcript(moved.id)]
        assert said.count(WISH) == 1


async def test_it_stays_with_who_has_it_already(house):
    talk, turn, case = await handed_over(house)
    await house.parts.cases.claim(case.id, INGRID)
    turn = await talk.choose(KNOWN, turn["messages"])
    assert turn["state"] == "human" and (await case_of(house, talk)).state == "claimed"
    said = [line.text for line in await house.parts.cases.transcript(case.id)]
    assert KNOWN in said  # she reads it, and can hand over


async def test_in_danger_nothing_is_taken_back(house):
    talk, turn, case = await handed_over(house)
    await talk.say(f"jeg {ACUTE}")
    turn = await talk.choose(KNOWN, turn["messages"])
    assert turn["state"] == "waiting" and (await case_of(house, talk)).id == case.id


async def test_with_redis_away_it_stays_as_it_was(house):
    talk, turn, case = await handed_over(house)
    house.redis.hang()
    try:
        turn = await talk.choose(KNOWN, turn["messages"])
        assert turn["state"] == "waiting" and "tilbake" not in texts(turn)
    finally:
        house.redis.go_on()
    assert (await house.parts.cases.get(case.id)).state == "waiting"


async def test_who_was_asked_before_has_no_such_button_afterwards(house):
    talk = await house.start(municipality="9999")
    await talk.say("jeg er litt stressa for en prøve")
    await talk.say(WISH)
    turn = await talk.say("ja")
    assert turn["state"] == "waiting" and KNOWN not in str(turn["messages"])
