"""One turn of the talk: from updated facts to what is said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.dialogue.facts import Facts
from bot.dialogue.listen import listen
from bot.dialogue.onward import more_choices, told, told_here
from bot.dialogue.other_door import is_new, other_door
from bot.dialogue.plan import is_light
from bot.dialogue.reply import Reply, ask, choices, join, move_on, offer_help
from bot.dialogue.unplaced import ask_municipality, tells, wrong_place
from bot.help.levels import EVERYDAY
from bot.nlu.labels import PROBLEM_THEMES
from bot.texts import say
from bot.turn import Choice, Message, Tongue

MISSES_BEFORE_MENU = 2


def navigate(
    facts: Facts,
    language: Tongue,
    now: datetime,
    *,
    intent: str,
    choice: str | None,
    reading: dict[str, Any] | None,
    understood: bool,
    before: Facts,
) -> Reply:
    """Return what to say. `before` is what was known when the message came in."""
    agreed = before.human_offered and intent == "affirm"
    if intent == "want_human" or choice == "human=yes" or agreed:
        return _human(facts, language)
    if not understood:
        return _misunderstood(facts, language, before)
    facts.misunderstood = 0
    if is_new(facts, before):
        repeat_question(facts, before)
        return other_door(facts, before, language, now)
    onward = _onward(facts, language, now, before)
    if onward:
        return onward
    if before.expects == "confirm" and not facts.confirmed:
        return _put_right(facts, language, now, before)
    if facts.helped:
        return _after_help(facts, language, now, choice, reading, before)
    opening = _opening(facts, language, now, choice)
    if opening:
        return opening
    if wrong_place(facts, before, choice, reading):
        return ask_municipality(facts, language, now, told=tells(reading))
    reply = move_on(facts, language, now)
    if facts.onward and facts.themes:
        _tell_beside(reply, facts, language, now, before)
    if facts.place != before.place and before.place is not None:
        reply.messages.insert(0, Message(text=say("place.changed", language)))
    return reply


def repeat_question(facts: Facts, before: Facts) -> None:
    """Make the question that was not answered ready to be asked again."""
    pending = before.expects
    if pending and pending in facts.asked:
        facts.asked.remove(pending)
        if facts.knows(pending):
            facts.asked.append(pending)


def _onward(facts: Facts, language: Tongue, now: datetime, before: Facts) -> Reply | None:
    """Tell of the way onwards: after help, or when they say where they live, as they were asked."""
    if facts.onward_for and facts.themes:
        facts.onward_for = None
    if facts.onward_for and facts.place_options:
        reply = Reply()
        ask(reply, "place_which", facts, language)
        return reply
    came = facts.onward_for and facts.place and not before.place
    if came:
        facts.onward, facts.onward_for = facts.onward_for, None
    if not facts.onward or not (came or facts.helped):
        return None
    reply = Reply(told_here(facts, language, now) if came else told(facts, language, now))
    if facts.helped and reply.messages:
        reply.messages[-1].choices = more_choices(facts, language)
    elif reply.messages:
        facts.expects = reply.expects = "what"
        reply.messages.append(Message(text=say("pathway.more", language)))
    return reply if reply.messages else None


def _tell_beside(
    reply: Reply, facts: Facts, language: Tongue, now: datetime, before: Facts
) -> None:
    """Tell of the way onwards after the first sentence, and before what is asked."""
    at = 0 if before.greeted else 1
    if at and facts.onward == "part=if_refused":
        key = "pathway.refused.other" if facts.about == "other" else "pathway.refused"
        reply.messages[0].text = say(key, language)
    reply.messages[at:at] = told(facts, language, now)


def _human(facts: Facts, language: Tongue) -> Reply:
    """The gateway knows who is on duty: it says what happens next."""
    return Reply(wants_human=True)


def _opening(facts: Facts, language: Tongue, now: datetime, choice: str | None) -> Reply | None:
    """Answer an opening button: nothing is known yet, but something can be said."""
    if not choice or not choice.startswith("topic="):
        return None
    reply = Reply(messages=[Message(text=say(f"topic.{facts.topic}", language))])
    if facts.topic == "unsure":
        facts.asked.append("what")
        facts.expects = reply.expects = "what"
        reply.messages[0].choices = choices("what", facts, language)
        return reply
    if facts.topic == "home":
        ask(reply, "safe", facts, language)
        return reply
    ask(reply, "what", facts, language)
    return reply


def _misunderstood(facts: Facts, language: Tongue, before: Facts) -> Reply:
    """Once: say so and ask again in other words. Twice: a human or a menu."""
    facts.misunderstood = before.misunderstood + 1
    facts.not_understood = True
    if facts.misunderstood >= MISSES_BEFORE_MENU:
        facts.expects = "what"
        menu = [Choice(label=say("choice.human=yes", language), value="human=yes")]
        menu += choices("what", facts, language)
        return Reply([Message(text=say("misunderstood.menu", language), choices=menu)], "what")
    pending = before.expects or "what"
    facts.expects = pending
    text = say("misunderstood.once", language)
    return Reply([Message(text=text, choices=choices(pending, facts, language))], pending)  # type: ignore[arg-type]


def _put_right(facts: Facts, language: Tongue, now: datetime, before: Facts) -> Reply:
    """They said that the summary was wrong: take the correction, or ask for it once."""
    facts.corrected = True
    if facts.to_json() | {"corrected": False, "expects": None} != before.to_json() | {
        "expects": None
    }:
        return join(
            Reply([Message(text=say("corrected.thanks", language))]), move_on(facts, language, now)
        )
    if "what" in facts.refused:
        return move_on(facts, language, now)
    facts.refused.append("what")
    facts.expects = "what"
    return Reply([Message(text=say("corrected.ask", language))], "what")


def _is_new(reading: dict[str, Any], facts: Facts) -> bool:
    """Say whether a message after help is about something else than before."""
    first = reading["themes"][0] if reading["themes"] else None
    known = {*facts.themes, *facts.also}
    return tells(reading) and first in PROBLEM_THEMES and first not in known


def _after_help(
    facts: Facts,
    language: Tongue,
    now: datetime,
    choice: str | None,
    reading: dict[str, Any] | None,
    before: Facts,
) -> Reply:
    """Help has been offered: other help, another place, or a new thing to talk about."""
    if choice == "more=enough":
        return Reply([Message(text=say("goodbye", language))])
    if choice == "more=other" or (reading and reading["intent"] == "something_else"):
        if not facts.knows("prefers"):
            reply = Reply()
            ask(reply, "prefers", facts, language)
            return reply
        facts.helped = None
        facts.asked = [name for name in facts.asked if name != "what"]
        return Reply([Message(text=say("more.tell", language))], "what")
    if (facts.place, facts.age, facts.prefers) != (before.place, before.age, before.prefers):
        reply = Reply()
        if facts.place != before.place:
            reply.messages.append(Message(text=say("place.changed", language)))
        offer_help(reply, facts, language, now)
        return reply
    if before.expects == "prefers":
        reply = Reply()
        offer_help(reply, facts, language, now)
        return reply
    if reading and _is_new(reading, facts):
        facts.turn_to(list(reading["themes"]), list(reading["themes_also"]))
        facts.weighs = reading["weighs"]
        facts.severity = reading["severity"] or facts.severity
        facts.duration = reading["duration"] or facts.duration
        if set(facts.themes) <= EVERYDAY:
            facts.severity, facts.duration = reading["severity"], reading["duration"]
        facts.greeted = is_light(facts)
        return move_on(facts, language, now)
    return listen(facts, language)
