"""The way onwards in the talk: told at once, for the place, and never through the parents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.clock import NORWAY
from bot.dialogue.facts import Facts
from bot.dialogue.inform import answer_question, small_talk
from bot.dialogue.interpret import take_choice, take_message
from bot.dialogue.navigate import navigate
from bot.dialogue.onward import is_offered, while_waiting
from bot.dialogue.reply import Reply, offer_help, summary
from bot.nlu import onward
from bot.nlu.normalise import normalise
from service_catalog.places import find_places

NOW = datetime(2026, 11, 20, 14, tzinfo=NORWAY)
HELPED: dict[str, Any] = {
    "themes": ["trist"],
    "severity": "severe",
    "duration": "long",
    "age": 15,
    "helped": "dark_red",
    "greeted": True,
}


def reading(text: str, **more: Any) -> dict[str, Any]:
    """What the reader gives of `text`, as far as rules go; the rest is told in `more`."""
    places = [
        {"number": one.number, "name": one.name, "bydel": one.bydel}
        for one in find_places(text, expected=True)
    ]
    names = ("severity", "duration", "age", "answer", "severity_guess", "duration_guess")
    return {
        **dict.fromkeys(names),
        "intent": "tell",
        "confidence": 0.3,
        "themes": ["annet"],
        "themes_also": [],
        "about": "self",
        "only_how_much": False,
        "weighs": False,
        "bare_number": False,
        "places": [],
        "places_expected": places,
        "prefers": [],
        "not_understood": False,
        "onward": onward.find(normalise(text)),
        **more,
    }


def ask(facts: Facts, text: str) -> Reply:
    """Ask a question, as `action_inform` does."""
    take_message(facts, reading(text, intent="ask_referral"))
    return answer_question(facts, "ask_referral", "nb", NOW)


def go(facts: Facts, text: str = "", choice: str | None = None, **more: Any) -> Reply:
    """Say something or press a button, as `action_navigate` does."""
    before = Facts.from_json(facts.to_json())
    said = None if choice else reading(text, **more)
    if choice:
        take_choice(facts, choice)
    else:
        take_message(facts, said or {})
    intent = "choose" if choice else "tell"
    return navigate(
        facts,
        "nb",
        NOW,
        intent=intent,
        choice=choice,
        reading=said,
        understood=True,
        before=before,
    )


def said(reply: Reply) -> str:
    return "\n".join(message.text for message in reply.messages)


def buttons(reply: Reply) -> list[str]:
    return [choice.value for message in reply.messages for choice in message.choices]


def test_a_question_is_answered_at_once_and_then_for_the_place() -> None:
    facts = Facts()
    first = ask(facts, "hvordan kommer jeg til bup")
    assert "hører på deg" in said(first) and first.expects == "place"
    then = go(facts, "Asker")
    assert "Mottaksenheten" in said(then) and "2021" in said(then)
    assert facts.themes == [] and then.expects == "what"


def test_a_place_without_a_way_of_its_own_is_not_told_the_same_twice() -> None:
    facts = Facts()
    ask(facts, "må jeg ha henvisning?")
    then = go(facts, "Hamar")
    assert "Hamar" in said(then) and "hører på deg" not in said(then)


def test_a_known_place_is_not_asked_for() -> None:
    reply = ask(Facts(place="5501"), "hvordan kommer jeg til bup")
    assert "Lavterskelteamet" in said(reply) and reply.expects == "what"


def test_the_question_that_waited_comes_back() -> None:
    facts = Facts(themes=["stress"], greeted=True, asked=["impact"])
    reply = ask(facts, "hva er stafettlogg")
    assert "skriver de som hjelper deg" in said(reply) and reply.expects


def test_a_refusal_is_met_before_anything_is_asked() -> None:
    facts = Facts()
    reply = go(facts, "jeg fikk avslag på bup", themes=["venter_bup"], confidence=0.9)
    assert reply.messages[0].text.startswith("Det er tungt å få nei")
    assert "klare deg alene" in reply.messages[1].text
    assert reply.expects == "impact"
    assert "Det ble nei" in summary(facts, "nb") and "venter" not in summary(facts, "nb")


def test_short_words_count_only_when_the_talk_is_about_it() -> None:
    alone = Facts()
    take_message(alone, reading("de sa nei"))
    assert alone.onward is None
    after = Facts(**HELPED)
    assert "klare deg alene" in said(go(after, "de sa nei"))


def test_what_now_after_help_is_no_greeting() -> None:
    facts = Facts(**HELPED)
    take_message(facts, reading("hva skjer nå?", intent="greet"))
    assert "hører på deg" in said(small_talk(facts, "greet", "nb", NOW))


def test_the_button_tells_the_way_and_offers_the_rest_once() -> None:
    facts = Facts(**HELPED, place="9999")
    reply = go(facts, choice="onward=steps")
    assert "Eksempelvik" in said(reply)
    assert buttons(reply) == [
        "onward=while_waiting",
        "onward=if_refused",
        "onward=bring",
        "human=yes",
        "more=enough",
    ]
    assert "onward=bring" not in buttons(go(facts, choice="onward=bring"))


def test_an_unknown_button_changes_nothing() -> None:
    reply = go(Facts(**HELPED), choice="onward=elsewhere")
    assert "onward=steps" not in said(reply) and reply.messages


@pytest.mark.parametrize(
    ("level", "wanted"),
    [
        ({"severity": "severe", "duration": "long"}, True),
        ({"severity": "severe", "duration": "short"}, True),
        ({"severity": "mild", "duration": "long"}, True),
        ({"severity": "moderate", "duration": "short"}, False),
        ({"severity": "mild", "duration": "short"}, False),
    ],
)
def test_the_button_stands_where_it_fits(level: dict[str, str], wanted: bool) -> None:
    facts = Facts(themes=["stress"], place="9999", age=15, **level)
    reply = Reply()
    offer_help(reply, facts, "nb", NOW)
    assert is_offered(facts) is wanted is ("onward=steps" in buttons(reply))


def test_who_waits_hears_what_to_do_meanwhile_with_the_help() -> None:
    facts = Facts(themes=["venter_bup"], place="9999", age=15)
    reply = Reply()
    offer_help(reply, facts, "nn", NOW)
    assert "Medan du ventar" in said(reply)
    assert while_waiting(Facts(themes=["stress"]), "nb", NOW) == []


def test_danger_at_home_is_heard_in_the_way() -> None:
    facts = Facts(**{**HELPED, "home_danger": True, "place": "3413"})
    text = said(go(facts, choice="onward=steps"))
    assert "ikke er trygt" in text and "foreldre" not in text and "Stangehjelpa" not in text


def test_a_word_of_another_place_is_said_to_be_of_there() -> None:
    facts = Facts(place="5501")
    take_message(facts, reading("hva er Stangehjelpa?", intent="ask_ways_of_working"))
    reply = answer_question(facts, "ask_ways_of_working", "nb", NOW)
    assert "Dette gjelder Stange." in said(reply) and "2021" in said(reply)
    assert not any(message.services for message in reply.messages)


def test_who_has_told_something_is_not_greeted_as_if_just_come() -> None:
    facts = Facts(themes=["sovn"], greeted=True, asked=["duration"], expects="duration")
    reply = small_talk(facts, "greet", "nb", NOW)
    assert reply.expects and "Hei" not in said(reply)
    assert "Hei" in said(small_talk(Facts(), "greet", "nb", NOW))
