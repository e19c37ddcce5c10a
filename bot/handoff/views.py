"""How a case looks to staff: words for codes, times in Norway, masked texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Optional
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.handoff import steps
from bot.handoff.case import Case, Outcome, Reason
from bot.handoff.contents import Entry
from bot.handoff.marking import Piece, pieces
from bot.handoff.masking import mask
from bot.turn import Message, ServiceCard
from service_catalog.coverage.pages import TEMPLATES as COVERAGE_TEMPLATES
from service_catalog.places import municipality

NORWAY = ZoneInfo("Europe/Oslo")
URGENCY = {
    "acute": "Akutt",
    "serious": "Alvorlig",
    "uncertain": "Usikkert tegn",
    "topic": "Tema",
    "none": "Vil snakke med et menneske",
}
FLAG = {
    "suicide": "selvmord",
    "self_harm": "selvskading",
    "overdose": "overdose",
    "violence": "vold",
    "sexual_abuse": "seksuelle overgrep",
    "psychosis": "psykose",
    "medical": "medisinsk fare",
    "harm_others": "fare for andre",
    "unsafe_home": "utrygt hjemme",
}
STATE = {
    "waiting": "Venter",
    "claimed": "Tatt",
    "answered": "Besvart",
    "transferred": "Overført, venter på å bli tatt",
    "handed_back": "Gitt tilbake til boten",
    "closed": "Avsluttet",
}
OUTCOME: dict[Outcome, str] = {
    "reached": "Fikk snakket med ungdommen",
    "referred": "Vist videre til annen hjelp",
    "emergency": "Nødetat er varslet",
    "no_answer": "Fikk ikke svar",
    "false_alarm": "Falsk alarm",
}
ROLE = {"helsesykepleier": "helsesykepleier", "psykolog": "psykolog", "lege": "lege"}
DONE_WORDS = {
    "claim": "{name} tok saken",
    "answer": "{name} skrev første gang",
    "transfer": "{name} overførte saken",
    "hand_back": "{name} ga samtalen tilbake til boten",
    "close": "{name} avsluttet saken",
    "asked_where": "{name} spurte hvor ungdommen er, og på hvilket nummer",
    "called_113": "{name} ringte 113",
    "called_112": "{name} ringte 112",
    "called_backup": "{name} ringte bakvakta",
    "called_guardian": "{name} ringte foresatt eller voksen på stedet",
}
CHANNEL = {"webhook": "webhook", "email": "e-post"}
WHO = {"bot": "Bot", "human": "Helsepersonell", "youth": "Ungdom", "system": "System"}
_SEVERITY = {"mild": "lett", "moderate": "middels", "severe": "sterkt"}
_DURATION = {"short": "kort tid", "long": "lenge"}

_pages = Environment(
    loader=FileSystemLoader([Path(__file__).with_name("templates"), COVERAGE_TEMPLATES]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Line:
    """One message of a transcript as this person may read it."""

    who: str
    kind: str
    at: str
    text: list[Piece]
    services: list[str]


@dataclass(frozen=True)
class Shown:
    """A case as this person may see it: `mine` decides on places and numbers."""

    case: Case
    mine: bool
    names: bool = False

    def text(self, text: str) -> str:
        """Return a text as masked as it must be."""
        return text if self.mine and self.names else mask(text, keep_contact=self.mine)

    @property
    def title(self) -> str:
        """The short name by which two nurses can speak of a case."""
        return self.case.id[:4].upper()

    @property
    def urgency(self) -> str:
        return URGENCY[self.case.urgency]

    @property
    def state(self) -> str:
        return STATE[self.case.state]

    @property
    def flags(self) -> list[str]:
        found = [FLAG[reason.flag] for reason in self.case.reasons if reason.flag]
        return list(dict.fromkeys(found))

    @property
    def age(self) -> str:
        since = self.case.waiting_since if self.case.waits else self.case.opened_at
        return how_long(since)

    @property
    def handed_over(self) -> str:
        """Who handed a case over that now waits, to whom and when; empty when nobody did."""
        if self.case.state != "transferred":
            return ""
        last = self.case.transfers[-1]
        to = last.to.name if last.to else f"vakta i {last.unit.place}"
        return f"{last.by.name} overførte den til {to} kl. {clock_time(last.at)}"

    @property
    def reasons(self) -> list[tuple[Reason, str, list[str]]]:
        """Each reason, what it is in words, and the youth's words behind it."""
        return [
            (
                reason,
                f"{URGENCY[reason.urgency]}: {FLAG[reason.flag]}"
                if reason.flag
                else URGENCY["none"],
                [self.text(word) for sign in reason.evidence for word in sign.words],
            )
            for reason in self.case.reasons
        ]

    @property
    def understood(self) -> list[tuple[str, str]]:
        """What the bot understood, as pairs of label and words."""
        about = self.case.understood
        themes = ", ".join(str(one).replace("_", " ") for one in about.get("themes") or ())
        pairs: list[tuple[str, Any]] = [
            ("Tema", themes),
            ("Gjelder", "noen andre" if about.get("about") == "other" else "seg selv"),
            ("Preger hverdagen", _SEVERITY.get(about.get("severity") or "")),
            ("Har vart", _DURATION.get(about.get("duration") or "")),
            ("Alder", about.get("age")),
            ("Kommune", place_name(about.get("place") or self.case.municipality)),
            ("Målform", "nynorsk" if self.case.language == "nn" else "bokmål"),
        ]
        hidden = {"Kommune"} if not self.mine else set()
        return [(name, str(value)) for name, value in pairs if value and name not in hidden]

    @property
    def done(self) -> list[tuple[str, str]]:
        """What was done with the case, as pairs of time and words."""
        return [(clock_time(one.at), done_words(one)) for one in self.case.done]

    @property
    def notes(self) -> list[tuple[str, str, str]]:
        """The private notes: when, by whom, and the text as masked as it must be."""
        return [(clock_time(one.at), one.name, self.text(one.text)) for one in self.case.notes]

    def lines(self, messages: Iterable[Message]) -> list[Line]:
        """Return a transcript as this person may read it."""
        evidence = [
            word for reason in self.case.reasons for sign in reason.evidence for word in sign.words
        ]
        return [
            Line(
                who=WHO[message.from_],
                kind=message.from_,
                at=clock_time(message.at),
                # What the system says holds no name but those of staff.
                text=pieces(
                    message.text if message.from_ == "system" else self.text(message.text),
                    evidence if message.from_ == "youth" else (),
                ),
                services=[service_name(card) for card in message.services],
            )
            for message in messages
        ]


