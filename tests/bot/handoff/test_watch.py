"""The watch over the cases that wait: real Redis, real web and mail servers, several gateways."""

from __future__ import annotations

import asyncio
import copy
import datetime
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
import redis.asyncio
import time_machine

from bot.clock import now as norwegian_time
from bot.handoff.case import Case, Person
from bot.handoff.cases import Cases
from bot.handoff.channels import Channels
from bot.handoff.duty import Duty
from bot.handoff.errors import StoreUnavailable
from bot.handoff.ledger import LEASE_SECONDS, Ledger
from bot.handoff.link import connect
from bot.handoff.presence import Presence
from bot.handoff.roster import Keep
from bot.handoff.schedule import Schedule
from bot.handoff.watch import Watch
from bot.handoff.webhook import Webhook
from bot.settings import section
from bot.texts import say
from tests.bot.handoff.conftest import EKSEMPELVIK, WEDNESDAY_EVENING, RedisServer, free_port
from tests.bot.handoff.receivers import Receiver, receiver

RABARBRA = "jeg heter Rabarbra og vil ikke leve"
INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
Build = Callable[..., Watch]


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    with receiver("http", tmp_path_factory.mktemp("http")) as found:
        yield found


@pytest.fixture(scope="module")
def smtp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    with receiver("smtp", tmp_path_factory.mktemp("smtp")) as found:
        yield found


@pytest.fixture
async def build(
    client: redis.asyncio.Redis,
    http: Receiver,
    smtp: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Build]:
    """A function that makes the watch of one more gateway."""
    monkeypatch.setenv("UNGVEIVISER_ALERT_SECRET", "et langt nok geheimnis")
    http.forget()
    smtp.forget()
    made: list[Channels] = []

    def make(hook: str = f"{http.url}/ok", at: str = WEDNESDAY_EVENING) -> Watch:
        values = settings(hook, smtp.port)
        duty = Duty.read(values)
        channels = Channels.load(values, duty.municipalities, "geheimnis")
        made.append(channels)
        if "webhook" in channels.senders:
            channels.senders["webhook"] = Webhook("et langt nok geheimnis", 2, pause=0.01)  # type: ignore[index]
        return Watch(
            Cases(client, Keep()),
            duty,
            Ledger(client, Keep()),
            channels,
            Schedule.read(values),
            Presence(client, Schedule.read(values)),
            lambda: norwegian_time(at),
        )

    yield make
    for channels in made:
        await channels.close()


def settings(hook: str, port: int) -> dict[str, Any]:
    values = copy.deepcopy(section("handoff"))
    place = values["municipalities"]["9999"]
    place["webhook"] = hook
    place["roster"][0]["email"] = "ingrid@eksempelvik.example"
    place["backup"]["email"] = "solveig@eksempelvik.example"
    values["alerts"]["console"] = "https://chat.eksempelvik.example/staff/"
    values["alerts"]["smtp"] = {
        "host": "127.0.0.1",
        "port": port,
        "sender": "bot@eksempelvik.example",
        "starttls": False,
    }
    return values


async def open_case(cases: Cases, conversation: str = "samtale-7") -> Case:
    line = {"id": "m1", "from": "youth", "text": RABARBRA, "at": "2026-10-14T16:30:00.000Z"}
    reason = {
        "flag": "suicide",
        "urgency": "acute",
        "evidence": [{"name": "plan", "words": [RABARBRA]}],
    }
    return await cases.open(
        conversation, reason=reason, receiver=EKSEMPELVIK, municipality="9999", transcript=[line]
    )


async def look(*watches: Watch, minutes: float = 0) -> None:
    """One round of each watch at once, so many minutes from now, to its end."""
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    with time_machine.travel(then):
        await asyncio.gather(*(watch.round() for watch in watches))
        await asyncio.gather(*(watch.settled() for watch in watches))


