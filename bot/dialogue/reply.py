"""The words for the next step: mirror, question, confirmation, help."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.dialogue.facts import Facts
from bot.dialogue.onward import is_offered, while_waiting
from bot.dialogue.plan import Step, next_step, safety_flag
from bot.help.levels import settle
from bot.texts import all_texts, say
from bot.turn import Choice, Expects, Help, Message, Tongue
from service_catalog.find import Bookable, Found, Query, bookable, find
from service_catalog.places import municipality

CHOICES: dict[str, tuple[str, ...]] = {
    "what": ("theme=stress", "theme=trist", "theme=ensom", "theme=familie", "theme=kjaerlighet"),
    "impact": ("severity=mild", "severity=moderate", "severity=severe"),
    "impact_detail": ("severity=mild", "severity=moderate", "severity=severe"),
    "duration": ("duration=short", "duration=long", "duration=skip"),
    "place": ("place=skip",),
    "age": ("age=skip",),
    "prefers": ("prefers=meet", "prefers=phone", "prefers=chat", "prefers=skip"),
    "safe": ("safe=no", "safe=yes", "safe=unclear"),
    "confirm": ("confirm=yes", "confirm=no"),
}


@dataclass
class Reply:
    """What the dialogue says in one turn."""

    messages: list[Message] = field(default_factory=list)
    expects: Expects | None = None
    help: Help | None = None
    wants_human: bool = False
    gap: bool = False  # the municipality has nothing at the level that was asked for

    def to_json(self, facts: Facts) -> dict[str, Any]:
        """Return the engine's answer with the facts to keep."""
        return {
            "messages": [message.dict(by_alias=True) for message in self.messages],
            "expects": self.expects,
            "understood": facts.understood().dict(),
            "help": self.help.dict() if self.help else None,
            "wants_human": self.wants_human,
            "gap": self.gap,
            "facts": facts.to_json(),
        }


def move_on(facts: Facts, language: Tongue, now: datetime) -> Reply:
    """Take the next step: mirror once, then one question or the help itself."""
    reply = Reply()
    step = next_step(facts)
    if not facts.greeted and facts.themes:
        reply.messages.append(Message(text=mirror(facts, language)))
        facts.greeted = True
    if step == "help":
        offer_help(reply, facts, language, now)
    else:
        ask(reply, step, facts, language)
    return reply


def join(first: Reply, then: Reply) -> Reply:
    """Return `then` with the messages of `first` before its own."""
    then.messages = first.messages + then.messages
    return then


def mirror(facts: Facts, language: Tongue) -> str:
    """Return one sentence that shows what was heard, and one thing that can be used."""
    theme = facts.themes[0]
    parts = [_first(f"mirror.{theme}.{facts.about}", f"mirror.{theme}.self", "mirror.other")]
    parts.append(_first(f"tip.{theme}.{facts.about}", f"tip.{theme}.self", "tip.other"))
    return " ".join(say(key, language) for key in parts)


def ask(reply: Reply, step: Step, facts: Facts, language: Tongue) -> None:
    """Put one question into `reply` and remember that it was asked."""
    assert step != "help"
    facts.asked.append(step)
    facts.expects = step
    reply.expects = step
    if step == "confirm":
        text = summary(facts, language)
    elif step == "safe":
        flag = safety_flag(facts)
        text = say(_first(f"ask.safe.{flag}.{facts.about}", f"ask.safe.{flag}.self"), language)
    else:
        text = say(_first(f"ask.{step}.{facts.about}", f"ask.{step}"), language)
    reply.messages.append(Message(text=text, choices=choices(step, facts, language)))


def choices(step: Step, facts: Facts, language: Tongue) -> list[Choice]:
    """Return the buttons that go with a question."""
    if step == "place_which":
        return [_place_choice(option) for option in facts.place_options[:6]]
    names = CHOICES.get(step, ())
    flag = safety_flag(facts) if step == "safe" else ""
    return [
        Choice(label=say(_first(f"choice.{name}.{flag}", f"choice.{name}"), language), value=name)
        for name in names
    ]


