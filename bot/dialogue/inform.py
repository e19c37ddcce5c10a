"""Answers to clear questions, and small talk. The thread is picked up again after them."""

from __future__ import annotations

from datetime import datetime

from bot.dialogue.facts import Facts
from bot.dialogue.listen import listen
from bot.dialogue.onward import more_choices, told, wants_place
from bot.dialogue.plan import next_step
from bot.dialogue.reply import Reply, ask, place_name, search
from bot.texts import say
from bot.turn import Message, Tongue

# Questions whose answer depends on what exists where they live.
LOCAL = frozenset({"ask_hours", "ask_services"})


def answer_question(facts: Facts, intent: str, language: Tongue, now: datetime) -> Reply:
    """Return the answer to `intent` (ask_…), then the question that was waiting."""
    facts.not_understood = False
    onward = told(facts, language, now)
    if onward:
        return _tell_onward(onward, facts, language)
    reply = Reply(messages=[Message(text=say(f"info.{intent}", language))])
    if intent in LOCAL:
        _local_answer(reply, facts, language, now)
    pick_up(reply, facts, language)
    return reply


def _tell_onward(messages: list[Message], facts: Facts, language: Tongue) -> Reply:
    """Tell of the way onwards; where nothing is told yet, ask where they live to tell more."""
    reply = Reply(messages)
    if facts.helped:
        messages[-1].choices = more_choices(facts, language)
    elif not facts.themes and not facts.topic and wants_place(facts):
        facts.onward_for = facts.onward
        ask(reply, "place", facts, language)
        reply.messages[-1].text = say("pathway.ask_place", language)
        return reply
    pick_up(reply, facts, language)
    return reply


def small_talk(facts: Facts, intent: str, language: Tongue, now: datetime) -> Reply:
    """Return a short, friendly answer; a question that was waiting comes back."""
    facts.not_understood = False
    onward = told(facts, language, now)
    if onward:
        return _tell_onward(onward, facts, language)
    if intent == "greet" and facts.helped and facts.flag:  # "glem det", "." and the like
        return listen(facts, language)
    reply = Reply(messages=[Message(text=say(_small(intent, facts), language))])
    if intent == "curious" and not facts.topic:
        _show_what_exists(facts)
    if intent != "bye":
        pick_up(reply, facts, language)
    if intent == "greet" and facts.themes and len(reply.messages) > 1:
        reply.messages.pop(0)  # who has told something is not greeted as if just come
    return reply


def _small(intent: str, facts: Facts) -> str:
    if intent == "bye" and facts.flag:
        return "small.bye.danger"
    return f"small.{intent}.after_help" if facts.helped else f"small.{intent}"


def pick_up(reply: Reply, facts: Facts, language: Tongue) -> None:
    """Ask again what was waiting; with nothing told yet, leave the floor to them."""
    if facts.helped or reply.expects:
        return
    if not facts.themes and not facts.topic:
        facts.expects = reply.expects = "what"
        return
    step = next_step(facts)
    if step != "help":
        ask(reply, step, facts, language)


def _local_answer(reply: Reply, facts: Facts, language: Tongue, now: datetime) -> None:
    if facts.place is None:
        _show_what_exists(facts)
        return
    found = search(facts, language, now)
    text = say("info.here", language, place=place_name(facts))
    reply.messages.append(Message(text=text, services=[match.card for match in found.matches]))
    reply.messages += [Message(text=sentence) for sentence in found.honest]


def _show_what_exists(facts: Facts) -> None:
    """Where nothing is told, what exists where they live is what they get to see."""
    if not facts.themes:
        facts.themes = ["spor_om_tjeneste"]
        facts.greeted = True
