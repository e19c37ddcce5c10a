"""Said of how one can be met: other languages, sign language, an interpreter, video from an age."""

from __future__ import annotations

from collections.abc import Collection
from typing import Optional

from bot.texts import say
from bot.turn import Tongue
from service_catalog.phrases import listing
from service_catalog.schema import Service

SAMI = frozenset({"se", "sma", "smj"})
SIGN = "nsl"


def language_phrases(service: Service, language: Tongue) -> list[str]:
    """Return what is worth knowing for who speaks something else than Norwegian."""
    names = []
    if SAMI & set(service.languages):
        names.append(say("catalog.sami", language))
    if SIGN in service.languages:
        names.append(say("catalog.sign_language", language))
    said = [say("catalog.languages", language, names=listing(names, language))] if names else []
    if service.interpretation_services:
        said.append(say("catalog.interpreter", language))
    return said


def video_phrase(
    service: Service, age: Optional[int], prefers: Collection[str], language: Tongue
) -> Optional[str]:
    """Return from which age one can meet on video, for who wishes it and may be too young."""
    lowest = service.video_minimum_age
    if "video" not in prefers or lowest is None or (age is not None and age >= lowest):
        return None
    return say("catalog.video_from", language, low=lowest)
