"""The question whether a human shall read, as it waits in a conversation.

`Conversation.asked` holds the reason that a case would have, and beside it what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.gateway.conversation import Conversation

WISH: dict[str, Any] = {"flag": None, "urgency": "none"}
# Whom they were told of: a yes is for them alone. And the message after which it was asked.
_OF, _AFTER = "asked_of", "asked_after"
# A human was wished for in vain; asked about again when the place is known.
_LATER = "when_place_is_known"
_NO = "declined"
BARE_NO = 4
"""A no of more words than this tells of something besides."""
_MARKS = frozenset({_OF, _AFTER, _LATER, _NO})


def ask(talk: Conversation, reason: Mapping[str, Any], receiver: Any) -> None:
    """Note that they are asked now whether `receiver` shall read."""
    marks = {_OF: _name(receiver), _AFTER: _youth(talk)[-1:]}
    talk.asked = {**_plain(reason), **marks}


def wait_for_place(talk: Conversation, reason: Mapping[str, Any]) -> None:
    """Note that they are to be asked when the place is known."""
    talk.asked = {**_plain(reason), _LATER: True}


def decline(talk: Conversation) -> None:
    """Note that they have said no. What it was about is kept, for they may change their mind."""
    talk.asked = {**reason(talk), _NO: True}


def is_declined(talk: Conversation) -> bool:
    return talk.asked is not None and _NO in talk.asked


def waits_for_place(talk: Conversation) -> bool:
    return talk.asked is not None and _LATER in talk.asked


def reason(talk: Conversation) -> dict[str, Any]:
    """Return why a case opens: what was asked for, or else a mere wish."""
    return _plain(talk.asked or WISH)


def was_told_of(talk: Conversation, receiver: Any) -> bool:
    """Say whether it is about `receiver` that they were asked last, and have not said no."""
    return (talk.asked or {}).get(_OF) == _name(receiver)


def said_nothing_else(talk: Conversation) -> bool:
    """Say whether they have written one message alone: there is nothing else to read."""
    return len(_youth(talk)) == 1


def just_handed_over(talk: Conversation) -> bool:
    """Say whether their first message alone opened the case, and this one comes right after it."""
    return talk.state == "waiting" and len(_youth(talk)) == 2


def just_asked(talk: Conversation) -> bool:
    """Say whether what they say now comes right after the question."""
    before = _youth(talk)[-2:-1]
    return bool(before) and (talk.asked or {}).get(_AFTER) == before


def _plain(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in _MARKS}


def _name(receiver: Any) -> str:
    return str(receiver.name("nb"))


def _youth(talk: Conversation) -> list[str]:
    return [message.id for message in talk.messages if message.from_ == "youth"]
