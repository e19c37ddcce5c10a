"""The numbers that save lives, fixed in code so that they work with everything else down.

Every entry was checked against the source beside it on `LAST_CHECKED`; whoever
deploys the bot checks them again (docs/before-live.md). Lines whose hours are not
verified carry none and are never said to be open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.turn import Flag, ServiceCard, Tongue

LAST_CHECKED = "2026-11-01"
ALWAYS: dict[Tongue, str] = {"nb": "Hele døgnet", "nn": "Heile døgnet", "en": "Day and night"}


@dataclass(frozen=True)
class Line:
    """One number. `always` = answers day and night (verified); `note` says who it is for."""

    id: str
    name: str
    number: str
    type: str
    always: bool
    note: dict[Tongue, str]
    source: str
    last_checked: str = LAST_CHECKED

    def card(self, tongue: Tongue) -> ServiceCard:
        """Return the number as a card that can be called with a tap."""
        return ServiceCard(
            id=self.id,
            name=self.name,
            type=self.type,
            why=self.note[tongue],
            hours=ALWAYS[tongue] if self.always else None,
            open_now=True if self.always else None,
            phone=self.number,
            checked=self.last_checked,
        )


LINES: tuple[Line, ...] = (
    Line(
        "nasjonal-113",
        "Medisinsk nødhjelp",
        "113",
        "nodnummer",
        True,
        {
            "nb": "Når liv eller helse er i fare. 113 ser som regel hvem som ringer, og hvorfra.",
            "nn": "Når liv eller helse er i fare. 113 ser som regel kven som ringjer, og kvarfrå.",
            "en": "When life or health is in danger. 113 usually sees who calls, and from where.",
        },
        "https://www.helsenorge.no",
    ),
    Line(
        "nasjonal-112",
        "Politi",
        "112",
        "nodnummer",
        True,
        {
            "nb": "Når noen er i fare nå. 112 ser som regel hvem som ringer, og hvorfra.",
            "nn": "Når nokon er i fare no. 112 ser som regel kven som ringjer, og kvarfrå.",
            "en": "When someone is in danger now. 112 usually sees who calls, and from where.",
        },
        "https://www.politiet.no",
    ),
    Line(
        "nasjonal-110",
        "Brann",
        "110",
        "nodnummer",
        True,
        {"nb": "Når det brenner.", "nn": "Når det brenn.", "en": "When there is a fire."},
        "https://www.dsb.no",
    ),
    Line(
        "nasjonal-legevakt",
        "Legevakt",
        "116 117",
        "legevakt",
        True,
        {
            "nb": "Når du trenger lege og ikke kan vente. Gratis å ringe.",
            "nn": "Når du treng lege og ikkje kan vente. Gratis å ringje.",
            "en": "When you need a doctor and cannot wait. Free to call.",
        },
        "https://www.helsenorge.no",
    ),
    Line(
        "nasjonal-alarmtelefonen",
        "Alarmtelefonen for barn og unge",
        "116 111",
        "telefon_tjeneste",
        True,
        {
            "nb": "Gratis. Du kan la være å si navnet ditt. De skriver ned det som blir sagt, "
            "og henter hjelp når det trengs.",
            "nn": "Gratis. Du kan la vere å seie namnet ditt. Dei skriv ned det som blir sagt, "
            "og hentar hjelp når det trengst.",
            "en": "Free. You need not say your name. They write down what is said, "
            "and send help when it is needed.",
        },
        "https://www.116111.no/omalarmtelefonen",
    ),
    Line(
        "nasjonal-giftinformasjonen",
        "Giftinformasjonen",
        "22 59 13 00",
        "telefon_tjeneste",
        True,
        {
            "nb": "Når du har fått i deg noe farlig. Samtalen blir tatt opp.",
            "nn": "Når du har fått i deg noko farleg. Samtalen blir teken opp.",
            "en": "When you have taken something dangerous. The call is recorded.",
        },
        "https://www.helsenorge.no/giftinformasjon/om/",
    ),
    Line(
        "nasjonal-mental-helse",
        "Mental Helse",
        "116 123",
        "telefon_tjeneste",
        True,
        {
            "nb": "Noen å snakke med, for alle. Gratis, og du kan være anonym.",
            "nn": "Nokon å snakke med, for alle. Gratis, og du kan vere anonym.",
            "en": "Someone to talk to, at any age. Free, and you can be anonymous.",
        },
        "https://mentalhelse.no",
    ),
    Line(
        "nasjonal-vo-linjen",
        "Vold- og overgrepslinjen",
        "116 006",
        "telefon_tjeneste",
        True,
        {
            "nb": "For deg som er 18 eller eldre, når noen skader deg. Gratis og anonymt.",
            "nn": "For deg som er 18 eller eldre, når nokon skadar deg. Gratis og anonymt.",
            "en": "For you who are 18 or older, when someone hurts you. Free and anonymous.",
        },
        "https://volinjen.no",
    ),
    Line(
        "nasjonal-politi-02800",
        "Politi, når det ikke haster",
        "02800",
        "telefon_tjeneste",
        False,
        {
            "nb": "Når du vil snakke med politiet og det ikke haster.",
            "nn": "Når du vil snakke med politiet og det ikkje hastar.",
            "en": "When you want to talk to the police and it is not urgent.",
        },
        "https://www.politiet.no",
    ),
    Line(
        "nasjonal-rode-kors-tvang",
        "Røde Kors-telefonen om tvangsekteskap",
        "815 55 201",
        "telefon_tjeneste",
        False,
        {
            "nb": "Når andre vil styre livet ditt. Du kan være anonym.",
            "nn": "Når andre vil styre livet ditt. Du kan vere anonym.",
            "en": "When others want to control your life. You can be anonymous.",
        },
        "https://www.rodekors.no",
    ),
)
BY_NUMBER = {line.number: line for line in LINES}

# The number to call first when life or safety is at stake now.
FIRST: dict[Flag, str] = {
    "medical": "113",
    "overdose": "113",
    "suicide": "113",
    "psychosis": "113",
    "self_harm": "113",
    "violence": "112",
    "sexual_abuse": "112",
    "harm_others": "112",
    "unsafe_home": "112",
}
# All that fit a flag, the most urgent first.
DOORS: dict[Flag, tuple[str, ...]] = {
    "medical": ("113",),
    "overdose": ("113", "22 59 13 00"),
    "suicide": ("113", "116 117", "116 111", "116 123"),
    "psychosis": ("113", "116 117"),
    "self_harm": ("113", "116 117", "116 111"),
    "violence": ("112", "116 111", "02800"),
    "sexual_abuse": ("112", "116 117", "116 111"),
    "harm_others": ("112",),
    "unsafe_home": ("112", "116 111"),
}
# How a line is called in the middle of a sentence.
CALLED: dict[str, str] = {
    "116 111": "Alarmtelefonen 116 111",
    "116 123": "Mental Helse 116 123",
    "116 006": "Vold- og overgrepslinjen 116 006",
    "116 117": "Legevakt 116 117",
}
_NUMBER = re.compile(r"(?<!\d)(?:" + "|".join(map(re.escape, BY_NUMBER)) + r")(?![\d])")


def cards(text: str, tongue: Tongue, at_most: int = 3) -> list[ServiceCard]:
    """Return cards for the numbers that `text` names, in its order."""
    named = list(dict.fromkeys(_NUMBER.findall(text)))
    return [BY_NUMBER[number].card(tongue) for number in named[:at_most]]
