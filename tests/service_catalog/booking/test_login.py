"""Keys to a booking server: fetched, kept, renewed, and never shown."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.clock import NORWAY
from service_catalog.booking import login as booking_login
from service_catalog.booking.client import BookingUnavailable, identifier
from service_catalog.booking.login import Login
from service_catalog.errors import LoginUnset
from service_catalog.values import clean_booking_endpoint, fill_settings
from tests.service_catalog.booking.server import CLIENT, Server

AFTER = datetime(2026, 10, 14, 12, 0, tzinfo=NORWAY)
SECRET = "very-secret"
WHOLE = {
    "BOOKING_3413_TOKEN_URL": "https://login.eksempel.no/token",
    "BOOKING_3413_CLIENT_ID": "bot",
    "BOOKING_3413_CLIENT_SECRET": SECRET,
}


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    booking_login._KEPT.clear()
    server = Server(str(tmp_path / "book.sqlite"), **CLIENT)
    yield server
    server.kill()


async def test_without_a_key_nothing_is_shown_or_booked(server: Server) -> None:
    async with server.client(login=server.login()) as client:
        time = (await client.free_times(AFTER))[0]
    async with server.client() as client:
        with pytest.raises(BookingUnavailable):
            await client.free_times(AFTER)
        # 401 also when asked by identifier: nobody can say whether it is booked.
        assert await client.book(time, identifier("none", time.id)) == "unknown"
    async with server.client(login=server.login("wrong")) as client:
        booking_login._KEPT.clear()
        assert await client.book(time, identifier("wrong", time.id)) == "down"
    assert server.booked() == []


async def test_a_key_is_fetched_once_and_kept(server: Server) -> None:
    async with server.client(login=server.login()) as client:
        await client.free_times(AFTER)
    kept = dict(booking_login._KEPT)
    async with server.client(login=server.login()) as client:
        await client.free_times(AFTER)
    assert kept == booking_login._KEPT and len(kept) == 1


async def test_a_key_that_is_void_is_renewed_once(server: Server) -> None:
    async with server.client(login=server.login()) as client:
        time = (await client.free_times(AFTER))[0]
        kept = dict(booking_login._KEPT)
        server.fault("forget")
        assert await client.book(time, identifier("forgot", time.id)) == "booked"
        assert kept != booking_login._KEPT
    assert len(server.held()) == 1


async def test_a_server_that_knows_no_keys_after_a_restart_is_met_with_a_new_one(
    server: Server,
) -> None:
    async with server.client(login=server.login()) as client:
        time = (await client.free_times(AFTER))[0]
    server.kill()
    server.start()
    async with server.client(login=server.login()) as client:
        assert await client.book(time, identifier("restart", time.id)) == "booked"


async def test_a_key_is_not_used_past_its_time(tmp_path) -> None:
    booking_login._KEPT.clear()
    server = Server(str(tmp_path / "book.sqlite"), "--key-seconds", "1", **CLIENT)
    try:
        login = server.login()
        async with server.client(login=login) as client:
            assert await client.free_times(AFTER)
        assert login.kept() is None
    finally:
        server.kill()


async def test_neither_secret_nor_key_is_logged(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    login = server.login()
    async with server.client(login=login) as client:
        await client.free_times(AFTER)
        server.fault("closed")
        with pytest.raises(BookingUnavailable) as caught:
            await client.free_times(AFTER)
    key = next(iter(booking_login._KEPT.values()))[0]
    for text in (caplog.text, repr(login), str(caught.value)):
        assert key not in text
        assert login.client_secret not in text and login.pair[1] not in text


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"access_token": ""}, {"access_token": "a\nb"}, {"access_token": 1}]
)
def test_a_strange_answer_holds_no_key(answer: object) -> None:
    with pytest.raises(ValueError, match="no key"):
        Login("https://x.example/token", "a", "b").keep(answer)


def test_login_is_all_or_nothing() -> None:
    assert Login.of("3413", {}) is None
    found = Login.of("3413", {**WHOLE, "BOOKING_3413_SCOPE": "booking"})
    assert found is not None and found.form["scope"] == "booking" and SECRET not in repr(found)
    for name in WHOLE:
        with pytest.raises(LoginUnset, match="belong together"):
            Login.of("3413", {**WHOLE, name: ""})
    with pytest.raises(LoginUnset, match="https://"):
        Login.of("3413", {**WHOLE, "BOOKING_3413_TOKEN_URL": "http://login.eksempel.no"})
    assert Login.of("0301", WHOLE) is None


@pytest.mark.parametrize("name", [*WHOLE, "BOOKING_DEMO_CLIENT_SECRET"])
def test_no_catalog_can_read_a_login_out(name: str) -> None:
    url = f"https://tyv.example/${{{name}}}/fhir"
    with pytest.raises(ValueError, match="no login"):
        clean_booking_endpoint(url)
    assert fill_settings(url, {**WHOLE, name: SECRET}) is None
