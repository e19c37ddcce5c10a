"""A first name, where the bot asked for one: it goes to the booking and is kept nowhere else."""

from __future__ import annotations

import re
from typing import Any, Optional

from bot.gateway.conversation import Conversation
from bot.gateway.safety import seen
from bot.turn import NAME_ASKED, Choice

HIDDEN = "[navn]"
LONGEST = 25
_SAID = re.compile(
    r"(?:(?:jeg|eg|æ|e|i) (?:heter|heiter|hete|heite)|(?:navnet|namnet) mitt er|det er)\s+", re.I
)
_NAME = re.compile(r"[^\W\d_]{2,}(?:[-'’ ][^\W\d_]{2,})?")
# What may be written there and is no name.
_NO_NAME = frozenset(
    {
        *("ja", "jo", "jepp", "nei", "nope", "neida", "ok", "okei", "greit", "takk", "hei"),
        "hallo",
        *("anonym", "anonymt", "hjelp", "stopp", "avbryt", "avbestill", "flytt", "slett", "vent"),
        *("vet", "veit", "ikke", "ikkje", "itj", "kanskje", "hvorfor", "kvifor", "hva", "kva"),
        *("hvem", "kven", "nå", "no", "ingen", "ingenting", "hopp", "tilbake", "jeg", "eg", "vil"),
    }
)


def first_name(talk: Conversation, words: str, verdict: Any) -> Optional[Choice]:
    """Return what was typed as the choice of a first name; None when it is something else.

    Only right after the bot asked for it, and only when the screen saw nothing in it.
    Of several names the first is taken.
    """
    asked = bool(talk.messages) and talk.messages[-1].id.startswith(NAME_ASKED)
    if not asked or verdict is None or seen(verdict) is not None:
        return None
    name = name_in(words)
    return None if name is None else Choice(label=HIDDEN, value=f"first_name={name}")


def name_in(words: str) -> Optional[str]:
    """Return the first name that is all that `words` say; None when they say something else."""
    name = _SAID.sub("", words.strip().rstrip(".!"), count=1)
    if not _NAME.fullmatch(name) or len(name) > LONGEST:
        return None
    parts = name.split()
    return None if any(part.lower() in _NO_NAME for part in parts) else parts[0]
