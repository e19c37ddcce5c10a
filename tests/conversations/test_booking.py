"""A time is booked, moved and cancelled in the chat: once, and only said so when it is."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import Stack

CLAIMS = r"(er bestilt|er flyttet)"


def helped(talk):
    t = talk().say("lurer på prevensjon, bor i Eksempelvik og er 16")
    for _ in range(6):
        if t.turn["help"]:
            return t
        t.say("vet ikke")
    raise AssertionError(t.asked)


def times(t):
    """Return the labels of times that are shown."""
    return [label for label in t.labels if "kl." in label]


def choose(t, number=0):
    """Press the time of that number."""
    return t.press(times(t)[number])


def booked(t, number=0):
    choose(t.press("ledige"), number).expect(says="anonym", never=CLAIMS)
    return t.press("Bestill anonymt").expect(says="er bestilt")


def held(stack: Stack) -> list[str]:
    """Return who stands in the server's book, on disk."""
    with sqlite3.connect(stack.var / "booking.sqlite") as book:
        found = book.execute("select slot from appointment where status = 'booked'").fetchall()
    return [slot for (slot,) in found]


def test_a_time_is_chosen_and_booked(talk, stack):
    before = held(stack)
    t = helped(talk).press("ledige")
    assert len(times(t)) == 3
    choose(t).expect(says="anonym", never=CLAIMS)
    assert held(stack) == before
    t.press("Bestill anonymt").expect(says="er bestilt")
    assert len(held(stack)) == len(before) + 1


def test_a_time_may_be_typed_and_is_asked_about_like_a_pressed_one(talk, stack):
    before = held(stack)
    t = helped(talk).press("ledige")
    second = times(t)[1]
    t.say("tar den andre").expect(says=("anonym", second), never=CLAIMS)
    assert held(stack) == before


def test_more_times_can_be_seen(talk):
    t = helped(talk).press("ledige")
    first = times(t)
    t.press("flere tider")
    assert len(times(t)) == 3 and not set(times(t)) & set(first)
    choose(t).press("Bestill anonymt").expect(says="er bestilt")


def test_pressed_ten_times_it_is_booked_once(talk, stack):
    before = held(stack)
    t = choose(helped(talk).press("ledige"), 1)
    value = t.turn["messages"][-1]["choices"][0]["value"]
    address = f"/api/conversations/{t.id}/messages"

    def press(_):
        return t.http.post(address, json={"choice": value}, headers=t.headers)

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(press, range(10)))
    assert {answer.status_code for answer in answers} == {200}
    texts = [m["text"] for a in answers for m in a.json()["messages"]]
    assert sum("er bestilt" in text for text in texts) == 1, texts
    assert len(held(stack)) == len(before) + 1


def test_two_youths_press_the_same_time_at_once(talk, stack):
    first, second = helped(talk).press("ledige"), helped(talk).press("ledige")
    assert times(first) == times(second)
    choose(first), choose(second)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda t: t.press("Bestill anonymt"), (first, second)))
    lucky, late = (first, second) if "er bestilt" in first.text else (second, first)
    lucky.expect(says="er bestilt")
    late.expect(says="tatt av noen andre", never=CLAIMS)
    assert len(times(late)) == 3
    assert len(held(stack)) == len(set(held(stack)))
    choose(late).press("Bestill anonymt").expect(says="er bestilt")


def test_a_booking_can_be_cancelled_and_the_same_time_booked_again(talk, stack):
    t = booked(helped(talk))
    count = len(held(stack))
    t.press("Avbestill").expect(says="er avbestilt")
    assert len(held(stack)) == count - 1
    choose(t.press("ledige")).press("Bestill anonymt").expect(says="er bestilt")
    assert len(held(stack)) == count


@pytest.mark.parametrize("wish", ["press", "eg må flytte timen min"])
def test_a_booking_can_be_moved(talk, stack, wish):
    t = booked(helped(talk))
    count = len(held(stack))
    t = t.press("Flytt timen") if wish == "press" else t.say(wish)
    t.expect(never=CLAIMS)
    choose(t).press("Bestill anonymt").expect(says="(er flyttet|er flytta).*er avbestilt")
    assert len(held(stack)) == count


def test_a_move_can_be_dropped(talk, stack):
    t = booked(helped(talk))
    before = held(stack)
    t.press("Flytt timen").press("Behold").expect(says="gjelder fortsatt")
    assert held(stack) == before


def test_a_first_name_goes_to_the_booking_and_nowhere_else(talk, stack):
    t = choose(helped(talk).press("ledige")).press("Skriv fornavnet")
    t.say("Jeg heter Torvaldine").expect(never="Torvaldine", says="Skal jeg bestille")
    t.press("Ja, bestill").expect(says="er bestilt")
    kept = t.http.get(f"/api/conversations/{t.id}", headers=t.headers).text
    assert "Torvaldine" not in kept and "[navn]" in kept
    with sqlite3.connect(stack.var / "booking.sqlite") as book:
        bodies = [row[0] for row in book.execute("select body from appointment")]
    assert sum("Torvaldine" in body for body in bodies) == 1


@pytest.mark.parametrize("words", ["nei", "vet ikke", "hva skjer om mamma får vite det?"])
def test_what_is_no_name_is_never_taken_for_one(talk, words):
    t = choose(helped(talk).press("ledige")).press("Skriv fornavnet")
    t.say(words).expect(never=("fornavnet du skrev", CLAIMS))


def test_a_red_flag_where_a_name_is_asked_for_is_heard(talk):
    t = choose(helped(talk).press("ledige")).press("Skriv fornavnet")
    t.say("jeg vil dø").expect(flag="suicide")


def test_the_calendar_file_is_neutral_and_comes_on_wish(talk):
    t = helped(talk)
    address = f"/api/conversations/{t.id}/calendar"
    assert t.http.get(address, headers=t.headers).status_code == 404
    booked(t).press("kalender").expect(says="bare «Avtale»")
    assert t.turn["messages"][-1]["id"].startswith("calendar-")
    answer = t.http.get(address, headers=t.headers)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Avtale" in answer.text
    assert not any(w in answer.text.lower() for w in ("valarm", "location", "helse", "ungveiviser"))
    assert t.http.get(address).status_code == 401


def test_no_calendar_when_home_may_be_the_danger(talk):
    t = booked(helped(talk))
    t.say("pappa slår meg hjemme")
    t.say("har jeg en time?")
    assert not any("kalender" in label.lower() for label in t.labels)
    address = f"/api/conversations/{t.id}/calendar"
    assert t.http.get(address, headers=t.headers).status_code == 404


def test_before_deleting_they_hear_that_the_time_stands(talk):
    t = booked(helped(talk))
    read = t.http.get(f"/api/conversations/{t.id}", headers=t.headers).json()
    assert "gjelder fortsatt" in read["deletion_notice"]


def test_where_nothing_can_be_booked_the_ways_in_are_said(talk):
    t = talk().say("jeg vil ha time hos helsesykepleier, bor i Stange og er 16")
    if not t.services:
        t.say("jeg vil ha time")
    t.expect(says="slik får du snakke med noen", never=CLAIMS)
    assert t.services
