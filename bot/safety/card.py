"""The emergency card and the last resort: fixed in code, they need no file and no other part."""

from __future__ import annotations

from typing import Any, Optional

from bot.safety.numbers import ALWAYS, BY_NUMBER, cards
from bot.turn import Language, Message, Response, Tongue

CARD: dict[Tongue, str] = {
    "nb": "Fare for liv eller helse: ring 113. Fare fra andre: ring 112. Brann: ring 110. "
    "Legevakt: ring 116 117. Alarmtelefonen for barn og unge: ring 116 111. "
    "Alle svarer hele døgnet. Vi ser ikke hvor du er.",
    "nn": "Fare for liv eller helse: ring 113. Fare frå andre: ring 112. Brann: ring 110. "
    "Legevakt: ring 116 117. Alarmtelefonen for barn og unge: ring 116 111. "
    "Alle svarer heile døgnet. Vi ser ikkje kvar du er.",
    "en": "Danger to life or health: call 113. Danger from others: call 112. Fire: call 110. "
    "Doctor on duty: call 116 117. Help line for young people: call 116 111. "
    "All answer day and night. We cannot see where you are.",
}
# Said when the texts cannot be read or the dialogue itself fails.
LAST_RESORT: dict[Response, dict[Tongue, str]] = {
    "emergency": {
        "nb": "Er liv eller helse i fare, ring 113 nå. Er noen farlig, ring 112 nå. "
        "Legevakt 116 117 og Alarmtelefonen 116 111 svarer hele døgnet. "
        "Dette er en chat, og vi ser ikke hvor du er.",
        "nn": "Er liv eller helse i fare, ring 113 no. Er nokon farleg, ring 112 no. "
        "Legevakt 116 117 og Alarmtelefonen 116 111 svarer heile døgnet. "
        "Dette er ein chat, og vi ser ikkje kvar du er.",
        "en": "Is life or health in danger? Call 113 now. Is someone dangerous? Call 112 now. "
        "The doctor on duty, 116 117, and Alarmtelefonen, 116 111, answer day and night. "
        "This is a chat, and we cannot see where you are.",
    },
    "human": {
        "nb": "Takk for at du sier det. Du skal ikke bære dette alene. Alarmtelefonen 116 111 og "
        "legevakt 116 117 svarer hele døgnet. Blir det farlig, ring 113 eller 112.",
        "nn": "Takk for at du seier det. Du skal ikkje bere dette åleine. Alarmtelefonen 116 111 "
        "og legevakt 116 117 svarer heile døgnet. Blir det farleg, ring 113 eller 112.",
        "en": "Thank you for saying it. You should not carry this alone. Alarmtelefonen, 116 111, "
        "and the doctor on duty, 116 117, answer day and night. In danger, call 113 or 112.",
    },
    "check": {
        "nb": "Takk for at du skriver. Jeg spør rett ut: Er du eller noen andre i fare? "
        "Alarmtelefonen 116 111 svarer hele døgnet.",
        "nn": "Takk for at du skriv. Eg spør rett ut: Er du eller nokon andre i fare? "
        "Alarmtelefonen 116 111 svarer heile døgnet.",
        "en": "Thank you for writing. I will ask you straight: Are you or anyone else in danger? "
        "Alarmtelefonen, 116 111, answers day and night.",
    },
}
_ON_CARD = ("113", "112", "110", "116 117", "116 111")


def emergency_card(language: Language) -> Message:
    """Return the bubble with every number that always answers, for errors and outages."""
    tongue: Tongue = "nn" if language == "nn" else "nb"
    return Message(
        text=CARD[tongue], services=[BY_NUMBER[number].card(tongue) for number in _ON_CARD]
    )


def static_card() -> list[dict[str, Any]]:
    """Return the emergency card as plain data, for pages that are made without the bot.

    Each entry: id, name, number, tel (for a `tel:` link), always, note and hours
    ({"nb", "nn", "en"}), source, last_checked.
    """
    return [
        {
            "id": line.id,
            "name": line.name,
            "number": line.number,
            "tel": line.number.replace(" ", ""),
            "always": line.always,
            "note": dict(line.note),
            "hours": dict(ALWAYS) if line.always else None,
            "source": line.source,
            "last_checked": line.last_checked,
        }
        for line in (BY_NUMBER[number] for number in (*_ON_CARD, "22 59 13 00"))
    ]


def last_resort(response: Response, tongue: Optional[str]) -> Message:
    """Return a fixed answer that needs nothing but this module."""
    known: Tongue = "en" if tongue == "en" else "nn" if tongue == "nn" else "nb"
    text = LAST_RESORT[response][known]
    return Message(text=text, services=cards(text, known))
