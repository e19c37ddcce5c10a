"""Whether help was had: only who said yes to it is asked, once, and only numbers are kept."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.clock import now
from bot.handoff.needs import Needs
from bot.helped import ANSWERS, key_of, told
from bot.texts import say
from bot.unmet import told_weeks, week_of
from tests.bot.gateway.conftest import texts
from tests.bot.gateway.standins import ACUTE
from tests.bot.gateway.test_coming_back import came_back, code_of

QUESTION = say("helped.question", "nb")


@pytest.fixture(autouse=True)
def _nothing_waits(house):
    house.parts.tally._waiting.clear()


async def asked(house, **wishes):
    talk = await house.start(municipality="9999")
    await talk.say("hei")
    made = await code_of(talk, **wishes)
    return await came_back(house, made["code"]), made["code"]


def questions(found):
    return [message for message in found["messages"] if message["text"] == QUESTION]


async def counted(house):
    """Return the numbers of this week, when they are written: the gateway does it by itself too."""
    for _ in range(50):
        await house.parts.tally.write()
        if found := house.redis.client().hgetall(key_of("9999", week_of(now().date()))):
            return found
        await asyncio.sleep(0.1)
    return {}


@pytest.mark.parametrize("wishes", [{}, {"ask_helped": False}, {"ask_helped": "ja"}])
async def test_who_has_not_said_yes_is_not_asked(house, wishes):
    talk, _ = await asked(house, **wishes)
    assert questions(await talk.so_far()) == []


async def test_asked_once_and_counted_once(house):
    talk, code = await asked(house, ask_helped=True)
    await came_back(house, code)
    [question] = questions(await talk.so_far())
    await talk.choose("Litt", [question])
    await talk.choose("Nei", [question])  # the first answer counts
    assert await counted(house) == {"partly": "1"}
    assert questions(await (await came_back(house, code)).so_far()) == [question]


@pytest.mark.parametrize(("label", "had"), [("Ja", "yes"), ("Litt", "partly"), ("Nei", "no")])
async def test_help_again_or_thanks_without_the_engine(house, label, had):
    talk, _ = await asked(house, ask_helped=True)
    heard = len(house.engine.calls)
    turn = await talk.choose(label, (await talk.so_far())["messages"])
    assert say(f"helped.{had}", "nb") in texts(turn)
    offered = [choice["label"] for message in turn["messages"] for choice in message["choices"]]
    assert (say("choice.human=yes", "nb") in offered) == (had != "yes")
    assert len(house.engine.calls) == heard
    if had == "no":
        turn = await talk.choose(say("choice.human=yes", "nb"), turn["messages"])
        turn = await talk.choose(say("handoff.ask.yes", "nb"), turn["messages"])
        assert turn["state"] == "waiting"


async def test_nothing_but_numbers_is_kept(house):
    talk, _ = await asked(house, ask_helped=True)
    await talk.choose("Ja", (await talk.so_far())["messages"])
    await counted(house)
    await talk.delete()
    client = house.redis.client()
    [name] = client.scan_iter("ung:helped:*")
    assert client.hgetall(name) == {"yes": "1"} and talk.id not in name
    assert 0 < client.ttl(name) < 28 * 7 * 24 * 3600


async def test_not_asked_while_a_human_is_awaited(house):
    talk = await house.start(municipality="9999")
    await talk.say(f"jeg {ACUTE}")
    code = (await code_of(talk, ask_helped=True))["code"]
    back = await came_back(house, code)
    assert questions(await back.so_far()) == []
    house.cases.cases[talk.id].state = "closed"
    assert len(questions(await (await came_back(house, code)).so_far())) == 1


def test_small_numbers_are_told_as_fewer_than_five():
    week = told("2026-W40", {"yes": 12, "partly": 4})
    assert week.had == {"yes": 12, "partly": None, "no": None} and week.total is None
    assert not told("2026-W40", {"yes": 4}).tells
    assert told("2026-W40", dict.fromkeys(ANSWERS, 5)).total == 15


async def test_staff_see_whole_weeks_alone(house):
    today = date(2026, 10, 14)
    client = house.redis.client()
    for week in (week_of(today), told_weeks(today)[0]):
        client.hset(key_of("9999", week), mapping={"yes": 7})
    weeks = await Needs(house.parts.link.client).helped("9999", today)
    assert [(one.week, one.had["yes"]) for one in weeks if one.tells] == [("2026-W41", 7)]
