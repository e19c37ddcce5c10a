"""Who asks for a human is told who would read, and says yes once; in danger nothing is asked."""

from __future__ import annotations

import pytest

from bot.handoff.duty import Duty
from bot.safety import dialogue
from bot.texts import all_english, say
from tests.bot.gateway.conftest import open_house, texts
from tests.bot.gateway.standins import ACUTE, SERIOUS, UNCERTAIN
from tests.bot.gateway.test_knows_the_nurse import roster
from tests.bot.gateway.test_with_handoff import NIGHT, Clock, case_of

ONLY_THE_ENGINE = "er det et menneske der et sted"  # no plain wish; the engine knows it for one
NURSE = "helsesykepleieren i Eksempelvik kommune"
ASKED = say("handoff.wished", "nb", name=NURSE)
YES, NO, KNOWN = (say(f"handoff.ask.{name}", "nb") for name in ("yes", "no", "known"))
WISH = "kan jeg snakke med et menneske?"


@pytest.fixture(params=[True], ids=["agreed"])
async def house(request, fresh_redis, tmp_path):
    """Real duty, cases and safety dialogue; with `agreed` a neighbour takes over."""
    clock, duty = Clock(), Duty.read(roster(request.param))
    parts = {"dialogue": dialogue, "duty": duty, "cases": None, "clock": clock}
    async with open_house(fresh_redis, tmp_path, parts) as opened:
        opened.extra["clock"] = clock
        yield opened


alone = pytest.mark.parametrize("house", [False], indirect=True, ids=["alone"])


async def asks(house, words=WISH):
    talk = await house.start(municipality="9999")
    await talk.say("jeg er litt stressa for en prøve")
    return talk, await talk.say(words)


@pytest.mark.parametrize("words", [WISH, "Æ vil prate me nån", ONLY_THE_ENGINE])
async def test_one_short_turn_that_says_who_reads(house, words):
    talk, turn = await asks(house, words)
    assert ASKED in texts(turn) and turn["state"] == "bot" and turn["safety"] is None
    assert turn["expects"] == "confirm" and await case_of(house, talk) is None
    (message,) = (m for m in turn["messages"] if m["choices"])
    assert [choice["label"] for choice in message["choices"]] == [YES, NO, KNOWN]


@pytest.mark.parametrize(
    "words", ["kan jeg snakke med helsesøster", "æ vil prate med en helsesykepleier nu"]
)
async def test_a_wish_for_the_nurse_is_a_wish_for_who_is_here(house, words):
    _, turn = await asks(house, words)
    assert ASKED in texts(turn) and turn["expects"] == "confirm"
    house.extra["clock"].now = NIGHT
    heard = len(house.engine.calls)
    _, turn = await asks(house, words)
    assert len(house.engine.calls) == heard + 2  # nobody is here: it asks where there is one
    assert ASKED not in texts(turn) and turn["state"] == "bot"


@pytest.mark.parametrize("words", [WISH, ONLY_THE_ENGINE])
async def test_who_has_told_nothing_yet_is_handed_over_at_once(house, words):
    talk = await house.start(municipality="9999")
    turn = await talk.say(words)
    assert turn["state"] == "waiting" and turn["safety"] is None and ASKED not in texts(turn)
    assert (await case_of(house, talk)).urgency == "none"


@pytest.mark.parametrize("how", ["press", "ja", "gjerne", "ja det går bra", WISH])
async def test_yes_is_one_press_or_one_word(house, how):
    talk, turn = await asks(house)
    turn = await (talk.choose(YES, turn["messages"]) if how == "press" else talk.say(how))
    case = await case_of(house, talk)
    assert turn["state"] == "waiting" and case.unit.municipality == "9999"
    assert case.urgency == "none" and case.reasons[0].flag is None


@pytest.mark.parametrize("how", ["press", "nei takk", "jeg vil ikke at noen leser dette"])
async def test_no_is_respected_and_the_mind_may_change(house, how):
    talk, turn = await asks(house)
    turn = await (talk.choose(NO, turn["messages"]) if how == "press" else talk.say(how))
    assert say("gateway.human.declined", "nb") in texts(turn)
    await talk.say("ja")  # to what the engine asked since
    assert await case_of(house, talk) is None
    heard = len(house.engine.calls)
    assert ASKED in texts(await talk.say("jeg har ombestemt meg"))
    assert len(house.engine.calls) == heard  # nothing else is read into it
    assert (await talk.say("ja"))["state"] == "waiting"


@pytest.mark.parametrize(
    ("words", "why"), [("vet ikke helt", "unsure"), ("ja hvis mamma ikke får vite det", "terms")]
)
async def test_what_is_no_plain_yes_opens_nothing_and_may_still_become_one(house, words, why):
    talk, _ = await asks(house)
    turn = await talk.say(words)
    assert texts(turn) == say(f"handoff.wished.{why}", "nb") and turn["expects"] == "confirm"
    assert await case_of(house, talk) is None
    assert (await talk.say("ok"))["state"] == "waiting"


async def test_the_question_stands_after_a_question_of_theirs(house):
    talk, _ = await asks(house)
    turn = await talk.say("hvem er det som leser?")
    assert texts(turn).endswith(say("handoff.ask", "nb", name=NURSE))
    assert turn["expects"] == "confirm" and await case_of(house, talk) is None
    assert (await talk.say("ja"))["state"] == "waiting"


async def test_a_yes_to_something_else_is_none_to_this(house):
    talk, _ = await asks(house)
    await talk.say("jeg er så trist om kvelden")
    assert (await talk.say("ja"))["state"] == "bot"
    assert await case_of(house, talk) is None


