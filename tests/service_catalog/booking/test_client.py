"""Booking against the demo server in a process of its own, in all its tempers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.clock import NORWAY
from bot.engine.inprocess import LIMIT_SECONDS
from service_catalog.booking.client import BookingClient, BookingUnavailable, FreeTime, identifier
from service_catalog.booking.http import BUDGET_SECONDS, Line
from service_catalog.errors import NotSent
from tests.service_catalog.booking.server import Server

AFTER = datetime(2026, 10, 14, 12, 0, tzinfo=NORWAY)
ROUNDS = 20


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(str(tmp_path_factory.mktemp("booking") / "book.sqlite"))
    yield server
    server.kill()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    yield running
    if running.process.poll() is not None:
        running.start()
    running.fault(None)


async def first(client: BookingClient) -> FreeTime:
    return (await client.free_times(AFTER))[0]


async def test_three_times_are_offered_and_one_is_booked(server: Server) -> None:
    async with server.client() as client:
        times = await client.free_times(AFTER)
        assert len(times) == 3
        assert all(time.start > AFTER for time in times)
        assert await client.book(times[0], identifier("a", times[0].id)) == "booked"
        assert times[0] not in await client.free_times(AFTER)


async def test_other_times_are_shown_than_those_seen(server: Server) -> None:
    async with server.client() as client:
        times = await client.free_times(AFTER)
        seen = {time.id for time in times}
        others = await client.free_times(AFTER, without=seen)
        assert len(others) == 3 and not seen & {time.id for time in others}


async def test_times_are_those_of_the_schedule(server: Server) -> None:
    async with server.client(schedule="Schedule/eksempelvik") as client:
        assert await client.free_times(AFTER)
    async with server.client(schedule="Schedule/tannlegen") as client:
        assert await client.free_times(AFTER) == []
    async with server.client(service_type="urn:eksempelvik:tjeneste|samtale") as client:
        assert await client.free_times(AFTER)
    async with server.client(service_type="vaksine") as client:
        assert await client.free_times(AFTER) == []


async def test_more_pages_are_fetched_when_the_first_is_not_enough(server: Server) -> None:
    async with server.client() as client:
        assert len(await client.free_times(AFTER, most=50)) == 50


async def test_ten_presses_book_once(server: Server) -> None:
    async with server.client() as client:
        time = await first(client)
        name = identifier("ten", time.id)
        outcomes = await asyncio.gather(*(client.book(time, name) for _ in range(10)))
        assert set(outcomes) == {"booked"}
    assert server.held().count(f"Slot/{time.id}") == 1


async def test_ten_presses_book_once_while_the_server_lags(server: Server) -> None:
    """Each press comes to the server before any of them is booked."""
    server.fault("late", seconds=0.3)
    async with server.client() as client:
        time = await first(client)
        name = identifier("ten late", time.id)
        outcomes = await asyncio.gather(*(client.book(time, name) for _ in range(10)))
        assert set(outcomes) == {"booked"}
    assert server.held().count(f"Slot/{time.id}") == 1


@pytest.mark.parametrize("lag", [0.0, 0.05])
async def test_of_two_who_want_the_same_time_one_gets_it(server: Server, lag: float) -> None:
    server.fault("late", seconds=lag)
    after = AFTER
    for number in range(ROUNDS):
        async with server.client() as one, server.client() as other:
            time = (await one.free_times(after))[0]
            names = [identifier(f"{who} {lag} {number}", time.id) for who in ("first", "second")]
            outcomes = await asyncio.gather(one.book(time, names[0]), other.book(time, names[1]))
        assert sorted(outcomes) == ["booked", "taken"]
        assert server.held().count(f"Slot/{time.id}") == 1
        after = time.start


async def test_a_time_taken_meanwhile_is_said_to_be_taken(server: Server) -> None:
    async with server.client() as client:
        time = await first(client)
        server.fault("conflict")
        assert await client.book(time, identifier("late", time.id)) == "taken"


async def test_a_lost_answer_is_found_out_by_the_identifier(server: Server) -> None:
    async with server.client() as client:
        time = await first(client)
        server.fault("lost")
        assert await client.book(time, identifier("lost", time.id)) == "booked"


@pytest.mark.parametrize("mode", ["slow", "nonsense", "closed"])
async def test_a_server_out_of_its_mind_never_says_booked(server: Server, mode: str) -> None:
    async with server.client() as client:
        time = await first(client)
        server.fault(mode)
        with pytest.raises(BookingUnavailable):
            await client.free_times(AFTER)
        assert await client.book(time, identifier(mode, time.id)) == "unknown"
        assert await client.cancel(identifier(mode, time.id)) == "unknown"


async def test_a_server_that_books_after_we_gave_up_is_never_said_to_have_not(
    server: Server,
) -> None:
    """Asked in between it has no such booking, and has one a moment later."""
    async with server.client() as client:
        time = await first(client)
        server.fault("late", seconds=1.5)
        name = identifier("later", time.id)
        assert await client.book(time, name) == "unknown"
    await asyncio.sleep(1)
    async with server.client() as client:
        assert await client.ask(name) == "booked"


async def test_killed_between_commit_and_answer_it_is_booked_after_the_restart(
    server: Server,
) -> None:
    async with server.client() as client:
        time = await first(client)
        name = identifier("die", time.id)
        server.fault("die")
        assert await client.book(time, name) == "unknown"
    async with server.client() as client:
        assert await client.book(time, name, sent_before=True) == "unknown"
        assert await client.ask(name) == "unknown"
    server.revive()
    async with server.client() as client:
        assert await client.ask(name) == "booked"
        assert await client.book(time, name, sent_before=True) == "booked"
    assert server.held().count(f"Slot/{time.id}") == 1


async def test_killed_before_the_commit_it_can_be_tried_again(server: Server) -> None:
    async with server.client() as client:
        time = await first(client)
        name = identifier("die_before", time.id)
        server.fault("die_before")
        assert await client.book(time, name) == "unknown"
    server.revive()
    async with server.client() as client:
        assert await client.ask(name) == "missing"
        assert await client.book(time, name, sent_before=True) == "booked"
    assert server.held().count(f"Slot/{time.id}") == 1


async def test_killed_while_cancelling_it_is_not_said_to_be_cancelled(server: Server) -> None:
    async with server.client() as client:
        time = await first(client)
        name = identifier("cancel die", time.id)
        assert await client.book(time, name) == "booked"
        server.fault("die")
        assert await client.cancel(name) == "unknown"
    server.revive()
    async with server.client() as client:
        assert await client.cancel(name) == "cancelled"
    assert f"Slot/{time.id}" not in server.held()


async def test_a_dead_server_is_told_to_be_down_and_keeps_its_book(server: Server) -> None:
    async with server.client() as client:
        time = await first(client)
        name = identifier("before", time.id)
        assert await client.book(time, name) == "booked"
        server.kill()
        with pytest.raises(BookingUnavailable):
            await client.free_times(AFTER)
        assert await client.book(time, identifier("dead", time.id)) == "down"
    server.start()
    async with server.client() as client:
        assert await client.book(time, name) == "booked"


async def test_a_cancelled_time_is_free_again(server: Server) -> None:
    async with server.client() as client:
        time = await first(client)
        name = identifier("cancels", time.id)
        assert await client.book(time, name) == "booked"
        assert await client.cancel(name) == "cancelled"
        assert await client.cancel(name) == "cancelled"
        assert time in await client.free_times(AFTER)
        # The name is used up: a new booking of the same time takes another.
        assert await client.book(time, name) == "cancelled"


async def test_a_first_name_stands_only_in_the_booking(server: Server) -> None:
    async with server.client() as client:
        time = await first(client)
        assert await client.book(time, identifier("named", time.id), "Kari") == "booked"
        other = await first(client)
        assert await client.book(other, identifier("nameless", other.id)) == "booked"
    shown = [one["participant"][0]["actor"]["display"] for one in server.booked()]
    assert shown.count("Kari") == 1 and "Ungdom (anonym)" in shown


SLOT = {
    "resourceType": "Slot",
    "id": "1",
    "schedule": {"reference": "Schedule/x"},
    "status": "free",
    "start": "2026-10-15T13:00:00+02:00",
    "end": "2026-10-15T13:30:00+02:00",
}


def bundle(*found: object, **more: object) -> str:
    entries = [{"resource": one} for one in found]
    return json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entries, **more})


NONSENSE = [
    "",
    "null",
    "[]",
    "{}",
    '"booked"',
    "booked",
    "<html>booked</html>",
    "[" * 100_000,
    json.dumps({"status": "booked"}),
    json.dumps({"resourceType": "Appointment", "status": "booked"}),
    json.dumps({"resourceType": "Appointment", "status": "booked", "identifier": "x"}),
    json.dumps(
        {
            "resourceType": "Appointment",
            "status": "booked",
            "identifier": [{"system": "urn:ungveiviser:booking", "value": "someone else's"}],
        }
    ),
    json.dumps({"resourceType": "Bundle", "entry": "booked"}),
    json.dumps({"resourceType": "Bundle", "entry": [1, None]}),
    "x" * 2_000_000,
]


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
async def test_no_nonsense_is_taken_for_a_booking(server: Server, body: str, status: int) -> None:
    async with server.client() as client:
        time = await first(client)
        server.fault("nonsense", body=body, status=status)
        with pytest.raises(BookingUnavailable):
            await client.free_times(AFTER)
        name = identifier(f"nonsense {body[:80]}", time.id)
        assert await client.book(time, name) == "unknown"
        assert await client.cancel(name) == "unknown"


async def test_somebody_elses_booking_is_never_taken_for_ours(server: Server) -> None:
    """Many servers pass over a search parameter that they don't know."""
    theirs = {
        "resourceType": "Appointment",
        "id": "9",
        "status": "booked",
        "identifier": [{"system": "urn:ungveiviser:booking", "value": "theirs"}],
        "participant": [{"status": "accepted"}],
    }
    server.fault("nonsense", body=bundle(theirs))
    async with server.client() as client:
        assert await client.ask("ours") == "missing"


