"""When somebody they know works there: another door, and the lines where nobody knows them."""

from __future__ import annotations

from datetime import datetime

from bot.dialogue.facts import Facts
from bot.dialogue.reply import Reply, join, move_on, offer_help
from bot.texts import say
from bot.turn import Language, Message
from service_catalog.load import NATIONAL, in_service


def take_known(facts: Facts, types: list[str]) -> None:
    """Keep what is to be left out: the named types, or for a mere "der" what was shown here."""
    facts.avoid_types = sorted({*facts.avoid_types, *types})
    if not types:
        facts.avoid = sorted({*facts.avoid, *filter(_is_near, facts.offered)})


def is_new(facts: Facts, before: Facts) -> bool:
    """Say whether the last message shut a door."""
    return (facts.avoid, facts.avoid_types) != (before.avoid, before.avoid_types)


def other_door(facts: Facts, language: Language, now: datetime) -> Reply:
    """Acknowledge it, and go on with what is left: help again, or the next question."""
    first = Reply([Message(text=say("other_door", language))])
    if not facts.helped:
        return join(first, move_on(facts, language, now))
    offer_help(first, facts, language, now)
    return first


def _is_near(public_id: str) -> bool:
    """Say whether this is a door near by, not a line for the whole country."""
    offer = in_service().offer(public_id)
    return offer is not None and (offer.catalog.key != NATIONAL or offer.service.generic)