@pytest.mark.parametrize(
    "words", ["kan jeg snakke med noen andre enn helsesøster, jeg kjenner henne", "press", "say"]
)
async def test_who_knows_her_is_asked_about_another(house, words):
    talk, turn = await asks(house, WISH if words in ("press", "say") else words)
    if words == "press":
        turn = await talk.choose(KNOWN, turn["messages"])
    elif words == "say":
        turn = await talk.say("ja, men jeg kjenner henne")
    assert "helsesykepleieren i Nabovik kommune" in texts(turn) and NURSE not in texts(turn)
    assert await case_of(house, talk) is None
    turn = await talk.say("ja")
    case = await case_of(house, talk)
    assert (case.unit.municipality, case.not_for) == ("3413", ["9999"])


async def test_who_said_it_earlier_need_not_say_it_again(house):
    talk = await house.start(municipality="9999")
    house.engine.next = {"facts": {"avoid_types": ["skolehelsetjeneste"]}}
    await talk.say("tanta mi er helsesykepleier")
    turn = await talk.say(WISH)
    other = "helsesykepleieren i Nabovik kommune"
    assert texts(turn) == say("handoff.known.other.earlier", "nb", name=other)
    await talk.choose(YES, turn["messages"])
    assert (await case_of(house, talk)).unit.municipality == "3413"


@alone
async def test_where_nobody_else_is_the_lines_are_told_and_nobody_reads(house):
    talk, turn = await asks(house, "kan jeg snakke med noen andre enn helsesøster")
    assert say("handoff.known.nobody", "nb") in texts(turn) and "116 111" in texts(turn)
    turn = await talk.say(WISH)  # asked again, it is still so
    assert say("handoff.known.nobody.earlier", "nb") in texts(turn)
    assert await case_of(house, talk) is None


@pytest.mark.parametrize("words", [f"jeg {ACUTE}", f"jeg {SERIOUS}"])
async def test_in_danger_the_case_opens_at_once(house, words):
    talk = await house.start(municipality="9999")
    house.extra["clock"].now = NIGHT
    await talk.say(words)
    assert await case_of(house, talk) is None  # nobody was there
    house.extra["clock"].now = Clock().now
    turn = await talk.say(WISH)
    assert turn["state"] == "waiting" and ASKED not in texts(turn)


async def test_a_no_to_the_offer_in_danger_is_taken_back_with_the_wish(house):
    talk, turn = await asks(house, f"jeg {SERIOUS}")
    await talk.say("nei")
    turn = await talk.say(WISH)
    assert turn["state"] == "waiting"
    assert (await case_of(house, talk)).reasons[0].flag == "self_harm"  # still why it opens


async def test_a_check_that_was_denied_is_no_danger(house):
    talk, _ = await asks(house, f"jeg {UNCERTAIN}")
    await talk.say("nei, det gjør jeg ikke")
    assert texts(await talk.say(WISH)) == ASKED


async def test_danger_said_instead_of_an_answer(house):
    talk, _ = await asks(house)
    turn = await talk.say(f"jeg {ACUTE}")
    assert turn["safety"]["response"] == "emergency" and turn["state"] == "waiting"


@pytest.mark.parametrize("place", [{"municipality": "9999"}, {}])
async def test_at_night_nothing_is_asked_that_leads_nowhere(house, place):
    house.extra["clock"].now = NIGHT
    talk = await house.start(**place)
    turn = await talk.say(WISH)
    assert say("gateway.human.nobody", "nb") in texts(turn) and "116 111" in texts(turn)
    assert YES not in [c["label"] for m in turn["messages"] for c in m["choices"]]


async def test_at_night_there_is_something_to_do_and_a_place_leads_on(house):
    house.extra["clock"].now = NIGHT
    offer = say("waiting.offer.nobody", "nb")
    talk, turn = await asks(house)
    assert texts(turn).endswith(offer) and turn["messages"][-1]["choices"]
    talk = await house.start()
    turn = await talk.say(WISH)
    assert turn["expects"] == "place" and offer not in texts(turn)
    turn = await talk.say("stange")
    assert texts(turn).startswith(say("gateway.human.nobody_there", "nb"))
    assert "Du sa: stange" in texts(turn)  # the dialogue goes on from there


async def test_a_yes_after_the_duty_has_ended_says_so(house):
    talk, turn = await asks(house)
    house.extra["clock"].now = NIGHT
    turn = await talk.choose(YES, turn["messages"])
    assert say("gateway.human.nobody", "nb") in texts(turn) and turn["state"] == "bot"


async def test_a_yes_is_for_the_one_they_were_told_of(house):
    talk, turn = await asks(house)
    house.engine.next = {"understood": {"place": "3413"}}
    await talk.say("jeg bor i stange")
    turn = await talk.choose(YES, turn["messages"])
    assert await case_of(house, talk) is None
    assert texts(turn) == say("handoff.wished", "nb", name="helsesykepleieren i Nabovik kommune")


async def test_a_plain_wish_is_heard_while_the_engine_is_away(house):
    house.engine.status = 500
    talk, turn = await asks(house)
    assert texts(turn) == ASKED
    assert (await talk.say("ja"))["state"] == "waiting"


async def test_in_english(house):
    talk, turn = await asks(house, "can i talk to a human?")
    english = all_english()
    name = english["handoff.receiver.helsesykepleier"].format(place="Eksempelvik")
    assert texts(turn).endswith(english["handoff.wished"].format(name=name))
    turn = await talk.say("who is it?")
    assert texts(turn) == english["handoff.wished.terms"]
    turn = await talk.say("yes please")
    assert turn["state"] == "waiting" and name in texts(turn)