def hooks(http: Receiver) -> list[tuple[str, int]]:
    bodies = [json.loads(got["body"]) for got in http.got()]
    return [(body["level"], body["minutes"]) for body in bodies]


def letters(smtp: Receiver) -> list[str]:
    return [got["to"][0].split("@")[0] for got in smtp.got()]


async def heard(client: redis.asyncio.Redis, conversation: str = "samtale-7") -> list[str]:
    events = await client.xrange(f"ung:conv:{conversation}:events")
    found = [json.loads(fields["json"]) for _, fields in events]
    return [event["message"]["text"] for event in found if event["type"] == "message"]


async def test_from_the_first_alert_to_the_word_to_the_youth(
    build: Build, cases: Cases, client: redis.asyncio.Redis, http: Receiver, smtp: Receiver
) -> None:
    case, watch = await open_case(cases), build()
    for minutes in (0, 0.5, 1.9, 2.1, 3, 5.1, 6, 7.1, 7.5):
        await look(watch, minutes=minutes)
    assert hooks(http) == [("duty", 0), ("duty", 2), ("duty", 5), ("backup", 7)]
    assert letters(smtp) == ["ingrid", "ingrid", "ingrid", "solveig"]
    assert await heard(client) == []

    for minutes in (8.1, 9, 60):
        await look(watch, minutes=minutes)
    told = await heard(client)
    assert told == [
        say("handoff.unanswered.danger", "nb", number="113"),
        say("handoff.unanswered", "nb"),
        say("gateway.reach", "nb"),
    ]
    assert (await cases.get(case.id)).state == "waiting"
    assert len(http.got()) == 4
    claimed = await cases.claim(case.id, INGRID)  # whoever comes late can still take it
    assert claimed.state == "claimed"
    assert [line.text for line in await cases.transcript(case.id)][1:4] == told


async def test_nothing_that_was_said_and_no_id_leaves(
    build: Build, cases: Cases, http: Receiver, smtp: Receiver
) -> None:
    case, watch = await open_case(cases), build()
    for minutes in (0, 7.1):
        await look(watch, minutes=minutes)
    out = str(http.got()) + str(smtp.got())
    assert "Eksempelvik" in out
    for secret in ("Rabarbra", "rabarbra", "ikke leve", "suicide", "selvmord", "plan", "samtale-7"):
        assert secret not in out
    assert case.id not in out


async def test_five_gateways_send_each_alert_once(
    build: Build, cases: Cases, client: redis.asyncio.Redis, http: Receiver, smtp: Receiver
) -> None:
    for number in range(4):
        await open_case(cases, f"samtale-{number}")
    gateways = [build() for _ in range(5)]
    for minutes in (0, 2.1, 8.1):
        await look(*gateways, minutes=minutes)
    assert len(http.got()) == 4 * 4 and len(smtp.got()) == 4 * 4
    for number in range(4):
        assert len(await heard(client, f"samtale-{number}")) == 3


async def test_a_new_gateway_sends_nothing_again_and_goes_on(
    build: Build, cases: Cases, http: Receiver
) -> None:
    await open_case(cases)
    await look(build())
    await look(build(), minutes=0.5)
    assert hooks(http) == [("duty", 0)]
    await look(build(), minutes=2.1)
    assert hooks(http) == [("duty", 0), ("duty", 2)]


async def test_what_a_gateway_had_in_hand_when_it_died_is_sent_by_another(
    build: Build, cases: Cases, http: Receiver
) -> None:
    await open_case(cases)
    stuck = f"{http.url}/stuck/1"
    dying = build(stuck)
    await dying.round()
    for _ in range(100):
        if http.got():
            break
        await asyncio.sleep(0.05)
    for task in dying._sending:
        task.cancel()
    await look(build(stuck), minutes=0.5)
    assert len(http.got()) == 1  # it may still be on its way
    await look(build(stuck), minutes=LEASE_SECONDS / 60 + 0.1)
    assert len(http.got()) == 2


