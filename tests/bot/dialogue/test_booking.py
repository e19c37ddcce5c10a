"""The booking dialogue with the demo server in a process of its own, on its bad days."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.clock import NORWAY
from bot.dialogue import booked
from bot.dialogue.booking import note_unheard, take_booking_turn, wish_of
from bot.dialogue.facts import Facts
from bot.dialogue.reply import Reply
from tests.conftest import wait_for
from tests.service_catalog.booking.server import Server

NOW = datetime(2026, 10, 14, 12, 0, tzinfo=NORWAY)
CLAIM = re.compile(r"(er bestilt|er flyttet)")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(str(tmp_path_factory.mktemp("booking") / "book.sqlite"))
    yield server
    server.kill()


@pytest.fixture
def server(running: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("BOOKING_PORT", str(running.port))
    for name in ("TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.delenv(f"BOOKING_9999_{name}", raising=False)
    yield running
    if running.process.poll() is not None:
        running.start()
    running.fault(None)


class Youth:
    """One conversation; `press` takes the value of a button."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.facts = Facts(place="9999", age=16, themes=["stress"])
        self.reply = Reply()

    async def press(self, value: str) -> str:
        # What lies in the facts has been through JSON in real life.
        self.facts = Facts.from_json(self.facts.to_json())
        self.reply = await take_booking_turn(self.facts, value, self.name, "nb", NOW)
        return self.text

    @property
    def text(self) -> str:
        return "\n".join(message.text for message in self.reply.messages)

    @property
    def values(self) -> list[str]:
        return [choice.value for one in self.reply.messages for choice in one.choices]

    def slots(self) -> list[str]:
        return [value.partition("=")[2] for value in self.values if value.startswith("time=")]

    async def choose(self, number: int = 0) -> str:
        """See the times and choose one; return its slot."""
        if not self.slots():
            await self.press("times=show")
        slot = self.slots()[number]
        await self.press(f"time={slot}")
        return slot

    async def book(self, number: int = 0) -> str:
        slot = await self.choose(number)
        assert "er bestilt" in await self.press(f"book={slot}")
        return slot

    def holds(self, server: Server) -> list[str]:
        """Return the slots that this one holds in the server's book."""
        kept = {self.facts.booking.get("name")}
        mine = [one for one in server.booked() if one["identifier"][0]["value"] in kept]
        return [one["slot"][0]["reference"] for one in mine if one["status"] == "booked"]


async def test_killed_between_commit_and_answer(server: Server) -> None:
    youth = Youth("killed")
    slot = await youth.choose()
    server.fault("die")
    assert "vet ikke ennå" in await youth.press(f"book={slot}")
    assert not CLAIM.search(youth.text) and youth.values == ["check=booking"]
    # As long as it is away nothing is known, whatever is pressed.
    for value in ("check=booking", f"book={slot}", "times=show", "cancel=booking"):
        assert "vet ikke ennå" in await youth.press(value), value
        assert not CLAIM.search(youth.text) and "ikke fått time" not in youth.text
    server.revive()
    assert "er bestilt" in await youth.press("check=booking")
    assert server.held().count(f"Slot/{slot}") == 1


async def test_killed_before_the_commit(server: Server) -> None:
    youth = Youth("killed before")
    slot = await youth.choose()
    server.fault("die_before")
    assert "vet ikke ennå" in await youth.press(f"book={slot}")
    server.revive()
    assert "står ikke der" in await youth.press("check=booking")
    assert "er bestilt" in await youth.press(f"book={slot}")
    assert youth.holds(server) == [f"Slot/{slot}"]


async def test_while_one_is_unknown_no_other_time_is_booked(server: Server) -> None:
    youth = Youth("other")
    await youth.press("times=show")
    one, other = youth.slots()[:2]
    before = len(server.held())
    server.fault("die")
    await youth.press(f"book={one}")
    server.revive()
    assert "er bestilt" in await youth.press(f"book={other}")
    assert len(server.held()) == before + 1
    assert youth.holds(server) == [f"Slot/{one}"]


async def test_while_one_may_still_come_no_other_is_booked_beside_it(server: Server) -> None:
    youth = Youth("late")
    await youth.press("times=show")
    one, other = youth.slots()[:2]
    server.fault("late", seconds=4)
    assert "vet ikke ennå" in await youth.press(f"book={one}")
    server.fault(None)
    assert "står ikke der" in await youth.press(f"book={other}")
    assert youth.values == [f"book={one}"] and not CLAIM.search(youth.text)
    wait_for(lambda: f"Slot/{one}" in server.held(), 20, "it never came")
    assert "er bestilt" in await youth.press("check=booking")
    assert f"Slot/{other}" not in server.held()


async def test_when_it_can_come_no_more_another_can_be_booked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(booked, "SETTLED_AFTER", 0)
    youth = Youth("settled")
    await youth.press("times=show")
    one, other = youth.slots()[:2]
    server.fault("die_before")
    assert "vet ikke ennå" in await youth.press(f"book={one}")
    server.revive()
    assert "times=show" in (await youth.press("check=booking"), youth.values)[1]
    assert "er bestilt" in await youth.press(f"book={other}")
    assert f"Slot/{one}" not in server.held() and youth.holds(server) == [f"Slot/{other}"]


async def test_ten_presses_at_once_without_a_lock(server: Server) -> None:
    """The gateway takes one press at a time; even without it there is one appointment."""
    youth = Youth("ten")
    slot = await youth.choose()
    server.fault("late", seconds=0.2)
    copies = [Facts.from_json(youth.facts.to_json()) for _ in range(10)]
    replies = await asyncio.gather(
        *(take_booking_turn(one, f"book={slot}", "ten", "nb", NOW) for one in copies)
    )
    texts = [reply.messages[0].text for reply in replies]
    assert all("er bestilt" in text or "vet ikke ennå" in text for text in texts), texts
    assert server.held().count(f"Slot/{slot}") == 1


