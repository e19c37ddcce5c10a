"""What must be said beside the services: what we don't know, what does not exist, what is old."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts import say
from service_catalog.fit import (
    ADULT,
    GRAVE,
    Candidate,
    chat_may_be_open,
    is_stale,
    likely_shut,
    may_show,
)
from service_catalog.hours import in_oslo
from service_catalog.load import NATIONAL, Catalogs, Offer
from service_catalog.municipalities import municipality
from service_catalog.phrases import listing
from service_catalog.query import Query


def honest_words(
    query: Query, catalogs: Catalogs, chosen: Sequence[Candidate], gap: bool
) -> list[str]:
    """Return the sentences that must be said with `chosen`, most important first."""
    language = query.language
    words: list[str] = []
    where = municipality(query.place) if query.place else None
    catalog = catalogs.of(query.place)
    if not chosen:
        old = _old_names(query, catalogs, where.name) if where and gap else []
        return [*old, *_nothing(query, catalogs), *_no_chat(query, catalogs, chosen)]
    if where is None:
        words.append(say("catalog.no_place", language))
    elif catalog is None:
        words.append(say("catalog.no_list", language, place=where.name))
        words.append(say("catalog.no_list_find", language))
    elif gap:
        old = _old_names(query, catalogs, where.name)
        words += old or [say("catalog.gap", language, place=where.name)]
        words.append(catalog.find_more.say(language))
    elif any(one.stale for one in chosen):
        year = min(one.service.assured_on.year for one in chosen if one.stale)
        words.append(say("catalog.old_list", language, place=where.name, year=year))
        words.append(catalog.find_more.say(language))
    words += _no_chat(query, catalogs, chosen)
    return words


def _nothing(query: Query, catalogs: Catalogs) -> list[str]:
    """Say that nothing fits, who answers all the same, and where to look."""
    adult = query.age is not None and query.age >= ADULT
    line = say("catalog.nothing.adult" if adult else "catalog.nothing", query.language)
    catalog = catalogs.of(query.place)
    look = say("catalog.no_list_find", query.language)
    return [line, catalog.find_more.say(query.language) if catalog else look]


def _old_names(query: Query, catalogs: Catalogs, place: str) -> list[str]:
    """Name what once existed: not as a door, but as something one can ask about."""
    if query.level not in GRAVE:
        return []
    day = in_oslo(query.now).date()
    old = [
        offer
        for offer in catalogs.offers(query.place)
        if query.level in offer.service.levels
        and is_stale(offer.service, day)
        and may_show(offer, query, day)
    ]
    if not old:
        return []
    each = [offer.service.name.say(query.language) for offer in old]
    names = listing(each, query.language, "catalog.list_and")
    year = min(offer.service.assured_on.year for offer in old)
    return [say("catalog.old_names", query.language, year=year, names=names, place=place)]


def _no_chat(query: Query, catalogs: Catalogs, chosen: Sequence[Candidate]) -> list[str]:
    """For who wants to chat when the chats are shut: say so, and which to try later."""
    if "chat" not in query.prefers:
        return []
    if any(chat_may_be_open(one.offer, query.now) for one in chosen):
        return []
    words = [say("catalog.no_chat_now", query.language)]
    for offer in catalogs.offers(NATIONAL):
        times = offer.service.usual_times
        if times is not None and _opens_later(offer, query):
            name = offer.service.name.say(query.language)
            later = times.say(query.language)
            return [*words, say("catalog.chat_later", query.language, name=name, times=later)]
    return words


def _opens_later(offer: Offer, query: Query) -> bool:
    service = offer.service
    if service.chat is None or service.specialised or not service.fits_age(query.age):
        return False
    return query.level in service.levels and likely_shut(offer, query.now)
