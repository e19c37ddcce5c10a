"""Time to the first human word, and what may honestly be said of it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import redis.asyncio
import time_machine

from bot.handoff.case import Person
from bot.handoff.cases import Cases
from bot.handoff.waits import Waited, Waits
from tests.bot.handoff.conftest import EKSEMPELVIK

INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
WISH = {"flag": None, "urgency": "none"}


def later(minutes: float) -> time_machine.travel:
    return time_machine.travel(datetime.now(timezone.utc) + timedelta(minutes=minutes))


async def test_the_first_word_counts_once(cases: Cases, client: redis.asyncio.Redis) -> None:
    case = await cases.open("conv", reason=WISH, receiver=EKSEMPELVIK)
    await cases.claim(case.id, INGRID)
    assert (await Waits(client).of("9999")).seconds == ()  # to be there is not yet a word
    with later(3):
        await cases.reply(case.id, "ingrid", "Hei!", "k1")
        await cases.reply(case.id, "ingrid", "Hei!", "k1")  # sent twice
    with later(9):
        await cases.reply(case.id, "ingrid", "Er du der?", "k2")
        await cases.close(case.id, "ingrid", "reached")
    waited = await Waits(client).of("9999")
    assert len(waited.seconds) == 1 and 180 <= (waited.last or 0) <= 185
    assert waited.without_word == 0
    kept = await client.lrange("ung:waits:9999", 0, -1)
    assert all(one.isdigit() for one in kept)  # seconds: no text, no id


async def test_a_case_that_ends_without_a_word_counts_too(
    cases: Cases, client: redis.asyncio.Redis
) -> None:
    for number, end in enumerate(("close", "hand_back")):
        case = await cases.open(f"conv-{number}", reason=WISH, receiver=EKSEMPELVIK)
        await cases.claim(case.id, INGRID)
        if end == "close":
            await cases.close(case.id, "ingrid", "no_answer")
        else:
            await cases.hand_back(case.id, "ingrid")
    waited = await Waits(client).of("9999")
    assert (waited.seconds, waited.without_word, waited.median) == ((None, None), 2, None)


@pytest.mark.parametrize(
    ("seconds", "short"),
    [
        ((), False),
        ((60, 60, 60, 60), False),  # too few to say anything
        ((60, 60, 60, 60, 60), True),
        ((60, 60, 60, 60, 3600), True),
        ((60, 60, 60, 3600, 3600), False),
        ((60, 60, 60, None, None), False),  # no word is the longest wait
        ((3600,) * 20 + (60,) * 100, False),  # how it was once says nothing of now
        ((60,) * 20 + (3600,) * 100, True),
        ((601,) * 20, False),
    ],
)
def test_a_few_minutes_is_said_only_when_it_was_so(seconds: tuple, short: bool) -> None:
    assert Waited(seconds).is_short is short


def test_median_and_last() -> None:
    waited = Waited((40, None, 20, 61))
    assert (waited.median, waited.last, waited.without_word) == (40, 40, 1)
