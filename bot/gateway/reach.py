"""Who can be reached now, whatever is down here: three numbers fixed in code.

Source: docs and the list of facts checked in November 2026; each answers day and night.
"""

from __future__ import annotations

from bot.texts import say
from bot.turn import Language, Message, ServiceCard

CHECKED = "2026-11-01"


def reach_message(language: Language) -> Message:
    """Return the bubble with the numbers that always answer."""
    return Message(text=say("gateway.reach", language), services=always_open(language))


def always_open(language: Language) -> list[ServiceCard]:
    """Return the cards of 116 111, 116 117 and 113."""
    return [
        _card(
            "nasjonal-alarmtelefonen",
            "Alarmtelefonen for barn og unge",
            "telefon_tjeneste",
            "116 111",
            say("gateway.card.alarmtelefonen", language),
            language,
        ),
        _card(
            "nasjonal-legevakt",
            "Legevakt",
            "legevakt",
            "116 117",
            say("gateway.card.legevakt", language),
            language,
        ),
        _card(
            "nasjonal-113",
            "Medisinsk nødhjelp",
            "nodnummer",
            "113",
            say("gateway.card.113", language),
            language,
        ),
    ]


def _card(
    name: str, title: str, kind: str, phone: str, why: str, language: Language
) -> ServiceCard:
    return ServiceCard(
        id=name,
        name=title,
        type=kind,
        why=why,
        hours=say("gateway.hours.always", language),
        open_now=True,
        phone=phone,
        checked=CHECKED,
    )