async def test_a_press_that_was_lost_with_the_engine_is_asked_about(server: Server) -> None:
    youth = Youth("engine")
    await youth.press("times=show")
    one, other = youth.slots()[:2]
    before = Facts.from_json(youth.facts.to_json())
    await youth.press(f"book={one}")  # its answer, and what it knew, never came back
    youth.facts = before
    note_unheard(youth.facts, f"book={one}", youth.name)
    await youth.press(f"book={other}")
    assert youth.holds(server) == [f"Slot/{one}"]
    assert f"Slot/{other}" not in server.held()


async def test_taken_shows_three_other_times(server: Server) -> None:
    youth = Youth("taken")
    slot = await youth.choose()
    server.fault("conflict")
    await youth.press(f"book={slot}")
    assert "tatt av noen andre" in youth.text and not CLAIM.search(youth.text)
    assert len(youth.slots()) == 3 and slot not in youth.slots()


async def test_a_move_books_the_new_and_cancels_the_old(server: Server) -> None:
    youth = Youth("move")
    old = await youth.book()
    await youth.press("move=booking")
    new = await youth.choose()
    assert "er flyttet" in await youth.press(f"book={new}")
    assert youth.holds(server) == [f"Slot/{new}"] and f"Slot/{old}" not in server.held()


async def test_a_move_whose_first_half_fails_leaves_the_old(server: Server) -> None:
    youth = Youth("move first")
    old = await youth.book()
    await youth.press("move=booking")
    new = await youth.choose()
    server.fault("conflict")
    assert "gjelder fortsatt" in await youth.press(f"book={new}")
    server.fault("closed")
    assert not CLAIM.search(await youth.press(f"book={new}"))
    server.fault(None)
    assert f"Slot/{old}" in server.held()


async def test_a_move_whose_second_half_fails_is_told_as_it_is(server: Server) -> None:
    youth = Youth("move second")
    old = await youth.book()
    await youth.press("move=booking")
    new = await youth.choose()
    server.fault("no_cancel")
    text = await youth.press(f"book={new}")
    assert "nye timen er bestilt" in text and "vet ikke om den gamle" in text
    assert {f"Slot/{old}", f"Slot/{new}"} <= set(server.held())
    server.fault(None)
    assert "er avbestilt" in await youth.press("cancel=old")
    assert youth.holds(server) == [f"Slot/{new}"] and f"Slot/{old}" not in server.held()


async def test_killed_in_the_middle_of_a_move(server: Server) -> None:
    youth = Youth("move killed")
    old = await youth.book()
    await youth.press("move=booking")
    new = await youth.choose()
    server.fault("die")
    text = await youth.press(f"book={new}")
    assert "vet ikke ennå" in text and "gjelder fortsatt" in text
    server.revive()
    assert "er flyttet" in await youth.press("check=booking")
    assert youth.holds(server) == [f"Slot/{new}"] and f"Slot/{old}" not in server.held()


async def test_a_cancellation_that_fails_is_not_said_to_have_succeeded(server: Server) -> None:
    youth = Youth("cancel")
    slot = await youth.book()
    server.fault("no_cancel")
    assert "vet ikke om timen ble avbestilt" in await youth.press("cancel=booking")
    assert f"Slot/{slot}" in server.held()
    server.fault(None)
    assert "er avbestilt" in await youth.press("cancel=booking")
    assert f"Slot/{slot}" not in server.held()
    assert await youth.choose() == slot
    assert "er bestilt" in await youth.press(f"book={slot}")


@pytest.mark.parametrize("mode", ["slow", "nonsense", "closed"])
async def test_a_mad_server_gives_another_way_in(server: Server, mode: str) -> None:
    youth = Youth(mode)
    server.fault(mode)
    await youth.press("times=show")
    assert "ikke fått time" in youth.text and "bare kom" in youth.text
    assert not CLAIM.search(youth.text)


async def test_a_new_theme_forgets_no_booking(server: Server) -> None:
    youth = Youth("theme")
    await youth.book()
    youth.facts.turn_to(["sovn"], [])
    youth.facts.place = "0301"
    assert "time fra før" in await youth.press("times=show")
    assert "er avbestilt" in await youth.press("cancel=booking")


async def test_a_login_that_is_half_set_is_no_booking(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKING_9999_CLIENT_ID", "bot")
    youth = Youth("unset")
    assert "ikke fått time" in await youth.press("times=show")


@pytest.mark.parametrize(
    "about",
    [{"home_danger": True}, {"topic": "home"}, {"flag": "violence"}, {"themes": ["foreldre_rus"]}],
)
async def test_no_calendar_where_home_may_be_the_danger(
    server: Server, about: dict[str, object]
) -> None:
    youth = Youth(f"home {about}")
    await youth.book()
    assert "calendar=show" in youth.values
    for name, value in about.items():
        setattr(youth.facts, name, value)
    await youth.press("times=show")
    assert "calendar=show" not in youth.values
    assert "ingen kalenderfil" in await youth.press("calendar=show")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("jeg vil ha time", "times=show"),
        ("flytt timen", "move=booking"),
        ("kan jeg bytte til en annen dag", "move=booking"),
        ("vis flere tider", "times=more"),
        ("fleire timar", "times=more"),
        ("avbestill timen min", "times=show"),
    ],
)
def test_a_typed_wish_is_read_and_never_cancels(text: str, value: str) -> None:
    assert wish_of(text) == value


async def test_a_wish_to_move_without_a_time_shows_times(server: Server) -> None:
    youth = Youth("no time")
    await youth.press("move=booking")
    assert len(youth.slots()) == 3