async def test_a_case_that_is_taken_is_left_in_peace(
    build: Build, cases: Cases, client: redis.asyncio.Redis, http: Receiver
) -> None:
    case, watch = await open_case(cases), build()
    await look(watch)
    await cases.claim(case.id, INGRID)
    await look(watch, minutes=30)
    assert hooks(http) == [("duty", 0)]
    assert say("handoff.unanswered", "nb") not in await heard(client)


async def test_a_plain_wish_is_told_without_an_emergency_number_first(
    build: Build, cases: Cases, client: redis.asyncio.Redis
) -> None:
    wish = {"flag": None, "urgency": "none"}
    await cases.open("ønske", reason=wish, receiver=EKSEMPELVIK, language="nn")
    await look(build(), minutes=8.1)
    assert await heard(client, "ønske") == [
        say("handoff.unanswered", "nn"),
        say("gateway.reach", "nn"),
    ]


async def test_when_the_duty_ends_the_youth_is_told_at_once(
    build: Build, cases: Cases, client: redis.asyncio.Redis, smtp: Receiver
) -> None:
    await open_case(cases)
    await look(build(at="2026-10-14T22:00:30+02:00"), minutes=1)
    assert letters(smtp) == ["solveig"]
    assert say("handoff.unanswered", "nb") in await heard(client)


async def test_a_channel_that_fails_is_told_tried_again_and_mended(
    build: Build,
    cases: Cases,
    http: Receiver,
    smtp: Receiver,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await open_case(cases)
    watch = build(f"{http.url}/flaky/4")
    with caplog.at_level(logging.INFO, logger="bot"):
        await look(watch)  # three tries in vain
    faults = await watch.faults()
    assert [(one.channel, one.fault) for one in faults["9999"]] == [("webhook", "HTTP 503")]
    assert letters(smtp) == ["ingrid"]  # the other channel is not held up
    assert "an alert by webhook for 9999 was not sent: HTTP 503" in caplog.text
    assert http.url not in caplog.text and "Rabarbra" not in caplog.text

    await look(watch, minutes=1.1)  # once more in vain, then it arrives
    assert await watch.faults() == {} and len(http.got()) == 5
    assert letters(smtp) == ["ingrid"]


async def test_a_dead_mail_server_holds_up_nothing_else(
    build: Build, cases: Cases, client: redis.asyncio.Redis, http: Receiver, smtp: Receiver
) -> None:
    port, smtp.port = smtp.port, free_port()
    try:
        watch = build()
    finally:
        smtp.port = port
    watch._channels.senders["email"]._pause = 0.01  # type: ignore[attr-defined]
    await open_case(cases)
    await look(watch, minutes=8.1)
    assert hooks(http) == [("duty", 8), ("backup", 8)]
    assert len(await heard(client)) == 3
    (fault,) = (await watch.faults())["9999"]
    assert (fault.channel, fault.fault) == ("email", "ConnectionRefusedError")


async def test_a_redis_that_dies_and_comes_back(
    redis_server: RedisServer, build: Build, http: Receiver
) -> None:
    async with connect(redis_server.url) as client:
        cases = Cases(client, Keep())
        watch = build()
        watch._cases, watch._ledger = cases, Ledger(client, Keep())
        await open_case(cases)
        await look(watch)
        redis_server.kill()
        with pytest.raises(StoreUnavailable):
            await watch.round()
        redis_server.start()
        await look(watch, minutes=0.5)
        assert hooks(http) == [("duty", 0)]  # what was sent is remembered
        await look(watch, minutes=2.1)
        assert hooks(http) == [("duty", 0), ("duty", 2)]


async def test_it_runs_by_itself_and_stops(
    build: Build, cases: Cases, http: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handoff.watch.EVERY_SECONDS", 0.05)
    watch = build()
    task = asyncio.create_task(watch.run())
    await open_case(cases)
    for _ in range(200):
        if http.got():
            break
        await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert hooks(http) == [("duty", 0)] and watch.is_awake
