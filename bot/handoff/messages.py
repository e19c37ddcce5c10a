"""The bubbles about a human: someone is told, nobody is there, someone has come, someone has gone.

Each is a Message without id and time, in the conversation's written form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, cast

from bot.safety.numbers import FIRST, cards
from bot.texts import say
from bot.turn import Choice, Flag, Language, Message, Tongue

if TYPE_CHECKING:
    from bot.handoff.case import Case
    from bot.handoff.duty import Receiver
    from bot.handoff.outlook import Outlook

_EARLIER = {"now": "", "earlier": ".earlier", "back": ".back"}


def opened(receiver: Receiver, tongue: Tongue, outlook: Outlook = "unknown") -> Message:
    """Say that someone has been told, and honestly what is known of when they answer."""
    key = "handoff.opened" if outlook == "unknown" else f"handoff.opened.{outlook}"
    return _system(say(key, tongue, name=_who(receiver, tongue)))


def nobody(language: Language) -> Message:
    """Say that no human is here now, and who can be reached."""
    return _system(say("handoff.nobody", language))


def ask(receiver: Receiver, tongue: Tongue) -> Message:
    """Ask whether a human shall read; choices "human=yes", "human=no" and "human=known"."""
    return _question(say("handoff.ask", tongue, name=_who(receiver, tongue)), tongue)


def ask_wished(receiver: Receiver, tongue: Tongue) -> Message:
    """Answer a wish for a human: yes, this is who would read; the same choices."""
    return _question(say("handoff.wished", tongue, name=_who(receiver, tongue)), tongue)


def ask_other(receiver: Receiver, tongue: Tongue, told: str = "now") -> Message:
    """Ask whether somebody in another municipality shall read, who is not known to the youth.

    `told`: whether they said "now" or "earlier" that they know somebody there, or the case
    was taken "back" from there.
    """
    key = "handoff.known.other" + _EARLIER[told]
    return _question(say(key, tongue, name=_who(receiver, tongue)), tongue)


def nobody_else(tongue: Tongue, told: str = "now") -> Message:
    """Say to who knows somebody there that nobody else can be asked."""
    key = "handoff.known.nobody" + _EARLIER[told]
    return Message.parse_obj({"from": "bot", "text": say(key, tongue)})


def ask_again(why: str, tongue: Tongue) -> Message:
    """Answer somebody who is "unsure", or asks for the "terms"; the same choices."""
    return _question(say(f"handoff.wished.{why}", tongue), tongue)


def known(tongue: Tongue) -> Choice:
    """Return the button for who knows somebody at the receiver."""
    return Choice(label=say("handoff.ask.known", tongue), value="human=known")


def where(language: Tongue) -> Message:
    """Ask where they are and on which number, and say why."""
    return _system(say("handoff.where", language))


def unanswered(case: Case) -> list[Message]:
    """Say that nobody has answered yet, and who answers now; in danger the emergency number first.

    No time is promised. Only lines that answer day and night are named.
    """
    language = case.language
    again = ".again" if case.transfers else ""
    told = [
        _system(say(f"handoff.unanswered{again}", language), _name(case, "unanswered")),
        _numbers(say("gateway.reach", language), language, _name(case, "lines")),
    ]
    flag = danger(case)
    if flag is None:
        return told
    text = say("handoff.unanswered.danger", language, number=FIRST[flag])
    return [_numbers(text, language, _name(case, "danger")), *told]


def danger(case: Case) -> Optional[Flag]:
    """Return the flag of the gravest reason of an acute case; None when it is not acute."""
    acute = [reason.flag for reason in case.reasons if reason.urgency == "acute" and reason.flag]
    return cast(Flag, acute[0]) if acute else None


def arrived(case: Case) -> list[Message]:
    """Say who has come, and what they may and must tell others. Comes before their first word."""
    assert case.owner is not None
    name, language = case.owner.name, case.language
    role = say(f"handoff.role.{case.owner.role}", language)
    return [
        _system(
            say("handoff.arrived", language, name=name, role=role, place=case.unit.place),
            _name(case, "arrived"),
        ),
        _system(say("handoff.confidential", language, name=name), _name(case, "confidential")),
    ]


def transferred(case: Case) -> list[Message]:
    """Say who is asked to take over, that they can read what was said, and no time."""
    move, language = case.transfers[-1], case.language
    receiver = say(f"handoff.receiver.{case.unit.role}", language, place=case.unit.place)
    if move.to is None:
        words = say("handoff.transferred.unit", language, name=move.by.name, receiver=receiver)
    else:
        words = say("handoff.transferred", language, name=move.by.name, other=move.to.name)
    return [_system(words, _name(case, "transferred"))]


def handed_back(case: Case) -> list[Message]:
    """Say that the human has gone; then the bot takes up the thread with what was settled."""
    return [_gone("handoff.handed_back", case), back(case)]


def back(case: Case) -> Message:
    """Return the bot's first words after a human: only what stands in our own texts."""
    language, helped = case.language, [*case.settled.helped_with]
    words = say("handoff.back", language)
    if helped:
        parts = [say(f"settled.{name}", language) for name in helped]
        last = f" {say('settled.and', language)} ".join([", ".join(parts[:-1]), parts[-1]])
        words = say("handoff.back.settled", language, what=last if parts[1:] else parts[0])
    return Message.parse_obj({"id": _name(case, "back"), "from": "bot", "text": words})


def closed(case: Case) -> list[Message]:
    """Say that the human has ended the talk."""
    return [_gone("handoff.closed", case)]


def before_deletion(case: Case, days: int) -> list[str]:
    """Return what a youth is told, before they delete, about what then remains of their case.

    `days`: how long a closed case is kept where theirs is.
    """
    language = case.language
    told = [say("handoff.delete.open", language, days=days)]
    if case.is_open and case.urgency == "acute":
        told.append(say("handoff.delete.acute", language))
    if case.owner is not None:
        told.append(say("handoff.delete.journal", language, name=case.owner.name))
    return told


def _question(text: str, tongue: Tongue) -> Message:
    choices = [
        Choice(label=say("handoff.ask.yes", tongue), value="human=yes"),
        Choice(label=say("handoff.ask.no", tongue), value="human=no"),
        known(tongue),
    ]
    return Message.parse_obj({"from": "bot", "text": text, "choices": choices})


def _who(receiver: Receiver, tongue: Tongue) -> str:
    if tongue == "en":
        return say(f"handoff.receiver.{receiver.role}", tongue, place=receiver.place)
    return receiver.name(tongue)


def _gone(key: str, case: Case) -> Message:
    assert case.owner is not None
    return _system(say(key, case.language, name=case.owner.name), _name(case, "gone"))


def _name(case: Case, what: str) -> str:
    """Return the id of a message: the same one sent twice is one, after a transfer another."""
    return f"s-{case.id}-{what}{case.turn}"


def _numbers(text: str, language: Language, name: str) -> Message:
    return _system(text, name).copy(update={"services": cards(text, language)})


def _system(text: str, name: str = "") -> Message:
    return Message.parse_obj({"id": name, "from": "system", "text": text})
