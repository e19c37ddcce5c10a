"""`/personvern`: what is kept, for how long and who reads it, in plain words, from the settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional
from urllib.parse import urlencode

from bot.handoff.duty import Duty
from bot.keeping import Times, own_terms
from bot.texts import say
from bot.turn import Language


@dataclass(frozen=True)
class Part:
    """A heading and the paragraphs below it."""

    title: str
    texts: list[str]


def parts(language: Language, municipality: Optional[str], times: Times) -> Iterator[Part]:
    """Yield what the page says, with the times that hold in a municipality (None: everywhere)."""
    hours = times.keep.chat_in(municipality, times.chat_hours * 3600) // 3600
    closed = times.keep.closed_in(municipality or "") // 86400
    filled = {
        "hours": hours,
        "closed": closed,
        "open": times.open_days,
        "audit": times.audit_days,
        "minutes": times.resume_minutes,
    }
    chapters = {
        "chat": ("kept", "deleted", "tab"),
        "who": ("machine", "duty", "told", "device"),
        "case": ("kept", "deleted", "acute", "journal", "staff"),
        "rest": ("counted", "nobody"),
    }
    for name, lines in chapters.items():
        texts = [say(f"privacy.{name}.{line}", language, **filled) for line in lines]
        yield Part(say(f"privacy.{name}.title", language), texts)
    duty = Duty.load()
    for number, own_hours, own_closed, reason in own_terms(times):
        if municipality in (None, number):
            why = reason.rstrip(".")
            own = say("privacy.place.own", language, hours=own_hours, closed=own_closed, reason=why)
            yield Part(say("privacy.place.title", language, place=duty.place(number)), [own])


def words(language: Language, municipality: Optional[str], leave_url: str) -> dict[str, object]:
    """Return what the template needs."""
    place = {"municipality": municipality} if municipality else {}
    other = "nb" if language == "nn" else "nn"
    return {
        "language": language,
        "title": say("privacy.title", language),
        "intro": say("privacy.intro", language),
        "back": say("privacy.back", language),
        "other": say("privacy.other", language),
        "leave": say("page.leave", language),
        "leave_url": leave_url,
        "query": urlencode({"language": language, **place}),
        "other_query": urlencode({"language": other, **place}),
        "parts": list(parts(language, municipality, Times.load())),
    }
