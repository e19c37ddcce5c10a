"""Who asks for a human in own words: told who reads, asked once, and heard in dialect."""

from __future__ import annotations

import pytest

NURSE = "(helsesykepleieren|helsesjukepleiaren) i Eksempelvik kommune"
PLAIN = "jeg er stressa for en prøve"


@pytest.mark.parametrize(
    "wish",
    [
        "kan jeg få snakke med et menneske",
        "kan æ få snakk me nån",
        "kan ej fao snakke me ein vaksen",
        "kan noen andre enn deg svare meg",
    ],
)
def test_the_question_comes_first_and_one_yes_is_enough(talk, wish):
    t = talk(municipality="9999").say(PLAIN)
    t.say(wish).expect(state="bot", response=None, expects="confirm", says=NURSE)
    t.say("ja").expect(state="waiting", says="fått beskjed")


def test_who_has_told_nothing_yet_is_handed_over_at_once(talk):
    talk(municipality="9999").say("kan æ få snakk me et menneske").expect(state="waiting")


def test_no_and_then_after_all(talk):
    t = (
        talk(municipality="9999")
        .say(PLAIN)
        .say("jeg vil snakke med et menneske")
        .press("Nei, ikke nå")
    )
    t.expect(state="bot", says="Du bestemmer").say("jeg ombestemte meg")
    t.expect(response=None, says=NURSE).press("Ja, det vil jeg").expect(state="waiting")


def test_who_knows_the_nurse_says_it_in_the_same_breath(talk):
    t = talk(municipality="9999")
    t.say("kan jeg snakke med noen andre enn helsesøster, jeg kjenner henne")
    t.expect(state="bot", says=("får ingen der lese dette", "116 111"), never="fått beskjed")
    t.say("kan jeg snakke med et menneske").expect(state="bot", says="kjenner noen her")


def test_who_told_it_earlier_is_not_asked_about_her(talk):
    t = talk(municipality="9999").say("tanta mi er helsesykepleier på skolen").say(PLAIN)
    t.say("kan jeg snakke med et menneske").expect(state="bot", says="kjenner noen her")


def test_in_danger_nothing_is_asked(talk):
    t = talk(municipality="9999").say("jeg skal ta livet mitt i natt, har skrevet brev til mamma")
    t.expect(response="emergency", state="waiting", says="fått beskjed")


def test_in_english(talk):
    t = talk(municipality="9999").say("im stressed about a test")
    t.say("can i talk to a real person please").expect(
        state="bot", expects="confirm", says="the school nurse in Eksempelvik reads"
    )
    t.say("yes please").expect(state="waiting", says="has been told")
