"""What a young person sees when a human is needed: at night, in July, nowhere, with all busy.

Real duty, cases, safety dialogue and Redis. No sentence of any of it promises a time.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional

import pytest

from bot.clock import NORWAY
from bot.handoff.case import Person
from bot.handoff.duty import Duty
from bot.handoff.presence import Presence
from bot.handoff.schedule import Schedule
from bot.safety import dialogue
from bot.safety.numbers import BY_NUMBER
from bot.settings import section
from bot.texts import all_texts, say
from tests.bot.gateway.conftest import open_house, texts
from tests.bot.gateway.standins import ACUTE
from tests.bot.gateway.test_with_handoff import wait_minutes

RED, WISH = f"jeg {ACUTE}", "kan jeg snakke med et menneske"
EVENING = "2026-10-14T18:30"  # a Wednesday in term time
PROMISE = re.compile(
    r"\b(innen|innan|i morgen|i morgon|i kveld|i natt|mandag|måndag|klokk\w+|kl\b|"
    r"om (litt|\w+ (stund|minutt\w*|time\w*|timar|dag\w*))|straks|snart(?! det går)|"
    r"ringer deg|ringjer deg|kontakter|kontaktar|"
    r"tar kontakt|tek kontakt|skal svare|vil svare|kommer til å svare)\b"
)
Change = Callable[[dict[str, Any]], object]


def no_change(values: dict[str, Any]) -> None:
    """Leave the settings as they are delivered."""


def summer(values: dict[str, Any]) -> None:
    for shift in values["municipalities"]["9999"]["roster"]:
        shift["hours"] += "; Jul off"


def without(*names: str) -> Change:
    return lambda values: [values["municipalities"]["9999"].pop(name) for name in names]


def agree(values: dict[str, Any]) -> None:
    agreed = [{"municipality": "0301", "agreement": "Avtale 1"}]
    values["municipalities"]["9999"]["takes_over_from"] = agreed


@dataclass(frozen=True)
class Row:
    """`opened`: the key of the words at opening; None when nobody is there and no case opens."""

    name: str
    opened: Optional[str] = None
    at: str = EVENING
    place: Optional[str] = "9999"
    change: Change = no_change
    there: bool = True
    busy: bool = False
    waits: list[int] = field(default_factory=list)


TABLE = [
    Row("three at night on 17 May", at="2027-05-17T03:00"),
    Row("the evening of 17 May", at="2027-05-17T18:30"),
    Row("July, the summer roster is empty", at="2027-07-14T18:30", change=summer),
    Row("roster empty", change=lambda v: v["municipalities"]["9999"].update(roster=[])),
    Row("backup only", change=without("roster", "responsible_body")),
    Row("no backup", change=without("backup")),
    Row("unknown municipality at night", at="2026-10-14T03:00", place=None),
    Row(
        "unknown municipality, no unit", place=None, change=lambda v: v.update(receiving_unit=None)
    ),
    Row("another municipality, no agreement", place="0301"),
    Row("unknown municipality, staffed unit", "handoff.opened", place=None),
    Row("another municipality by agreement", "handoff.opened", place="0301", change=agree),
    Row("on duty, nothing known of the wait", "handoff.opened"),
    Row("on duty, of late a few minutes", "handoff.opened.minutes", waits=[90] * 8),
    Row("everybody busy", "handoff.opened.busy", busy=True, waits=[90] * 8),
    Row("on duty, nobody logged in", "handoff.opened.unattended", there=False, waits=[90] * 8),
]
rows = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
forms = pytest.mark.parametrize("language", ["nb", "nn"])


@pytest.fixture
async def house(row: Row, fresh_redis, tmp_path):
    values = copy.deepcopy(section("handoff"))
    row.change(values)
    moment = datetime.fromisoformat(row.at).replace(tzinfo=NORWAY)
    parts = {"dialogue": dialogue, "cases": None, "clock": lambda: moment}
    async with open_house(fresh_redis, tmp_path, {**parts, "duty": Duty.read(values)}) as house:
        client = house.parts.link.client
        if row.there:
            await Presence(client, Schedule()).seen(["9999"])
        if row.waits:
            await client.lpush("ung:waits:9999", *row.waits)
        if row.busy:
            await fill(house, moment)
        yield house


async def fill(house, moment: datetime) -> None:
    """Give the nurse on duty as many chats as she can have."""
    ingrid = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
    receiver = house.parts.humans.receiver("9999", moment)
    for number in range(3):
        reason = {"flag": None, "urgency": "none"}
        case = await house.parts.cases.open(f"other-{number}", reason=reason, receiver=receiver)
        await house.parts.cases.claim(case.id, ingrid, 3)


def promises(text: str) -> list[str]:
    """Return what promises a time: words for it, and any figure that is no number to call."""
    for number in BY_NUMBER:
        text = text.replace(number, "")
    return [found[0] for found in PROMISE.finditer(text.lower())] + re.findall(r"\d+", text)


def phones(turn: dict[str, Any]) -> list[str]:
    return [card["phone"] for message in turn["messages"] for card in message["services"]]


@forms
@rows
async def test_a_cry_for_help(house, row: Row, language: str) -> None:
    start = {"language": language, **({"municipality": row.place} if row.place else {})}
    talk = await house.start(**start)
    turn = await talk.say(RED)
    assert turn["safety"] == {"flag": "suicide", "response": "emergency"}
    assert "113" in turn["messages"][0]["text"]  # before any word of a human
    assert promises(texts(turn)) == []
    case = await house.parts.cases.for_conversation(talk.id)
    if row.opened is None:
        assert case is None and turn["state"] == "bot"
        assert "fått beskjed" not in texts(turn)
        return
    assert case is not None and turn["state"] == "waiting"
    assert opening(row, language) in texts(turn)

    await wait_minutes(house, 8.5)
    told = (await talk.so_far())["messages"][-3:]
    assert told[0]["text"] == say("handoff.unanswered.danger", language, number="113")
    assert told[1]["text"] == say("handoff.unanswered", language)
    assert promises("\n".join(message["text"] for message in told)) == []
    assert (await house.parts.cases.get(case.id)).state == "waiting"


@forms
@rows
async def test_a_plain_wish_for_a_human(house, row: Row, language: str) -> None:
    start = {"language": language, **({"municipality": row.place} if row.place else {})}
    talk = await house.start(**start)
    turn = await talk.say(WISH)
    assert turn["safety"] is None and promises(texts(turn)) == []
    case = await house.parts.cases.for_conversation(talk.id)
    if row.opened is None:
        assert case is None and turn["state"] == "bot"
        assert say("gateway.human.nobody", language) in texts(turn)
        assert phones(turn) == ["116 111", "116 117", "113"]
        return
    assert case is not None and turn["state"] == "waiting"
    assert opening(row, language) in texts(turn)
    if row.busy or not row.there:
        assert phones(turn) == ["116 111", "116 117", "113"]

    await wait_minutes(house, 8.5)
    told = (await talk.so_far())["messages"][-2:]
    assert [message["text"] for message in told] == [
        say("handoff.unanswered", language),
        say("gateway.reach", language),
    ]


def opening(row: Row, language: str) -> str:
    assert row.opened is not None
    name = {"nb": "helsesykepleieren", "nn": "helsesjukepleiaren"}[language]
    return say(row.opened, language, name=f"{name} i Eksempelvik kommune")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_text_of_the_way_to_a_human_promises_a_time(language: str) -> None:
    keys = [key for key in all_texts() if key.startswith(("handoff.", "gateway.human."))]
    assert len(keys) > 20
    assert {key: found for key in keys if (found := promises(all_texts()[key][language]))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Vi svarer innen 09:00.",
        "Noen svarer deg i morgen.",
        "Hun kommer om litt.",
        "Svar om en time.",
        "Svar om 5 min",
    ],
)
def test_a_promise_would_be_found(text: str) -> None:
    assert promises(text)
