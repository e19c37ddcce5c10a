"""The way onwards in the talk: what is told when somebody asks for it, and the buttons for more.

Told from the catalogs (`service_catalog.pathway`, `service_catalog.explained`); nothing here is a
door, so no service is shown with it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, cast, get_args

from bot.dialogue.facts import Facts
from bot.help.levels import settle
from bot.texts import say
from bot.turn import About, Choice, Message, Tongue
from service_catalog.explained import Explained, explain_word
from service_catalog.fit import STALE_AFTER
from service_catalog.load import NATIONAL
from service_catalog.pathway import PathwayPart
from service_catalog.pathway_schema import Note
from service_catalog.pathway_words import Asker, bubbles_of, tell
from service_catalog.places import municipality

PARTS: tuple[str, ...] = get_args(PathwayPart)
# What depends on where one lives, so that it is worth asking for.
LOCAL = frozenset({"steps", "first", "refers", "waiting_time", "while_waiting"})
MORE: tuple[Literal["steps", "while_waiting", "if_refused", "bring"], ...] = (
    "steps",
    "while_waiting",
    "if_refused",
    "bring",
)


def told(facts: Facts, language: Tongue, now: datetime) -> list[Message]:
    """Return what was asked of the way onwards (`facts.onward`); empty when nothing was."""
    name, _, value = (facts.onward or "").partition("=")
    if name == "term":
        found = explain_word(value, facts.place)
        texts = _explanation(found, facts, language, now.date()) if found else []
    elif name == "part" and value in PARTS:
        texts = tell(cast(PathwayPart, value), asker(facts, language, now))
        facts.onward_told = sorted({*facts.onward_told, value})
    else:
        texts = []
    return [Message(text=text) for text in texts]


def told_here(facts: Facts, language: Tongue, now: datetime) -> list[Message]:
    """Tell it again for the place they named; only say so when it has no way of its own."""
    where = municipality(facts.place) if facts.place else None
    if where and asker(facts, language, now).way().own is None:
        return [Message(text=say("pathway.same", language, place=where.name))]
    return told(facts, language, now)


def while_waiting(facts: Facts, language: Tongue, now: datetime) -> list[Message]:
    """Return what to do meanwhile, for who waits for the specialists."""
    if facts.themes[:1] != ["venter_bup"] or {"while_waiting", "if_refused"} & {*facts.onward_told}:
        return []
    return [Message(text=text) for text in tell("while_waiting", asker(facts, language, now))]


def more_choices(facts: Facts, language: Tongue) -> list[Choice]:
    """Return buttons for the rest of the way, and for a human."""
    names = [f"onward={part}" for part in MORE if part not in facts.onward_told]
    return [
        Choice(label=say(f"choice.{name}", language), value=name)
        for name in (*names, "human=yes", "more=enough")
    ]


def is_offered(facts: Facts) -> bool:
    """Say whether "hva skjer videre?" is worth a button beside the help."""
    level = settle(facts).level
    if "venter_bup" in facts.themes or level in ("red", "dark_red"):
        return True
    return level == "orange" and facts.duration == "long"


def wants_place(facts: Facts) -> bool:
    """Say whether to ask where they live, since municipalities have ways of their own."""
    name, _, value = (facts.onward or "").partition("=")
    known = facts.place or facts.place_options or facts.knows("place")
    return name == "part" and value in LOCAL and not known and not facts.helped


def asker(facts: Facts, language: Tongue, now: datetime) -> Asker:
    """Return who asks, as the catalogs want to know it."""
    return Asker(
        now=now,
        place=facts.place,
        age=facts.age,
        level=settle(facts).level if facts.helped else None,
        about=cast(About, facts.about),
        home_danger=facts.home_danger or "no_parents" in facts.prefers,
        language=language,
    )


def _explanation(found: Explained, facts: Facts, language: Tongue, day: date) -> list[str]:
    texts = [found.text.say(language)]
    local = found.catalog.key != NATIONAL
    if local and found.catalog.key != facts.place:
        texts.append(say("pathway.elsewhere", language, place=found.catalog.name))
    if local and day - found.entry.assured_on > STALE_AFTER:
        texts.append(say("catalog.stale", language, year=found.entry.assured_on.year))
    if isinstance(found.entry, Note) and found.entry.kind == "way_of_working":
        texts.append(say("pathway.ask_what_it_means", language))
    return bubbles_of(texts)
