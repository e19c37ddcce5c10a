"""Somebody they know works there: another door, in both written forms, at any point of the talk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.clock import NORWAY
from bot.dialogue.facts import Facts
from bot.dialogue.interpret import take_message
from bot.dialogue.navigate import navigate
from bot.dialogue.reply import Reply, bookable_for, offer_help
from bot.texts import say
from bot.turn import Language
from service_catalog.load import in_service

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=NORWAY)
SILENT: dict[str, Any] = {
    "intent": "give_fact",
    "confidence": 0.9,
    "themes": [],
    "themes_also": [],
    "about": "self",
    "severity": None,
    "duration": None,
    "only_how_much": False,
    "weighs": False,
    "age": None,
    "bare_number": False,
    "places": [],
    "places_expected": [],
    "prefers": ["someone_else"],
    "answer": None,
    "not_understood": False,
}


def helped(**known: Any) -> Facts:
    told = {"themes": ["trist"], "severity": "moderate", "duration": "short", "age": 15}
    told |= {"place": "9999", "greeted": True, "confirmed": True, "safe": "no"}
    facts = Facts.from_json({**told, **known})
    offer_help(Reply(), facts, "nb", NOW)
    return facts


def hear(facts: Facts, types: list[str], language: Language = "nb") -> Reply:
    return answer(facts, {**SILENT, "known_there": types}, language)


def turn_down(facts: Facts, types: list[str], language: Language = "nb") -> Reply:
    return answer(facts, {**SILENT, "prefers": [], "unwanted": types}, language)


def answer(facts: Facts, reading: dict[str, Any], language: Language) -> Reply:
    before = Facts.from_json(facts.to_json())
    understood = take_message(facts, reading)
    return navigate(
        facts,
        language,
        NOW,
        intent="give_fact",
        choice=None,
        reading=reading,
        understood=understood,
        before=before,
    )


def types_of(reply: Reply) -> list[str]:
    return [card.type for message in reply.messages for card in message.services]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_there_is_another_door(language: Language) -> None:
    facts = helped()
    shown = set(facts.offered)
    near = {one for one in shown if not one.startswith("national-")}
    reply = hear(facts, [], language)
    assert reply.messages[0].text == say("other_door", language)
    assert reply.help is not None and reply.help.services
    assert near and not near & set(reply.help.services)
    offers = [in_service().offer(one) for one in reply.help.services]
    assert any(offer is not None and offer.service.anonymous for offer in offers)


def test_a_named_door_is_shut_and_the_others_stay() -> None:
    facts = helped()
    reply = hear(facts, ["skolehelsetjeneste"])
    assert reply.help is not None
    assert "skolehelsetjeneste" not in types_of(reply) and types_of(reply)
    assert any(not one.startswith("national-") for one in reply.help.services)


def test_a_door_stays_shut_for_the_rest_of_the_talk() -> None:
    facts = Facts.from_json(helped().to_json())
    hear(facts, ["helsestasjon_for_ungdom"])
    reply = Reply()
    offer_help(reply, facts, "nb", NOW)
    assert "helsestasjon_for_ungdom" not in types_of(reply)


def test_a_door_shut_before_help_is_never_shown() -> None:
    told = {"themes": ["stress"], "severity": "mild", "duration": "short", "place": "9999"}
    facts = Facts.from_json({**told, "greeted": True, "asked": ["age"], "expects": "age"})
    reply = hear(facts, ["skolehelsetjeneste"])
    assert reply.messages[0].text == say("other_door", "nb")
    assert reply.expects == "age", "the question that was waiting is asked again"
    reply = Reply()
    offer_help(reply, facts, "nb", NOW)
    assert "skolehelsetjeneste" not in types_of(reply)


def test_a_door_that_every_municipality_has_can_be_shut() -> None:
    facts = helped(place="1804")
    assert any("national-" in one for one in facts.offered)
    reply = hear(facts, ["skolehelsetjeneste", "fastlege"])
    assert not {"skolehelsetjeneste", "fastlege"} & set(types_of(reply)) and types_of(reply)


def test_no_time_is_offered_where_they_know_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKING_PORT", "8203")
    facts = helped()
    offer = bookable_for(facts, NOW)
    assert offer is not None
    facts.avoid_types = [offer.offer.service.type]
    assert bookable_for(facts, NOW) is None
    facts.booking = {"booked": {"id": "1"}}
    assert bookable_for(facts, NOW) is not None, "what is booked can still be cancelled"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_is_turned_down_is_not_shown_again(language: Language) -> None:
    facts = helped()
    reply = turn_down(facts, ["skolehelsetjeneste"], language)
    assert reply.messages[0].text == say("other_door.unwanted", language)
    assert "skolehelsetjeneste" not in types_of(reply) and types_of(reply)
    assert facts.avoid_types == [], "nobody they know works there"


def test_fear_of_the_barnevern_is_met() -> None:
    facts = helped(themes=["foreldre_rus"], severity="moderate", duration="long")
    assert "barnevern" in {in_service().offer(one).service.type for one in facts.offered}  # type: ignore[union-attr]
    reply = turn_down(facts, ["barnevern", "barnevernvakt"])
    assert reply.messages[0].text == say("other_door.barnevern", "nb")
    assert not {"barnevern", "barnevernvakt"} & set(types_of(reply)) and types_of(reply)


def test_what_is_turned_down_in_the_first_message_comes_after_what_was_heard() -> None:
    facts = Facts.from_json({"themes": ["foreldre_rus"]})
    reply = turn_down(facts, ["barnevern", "barnevernvakt"])
    assert reply.messages[1].text == say("other_door.barnevern", "nb")
    assert reply.expects
