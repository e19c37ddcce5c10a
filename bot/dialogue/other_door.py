"""A door that is shut to them: somebody they know works there, or they don't want it.

There is another door, and there are lines where nobody knows them.
"""

from __future__ import annotations

from datetime import datetime

from bot.dialogue.facts import Facts
from bot.dialogue.reply import Reply, move_on, offer_help
from bot.texts import say
from bot.turn import Message, Tongue
from service_catalog.load import NATIONAL, in_service


def take_known(facts: Facts, types: list[str]) -> None:
    """Keep what is to be left out: the named types, or for a mere "der" what was shown here."""
    facts.avoid_types = sorted({*facts.avoid_types, *types})
    if not types:
        facts.avoid = sorted({*facts.avoid, *filter(_is_near, facts.offered)})


def is_new(facts: Facts, before: Facts) -> bool:
    """Say whether the last message shut a door."""
    return _is_known(facts, before) or facts.unwanted != before.unwanted


def other_door(facts: Facts, before: Facts, language: Tongue, now: datetime) -> Reply:
    """Acknowledge it, and go on with what is left: help again, or the next question."""
    heard = Message(text=say(_words(facts, before), language))
    if facts.helped:
        reply = Reply([heard])
        offer_help(reply, facts, language, now)
    else:
        reply = move_on(facts, language, now)
        reply.messages.insert(0 if before.greeted else 1, heard)
    return reply


def _is_known(facts: Facts, before: Facts) -> bool:
    return (facts.avoid, facts.avoid_types) != (before.avoid, before.avoid_types)


def _words(facts: Facts, before: Facts) -> str:
    if _is_known(facts, before):
        return "other_door"
    new = set(facts.unwanted) - set(before.unwanted)
    return "other_door.barnevern" if "barnevern" in new else "other_door.unwanted"


def _is_near(public_id: str) -> bool:
    """Say whether this is a door near by, not a line for the whole country."""
    offer = in_service().offer(public_id)
    return offer is not None and (offer.catalog.key != NATIONAL or offer.service.generic)