NOT_OFFERED = [
    {"status": "busy"},
    {"status": "busy-unavailable"},
    {"overbooked": True},
    {"start": "2026-10-13T13:00:00+02:00"},
    {"start": "2026-10-15T13:00:00"},
    {"start": "i morgen"},
    {"start": None},
    {"end": "2026-10-15T13:00:00+02:00"},
    {"id": "../../Patient"},
    {"id": 7},
    {"resourceType": "Appointment"},
]


@pytest.mark.parametrize("odd", NOT_OFFERED, ids=str)
async def test_what_cannot_be_booked_is_not_offered(server: Server, odd: dict[str, object]) -> None:
    server.fault("nonsense", body=bundle({**SLOT, **odd}, {**SLOT, "id": "2"}))
    async with server.client() as client:
        assert [time.id for time in await client.free_times(AFTER)] == ["2"]


async def test_two_slots_at_one_moment_are_offered_as_one(server: Server) -> None:
    server.fault("nonsense", body=bundle(SLOT, {**SLOT, "id": "2"}))
    async with server.client() as client:
        assert [time.id for time in await client.free_times(AFTER)] == ["1"]


@pytest.mark.parametrize(
    "elsewhere", ["https://annen.example/fhir/Slot", "/ut", "../../Slot", "file:///etc/passwd", 7]
)
async def test_no_page_is_fetched_from_another_server(server: Server, elsewhere: object) -> None:
    link = [{"relation": "next", "url": elsewhere}]
    server.fault("nonsense", body=bundle(SLOT, link=link))
    async with server.client() as client:
        assert [time.id for time in await client.free_times(AFTER)] == ["1"]


async def test_endless_pages_come_to_an_end(server: Server) -> None:
    link = [{"relation": "next", "url": f"{server.url}/fhir/Slot?_offset=1"}]
    server.fault("nonsense", body=bundle(link=link))
    async with server.client() as client:
        assert await client.free_times(AFTER) == []


async def test_no_redirect_is_followed(server: Server) -> None:
    server.fault("nonsense", body="", status=307)
    async with server.client() as client:
        with pytest.raises(BookingUnavailable):
            await client.free_times(AFTER)


async def test_when_the_turns_time_is_up_nothing_is_sent_any_more(server: Server) -> None:
    assert BUDGET_SECONDS < LIMIT_SECONDS
    line = Line(f"{server.url}/fhir", budget=0)
    with pytest.raises(NotSent):
        await line.call("GET", "Slot")
    await line.close()
