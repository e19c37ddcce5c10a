"""Replies that a nurse can choose: put into her text field, where she changes them and sends.

The words lie in `bot/texts/canned.yml`, in both written forms and each with its review.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.handoff.case import Case, Person
from bot.texts import say
from bot.turn import Language

# In the order in which they are needed. The title is for staff.
TITLES = {
    "present": "Presenter deg (taushetsplikt)",
    "here": "Jeg er her",
    "reading": "Jeg leser",
    "thanks": "Takk for at du forteller",
    "safe": "Er du trygg nå?",
    "where": "Akutt: hvor, og hvilket nummer",
    "calling": "Akutt: jeg ringer etter hjelp",
    "next": "Veien videre",
    "goodbye": "Avslutning",
}
# More would make the sentence too long to be plain.
MOST = 3
SETTLED = ("talk", "safe", "meeting", "doctor", "adult", "school", "body")


@dataclass(frozen=True)
class Canned:
    """One reply in both written forms."""

    name: str
    title: str
    nb: str
    nn: str

    def words(self, language: str) -> str:
        """Return the reply in a written form."""
        return self.nn if language == "nn" else self.nb


def canned(case: Case, person: Person) -> list[Canned]:
    """Return the replies for a case, with who writes filled in."""
    return [
        Canned(name, title, _words(name, "nb", case, person), _words(name, "nn", case, person))
        for name, title in TITLES.items()
    ]


def settled_choices(language: Language) -> list[tuple[str, str]]:
    """Return what can be said to be settled: names, and the words that the youth will read."""
    return [(name, say(f"settled.{name}", language)) for name in SETTLED]


def _words(name: str, language: Language, case: Case, person: Person) -> str:
    role = say(f"handoff.role.{person.role}", language)
    place = case.unit.place
    return say(f"canned.{name}", language, name=person.name, role=role, place=place)
