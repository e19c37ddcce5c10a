"""The words of the safety answers: which sentences, for whom, in which tongue.

The sentences lie in `bot/texts/safety.yml`, read once when the module is loaded.
Keys go from the narrow to the wide: flag.variant.about, then flag.about.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, Optional

import yaml

from bot.safety.numbers import CALLED, FIRST, cards
from bot.safety.voice import HOME_FLAGS, Voice
from bot.texts import FOLDER
from bot.turn import About, Choice, Expects, Flag, Message, Tongue

Question = Literal["where", "place", "company", "safe_place", "called", "stay"]
Ending = Literal["ask", "ask_again", "place", "more", "stay"]

# Asked whether the place is safe rather than whether somebody is there.
APART_FLAGS = HOME_FLAGS | {"harm_others"}
EXPECTS: dict[str, Expects] = {"where": "place", "place": "place", "safe_place": "safe"}
_LEGEVAKT_FLAGS = frozenset({"medical", "overdose", "psychosis"})


class NoText(LookupError):
    """No sentence stands under any of the keys asked for; quotes them."""


def _read(path: Path = FOLDER / "safety.yml") -> dict[str, dict[str, str]]:
    try:
        texts = yaml.safe_load(path.read_text("utf-8"))
        return texts if isinstance(texts, dict) else {}
    except (OSError, ValueError, yaml.YAMLError):
        return {}  # the last resort in bot.safety.card answers instead


_TEXTS = _read()


def texts_readable() -> bool:
    """Say whether the sentences could be read. False belongs in the health of the house."""
    return bool(_TEXTS)


def text(tongue: Tongue, *keys: str, **values: str) -> str:
    """Return the sentence under the first of `keys` that exists. Raises NoText."""
    for key in keys:
        if key in _TEXTS:
            filled = _TEXTS[key][tongue].format(**values) if values else _TEXTS[key][tongue]
            return re.sub(r"\s+", " ", filled).strip()
    raise NoText(f"no text under any of {keys!r}: add one to bot/texts/safety.yml")


def emergency(
    flag: Flag, variant: Optional[str], about: About, voice: Voice, question: Question
) -> list[Message]:
    """Return the first emergency answer: the number, what to do now, one question."""
    variant = "adult" if flag == "unsafe_home" and voice.adult else variant
    first = _bubble(voice, _keys("emergency", flag, variant, about), flag)
    until = text(voice.tongue, *_keys("now", flag, variant, about))
    asked = ask(question, flag, about, voice)
    unseen = text(voice.tongue, "safety.unseen")
    asked.text = f"{unseen} {asked.text}"
    return [first, Message(text=until), asked]


def again(times: int, flag: Flag, about: About, voice: Voice, question: Question) -> list[Message]:
    """Return the short answer when the danger goes on. `times`: how often it was said."""
    which = "first" if times % 2 else "second"
    line = "116 117" if flag in _LEGEVAKT_FLAGS else None
    return [
        _bubble(voice, (f"safety.again.{which}.{about}",), flag, line),
        ask(question, flag, about, voice),
    ]


def held(times: int, flag: Flag, about: About, voice: Voice, question: Question) -> list[Message]:
    """Return the answer to something else said while the danger lasts. `times`: from 1 on."""
    keys = {1: f"held.first.{about}", 2: f"again.second.{about}", 3: "held.last"}
    return [
        _bubble(voice, (f"safety.{keys.get(times, f'again.first.{about}')}",), flag),
        ask(question, flag, about, voice),
    ]


def follow(kind: str, flag: Flag, about: About, voice: Voice) -> Message:
    """Return the answer to what is said after an emergency answer."""
    wide = f"safety.follow.{kind}"
    narrow = (f"{wide}.{about}", *((f"{wide}.home",) if flag in APART_FLAGS else ()))
    return _bubble(voice, (*narrow, wide), flag)


def ask(question: Question, flag: Flag, about: About, voice: Voice) -> Message:
    """Return the one question that an emergency answer ends with."""
    key = f"safety.next.{question}"
    said = text(voice.tongue, f"{key}.{flag}.{about}", f"{key}.{about}", key)
    names: tuple[str, ...] = ()
    if question in ("company", "safe_place") and about == "self":
        names = (f"{question}=yes", f"{question}=no")
    return Message(text=said, choices=buttons(names, voice))


def human(
    flag: Flag,
    variant: Optional[str],
    about: About,
    voice: Voice,
    ending: Ending,
    said: set[str],
    lead: Optional[str] = None,
) -> list[Message]:
    """Return the answer to a clear red flag: heard, a next step, an offer or a question.

    `said` holds what need not be said twice in one conversation; what is said here
    is added to it. `lead` takes the place of the first sentence.
    """
    first = _bubble(voice, _keys("human", flag, variant, about), flag)
    if lead:
        _, _, rest = first.text.partition(". ")
        first.text = f"{text(voice.tongue, f'safety.lead.{lead}')} {rest}"
    step = text(voice.tongue, *_keys("step", flag, variant, about))
    honest = f"safety.honest.{voice.line(flag)}"
    if CALLED[voice.line(flag)] in first.text or voice.line(flag) in first.text:
        step = _once(honest, step, voice, said, before=False)
    last = close(ending, voice)
    if flag in HOME_FLAGS:
        last.text = _once("safety.screen", last.text, voice, said, before=True)
    return [first, Message(text=step), last]


def human_again(times: int, flag: Flag, voice: Voice, ending: Ending) -> list[Message]:
    """Return the short answer to a further clear sign of the same kind."""
    line = "116 117" if flag in _LEGEVAKT_FLAGS else None
    key = "safety.human.again" if times % 2 else "safety.human.again.more"
    return [_bubble(voice, (key,), flag, line), close(ending, voice)]


def close(ending: Ending, voice: Voice) -> Message:
    """Return the last bubble of a human answer: the offer, or a question that goes on."""
    offers = ending in ("ask", "ask_again")
    names = ("human=yes", "human=no") if offers else ()
    return Message(text=text(voice.tongue, f"safety.human.{ending}"), choices=buttons(names, voice))


def check(flag: Flag, about: About, voice: Voice, lead: str = "safety.check") -> Message:
    """Return the one plain question, after a sentence that leads to it."""
    question = text(voice.tongue, f"safety.question.{flag}.{about}")
    names = ("safe=yes", "safe=unclear", "safe=no")
    return Message(text=f"{text(voice.tongue, lead)} {question}", choices=buttons(names, voice))


def topic(kind: Optional[str], flag: Flag, voice: Voice) -> Message:
    """Return the answer to a red flag as a topic: where to read, and an open door."""
    message = _bubble(voice, (f"safety.topic.{kind}", "safety.topic"), flag)
    message.choices = buttons(("safe=yes", "safe=unclear", "safe=no"), voice)
    return message


def buttons(names: tuple[str, ...], voice: Voice) -> list[Choice]:
    """Return the buttons with these values."""
    return [Choice(label=text(voice.tongue, f"safety.choice.{name}"), value=name) for name in names]


def _keys(part: str, flag: Flag, variant: Optional[str], about: About) -> tuple[str, ...]:
    wide = f"safety.{part}.{flag}"
    return (*((f"{wide}.{variant}.{about}",) if variant else ()), f"{wide}.{about}")


def _bubble(voice: Voice, keys: tuple[str, ...], flag: Flag, line: Optional[str] = None) -> Message:
    """Return a bubble with its numbers filled in, and cards to call them with a tap."""
    number = line or voice.line(flag)
    called = CALLED[number] if voice.tongue != "en" else f"{CALLED[number][:-8]} ({number})"
    filled = text(
        voice.tongue,
        *keys,
        line=called,
        number=FIRST[flag],
        chat=text(voice.tongue, voice.chat),
        redcross=text(voice.tongue, "safety.redcross") if voice.red_cross else "",
    )
    return Message(text=filled, services=cards(filled, voice.tongue))


def _once(key: str, sentence: str, voice: Voice, said: set[str], *, before: bool) -> str:
    if key in said:
        return sentence
    said.add(key)
    more = text(voice.tongue, key)
    return f"{more} {sentence}" if before else f"{sentence} {more}"
