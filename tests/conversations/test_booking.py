"""A time is booked in the chat: once, and only said so when it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor


def helped(talk):
    t = talk().say("lurer på prevensjon, bor i Eksempelvik og er 16")
    for _ in range(6):
        if t.turn["help"]:
            return t
        t.say("vet ikke")
    raise AssertionError(t.asked)


def test_a_time_is_chosen_and_booked(talk):
    t = helped(talk).press("ledige")
    assert len(t.labels) >= 2
    t.press(t.labels[0]).expect(says="er bestilt")


def test_pressed_ten_times_it_is_booked_once(talk):
    t = helped(talk).press("ledige")
    value = t.turn["messages"][-1]["choices"][1]["value"]
    address = f"/api/conversations/{t.id}/messages"

    def press(_):
        return t.http.post(address, json={"choice": value}, headers=t.headers)

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(press, range(10)))
    assert {answer.status_code for answer in answers} == {200}
    texts = [m["text"] for a in answers for m in a.json()["messages"]]
    assert sum("er bestilt" in text for text in texts) == 1, texts


def test_two_youths_want_the_same_time(talk):
    first, second = helped(talk).press("ledige"), helped(talk).press("ledige")
    wanted = first.labels[0]
    assert wanted == second.labels[0]
    first.press(wanted).expect(says="er bestilt")
    second.press(wanted).expect(never="er bestilt")
    assert second.labels


def test_a_booking_can_be_cancelled(talk):
    t = helped(talk).press("ledige")
    t.press(t.labels[-1]).expect(says="er bestilt").press("Avbestill").expect(never="er bestilt")
