"""Makes the card a young person sees: the service, and why it is shown, in plain words."""

from __future__ import annotations

from typing import Optional

from bot.texts import say
from bot.turn import ServiceCard, Tongue
from service_catalog.access_words import language_phrases, video_phrase
from service_catalog.fit import Candidate, is_first_door
from service_catalog.hours import in_oslo
from service_catalog.phrases import age_phrase, listing, open_phrase, sentence, week_phrase
from service_catalog.query import Match, Query
from service_catalog.reasons import hours_unknown, reasons
from service_catalog.schema import Service
from service_catalog.values import fill_settings

MAX_WHY = 300


def match(one: Candidate, query: Query) -> Match:
    """Return `one` as it is shown. Addresses of confidential services stay out."""
    service, language = one.service, query.language
    shown_hours = one.offer.hours if service.confidence == "verified" else None
    card = ServiceCard.construct(  # all of it was checked when the catalog was read
        id=one.offer.id,
        name=service.name.say(language),
        type=service.type,
        why=why(one, query),
        hours=week_phrase(shown_hours, query.now, language) if shown_hours else None,
        open_now=one.open_now,
        phone=service.phones[0].number if service.phones else None,
        url=service.url or (service.chat.url if service.chat else None),
        checked=service.assured_date,
        fictional=one.offer.fictional,
    )
    return Match(
        card=card,
        step=one.step,
        description=service.description.say(language),
        anonymity=service.anonymity.say(language),
        address=None if service.confidential else _address(one),
        booking=fill_settings(service.booking_endpoint) if service.booking_endpoint else None,
        stale=one.stale,
        first_door=is_first_door(one),
    )


def why(one: Candidate, query: Query) -> str:
    """Return why it is shown, what happens there, and what one must know before one goes."""
    service, language = one.service, query.language
    found = [sentence(_way_in(one, query))]
    needed = _warnings(one, query)
    texts = (service.application_process, service.description)
    told = [text.say(language) for text in texts if text]
    for text in (*told, *reasons(service, query), *language_phrases(service, language)):
        if text not in found and len(" ".join([*found, text, *needed])) <= MAX_WHY:
            found.append(text)
    return " ".join(found + needed)


def _way_in(one: Candidate, query: Query) -> str:
    """Return "åpent til 20 i dag, og du trenger ikke time"."""
    language = query.language
    access = _access(one.service, language)
    hours = one.offer.hours if one.service.confidence == "verified" else None
    if hours and hours.always_open and "phone" in one.service.attending_types:
        return say("catalog.call_always", language)
    opening = open_phrase(hours, query.now, language) if hours else None
    if opening is None:
        return access
    return say("catalog.and", language, first=opening, second=access)


def _access(service: Service, language: Tongue) -> str:
    way = next(
        (way for way in ("drop_in", "contact", "booking") if way in service.who_may_come), None
    )
    if way is not None:
        return say(f"catalog.access_{way}", language)
    if "referral" in service.who_may_come:
        names = [say(f"type.{name}", language) for name in service.referral_by]
        return say("catalog.access_referral", language, who=listing(names, language))
    if service.application_process:
        return service.application_process.say(language)
    return say("catalog.access_unknown", language)


def _warnings(one: Candidate, query: Query) -> list[str]:
    service, language = one.service, query.language
    day = in_oslo(query.now).date()
    alerts = [alert for alert in service.alerts if alert.holds(day)]
    told: list[Optional[str]] = [alert.text.say(language) for alert in alerts]
    told.append(age_phrase(service, query.age, language))
    if service.districts and not query.bydel:
        names = listing(service.districts, language)
        told.append(say("catalog.for_district", language, district=names))
    told.append(_chat_times(one, query))
    told.append(video_phrase(service, query.age, set(query.prefers), language))
    told.append(None if one.stale else hours_unknown(service, language))
    if service.confidential:
        told.append(say("catalog.confidential", language))
    if one.stale:
        told.append(say("catalog.stale", language, year=service.assured_on.year))
    return [text for text in told if text]


def _chat_times(one: Candidate, query: Query) -> Optional[str]:
    """Return when the chat or line is open as far as anybody knows."""
    service, language = one.service, query.language
    if service.usual_times:
        return service.usual_times.say(language)
    if service.chat is None:
        return None
    asked = "chat" in query.prefers or service.type == "chat_tjeneste"
    if service.chat.times:
        return service.chat.times.say(language) if asked else None
    # The hours of a service with a telephone are those of the telephone.
    known = one.offer.hours is not None and "phone" not in service.attending_types
    return None if known or not asked else say("catalog.chat_unknown", language)


def _address(one: Candidate) -> Optional[str]:
    wanted = one.service.location_ids
    places = [place for place in one.offer.catalog.locations if place.id in wanted]
    return next((place.address for place in places if place.address), None)
