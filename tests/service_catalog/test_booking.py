"""Booking against the demo server in a process of its own, in all its tempers."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from bot.clock import NORWAY
from service_catalog.booking import BookingClient, BookingUnavailable, identifier
from tests.conftest import free_port, wait_for

AFTER = datetime(2026, 10, 14, 12, 0, tzinfo=NORWAY)


class Server:
    def __init__(self, database: str) -> None:
        self.port, self.database = free_port(), database
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "demo.booking_server", "--port", str(self.port)]
        self.process = subprocess.Popen([*command, "--database", self.database, "--faults"])
        wait_for(self._up, 20, "the booking server did not start")

    def _up(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health").status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def fault(self, mode: str | None) -> None:
        httpx.put(f"http://127.0.0.1:{self.port}/fault", json={"mode": mode})

    def client(self) -> BookingClient:
        return BookingClient(f"http://127.0.0.1:{self.port}/fhir")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(str(tmp_path_factory.mktemp("booking") / "book.sqlite"))
    yield server
    server.kill()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    yield running
    running.fault(None)


async def test_three_times_are_offered_and_one_is_booked(server: Server) -> None:
    async with server.client() as client:
        times = await client.free_times(AFTER)
        assert len(times) == 3
        assert all(time.start > AFTER for time in times)
        assert await client.book(times[0], identifier("a", times[0].id)) == "booked"
        assert times[0] not in await client.free_times(AFTER)


async def test_ten_presses_book_once(server: Server) -> None:
    async with server.client() as client:
        time = (await client.free_times(AFTER))[0]
        name = identifier("ten", time.id)
        outcomes = await asyncio.gather(*(client.book(time, name) for _ in range(10)))
        assert set(outcomes) == {"booked"}
        bundle = await client._ask("GET", "Appointment", params={"identifier": f"|{name}"})
        assert bundle["total"] == 1


async def test_of_two_who_want_the_same_time_one_gets_it(server: Server) -> None:
    async with server.client() as client:
        time = (await client.free_times(AFTER))[0]
        names = [identifier(who, time.id) for who in ("first", "second")]
        outcomes = await asyncio.gather(*(client.book(time, name) for name in names))
        assert sorted(outcomes) == ["booked", "taken"]


async def test_a_time_taken_meanwhile_is_said_to_be_taken(server: Server) -> None:
    async with server.client() as client:
        time = (await client.free_times(AFTER))[0]
        server.fault("conflict")
        assert await client.book(time, identifier("late", time.id)) == "taken"


async def test_a_lost_answer_is_found_out_by_the_identifier(server: Server) -> None:
    async with server.client() as client:
        time = (await client.free_times(AFTER))[0]
        server.fault("lost")
        assert await client.book(time, identifier("lost", time.id)) == "booked"


@pytest.mark.parametrize("mode", ["slow", "nonsense"])
async def test_a_server_out_of_its_mind_never_says_booked(server: Server, mode: str) -> None:
    async with server.client() as client:
        time = (await client.free_times(AFTER))[0]
        server.fault(mode)
        with pytest.raises(BookingUnavailable):
            await client.free_times(AFTER)
        assert await client.book(time, identifier(mode, time.id)) == "unknown"


async def test_a_dead_server_is_told_to_be_down_and_keeps_its_book(server: Server) -> None:
    async with server.client() as client:
        time = (await client.free_times(AFTER))[0]
        name = identifier("before", time.id)
        assert await client.book(time, name) == "booked"
        server.kill()
        with pytest.raises(BookingUnavailable):
            await client.free_times(AFTER)
        assert await client.book(time, identifier("dead", time.id)) == "down"
        server.start()
        assert await client.book(time, name) == "booked"


async def test_a_cancelled_time_is_free_again(server: Server) -> None:
    async with server.client() as client:
        time = (await client.free_times(AFTER))[0]
        name = identifier("cancels", time.id)
        assert await client.book(time, name) == "booked"
        assert await client.cancel(name) == "cancelled"
        assert time in await client.free_times(AFTER)