def summary(facts: Facts, language: Tongue) -> str:
    """Say what was understood, in the youth's own words where there are any."""
    lines = [say("summary.opening", language)]
    refused = "if_refused" in facts.onward_told and facts.themes[0] == "venter_bup"
    lines.append(
        say(
            "summary.refused"
            if refused
            else _first(
                f"summary.{facts.themes[0]}.{facts.about}",
                f"summary.{facts.themes[0]}.self",
                "summary.other",
            ),
            language,
        )
    )
    for name in ("duration", "severity"):
        value, words = getattr(facts, name), getattr(facts, f"{name}_words")
        if value and words:
            lines.append(say(f"summary.{name}.words", language, words=words.strip()))
        elif value:
            lines.append(
                say(
                    _first(f"summary.{name}.{value}.{facts.about}", f"summary.{name}.{value}"),
                    language,
                )
            )
    if facts.place:
        lines.append(
            say(
                _first(f"summary.place.{facts.about}", "summary.place"),
                language,
                place=place_name(facts),
            )
        )
    lines.append(say("summary.question", language))
    return " ".join(lines)


def offer_help(reply: Reply, facts: Facts, language: Tongue, now: datetime) -> None:
    """Put the services that fit into `reply`, honest about what does not exist."""
    settled = settle(facts)
    found = search(facts, language, now)
    reply.gap = found.gap
    reply.help = Help(
        level=settled.level, why=list(settled.why), services=[m.card.id for m in found.matches]
    )
    cards = [match.card for match in found.matches]
    intro = say(_first(f"help.{settled.level}.{facts.about}", f"help.{settled.level}"), language)
    reply.messages.append(Message(text=intro, services=cards))
    reply.messages += [Message(text=sentence) for sentence in found.honest]
    reply.messages += while_waiting(facts, language, now)
    reply.messages.append(
        Message(text=say("help.next", language), choices=_after_help(facts, language, now))
    )
    facts.helped = settled.level
    facts.offered = sorted({*facts.offered, *reply.help.services})


def search(facts: Facts, language: Tongue, now: datetime) -> Found:
    """Ask the catalog for what fits."""
    return find(query_of(facts, language, now))


def query_of(facts: Facts, language: Tongue, now: datetime) -> Query:
    """Return what the catalog is asked."""
    prefers = set(facts.prefers) | ({"no_parents"} if facts.home_danger else set())
    if facts.avoid or facts.avoid_types:
        prefers.add("anonymous")
    return Query(
        place=facts.place,
        bydel=facts.bydel,
        level=settle(facts).level,
        themes=tuple(facts.themes),
        age=facts.age,
        prefers=frozenset(prefers),
        home_danger=facts.home_danger,
        language=language,
        now=now,
        exclude=frozenset(facts.avoid),
        exclude_types=frozenset([*facts.avoid_types, *facts.unwanted]),
    )


def bookable_for(facts: Facts, now: datetime) -> Bookable | None:
    """Return where they can book a time, or cancel: not where somebody they know works or
    what they turned down, unless a time is booked there already."""
    booked = bool(facts.booking.get("booked"))
    return bookable(
        facts.place,
        facts.age,
        facts.offered,
        now,
        exclude=() if booked else facts.avoid,
        exclude_types=() if booked else [*facts.avoid_types, *facts.unwanted],
    )


def place_name(facts: Facts) -> str:
    """Return the name of the place that is known, for reading aloud."""
    found = municipality(facts.place) if facts.place else None
    name = found.name if found else ""
    return f"{facts.bydel} i {name}" if facts.bydel else name


def _after_help(facts: Facts, language: Tongue, now: datetime) -> list[Choice]:
    names = ["human=yes", "more=other", "more=enough"]
    if bookable_for(facts, now):
        names.insert(0, "times=show")
    if is_offered(facts):
        names.insert(-2, "onward=steps")
    return [Choice(label=say(f"choice.{name}", language), value=name) for name in names]


def _place_choice(option: dict[str, Any]) -> Choice:
    bydel = option.get("bydel")
    where = municipality(option["number"])
    county = f" ({where.county})" if where and not bydel else ""
    if bydel:
        return Choice(label=f"{bydel}, {option['name']}", value=f"bydel={option['number']}/{bydel}")
    return Choice(label=f"{option['name']}{county}", value=f"place={option['number']}")


def _first(*keys: str) -> str:
    """Return the first of `keys` that has a text; the last one must."""
    texts = all_texts()
    return next((key for key in keys if key in texts), keys[-1])