def render(name: str, **values: Any) -> str:
    """Return a page, or a part of one, as HTML."""
    return _pages.get_template(name).render(**values)


def service_name(card: ServiceCard) -> str:
    """Return a service in one line."""
    return " · ".join(part for part in (card.name, card.phone, card.hours) if part)


def place_name(number: Optional[str]) -> Optional[str]:
    """Return the name of a municipality."""
    found = municipality(number) if number else None
    return found.name if found else number


def done_words(entry: Entry) -> str:
    """Return what was done with a case in words, and by whom."""
    return DONE_WORDS.get(entry.what, "{name}: " + entry.what).format(name=entry.name)


def full_time(at: str) -> str:
    """Return a time of ours as a day and a clock in Norway."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        return at
    return moment.astimezone(NORWAY).strftime("%d.%m.%Y %H:%M")


def how_long(at: str) -> str:
    """Return how long ago something was: "under 1 min", "4 min", "2 t 5 min", "3 d"."""
    return span(int(steps.age(at).total_seconds()))


def span(seconds: int) -> str:
    """Return a time as words: "under 1 min", "4 min", "2 t 5 min", "3 d"."""
    minutes = seconds // 60
    if minutes < 1:
        return "under 1 min"
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} t {minutes % 60} min" if hours < 24 else f"{hours // 24} d"


def clock_time(at: str) -> str:
    """Return a time of ours as a clock in Norway shows it, with the day when it is not today."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(NORWAY)
    except ValueError:
        return ""
    same_day = moment.date() == datetime.now(NORWAY).date()
    return moment.strftime("%H:%M" if same_day else "%d.%m. %H:%M")


_pages.filters["clock"] = clock_time
_pages.filters["how_long"] = how_long
_pages.filters["span"] = span
_pages.globals["OUTCOME"] = OUTCOME
