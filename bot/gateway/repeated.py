"""The same message sent twice is one message.

Whose answer was lost on the way sends it again, under the same id, and gets the
same turn. Other words under an id that is taken are a new message: none may be lost.
"""

from __future__ import annotations

import re
from typing import Any, Optional

from bot.gateway.conversation import Conversation
from bot.gateway.first_name import HIDDEN, name_in
from bot.turn import Turn

ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)


def is_id(value: Any) -> bool:
    """Say whether a client may name a message so."""
    return isinstance(value, str) and ID.fullmatch(value) is not None


def free(talk: Conversation, name: Optional[str]) -> Optional[str]:
    """Return the name that a new message can have; None: it needs another."""
    taken = any(message.id == name for message in talk.messages)
    return None if taken else name


def answer(talk: Conversation, name: Optional[str], words: str) -> Optional[Turn]:
    """Return the turn that answered these words under this name; None: they are new.

    Of an older message than the last it has no words: the conversation has them.
    """
    if name is None or not _said(talk, name, words):
        return None
    if (talk.answered or {}).get("id") == name:
        turn = Turn.parse_obj(talk.answered["turn"])  # type: ignore[index]
    else:
        turn = Turn(messages=[], expects=talk.expects, understood=talk.understood)
    turn.state = talk.state
    return turn


def keep(talk: Conversation, turn: Turn) -> None:
    """Keep the turn that answers the last words of the youth."""
    said = [message.id for message in talk.messages if message.from_ == "youth"]
    if said:
        talk.answered = {"id": said[-1], "turn": turn.dict(by_alias=True)}


def _said(talk: Conversation, name: str, words: str) -> bool:
    said = [m.text for m in talk.messages if m.id == name and m.from_ == "youth"]
    return words in said or (HIDDEN in said and name_in(words) is not None)
