"""What the bot takes up after a human: it starts nothing over, and knows what she settled."""

from __future__ import annotations

from typing import Any

from bot.gateway.conversation import Conversation

# A human has talked with them: nobody is interviewed again. Whether they are safe may be asked.
TALKED_OF = ("impact", "impact_detail", "duration", "prefers", "confirm")


def take_up(talk: Conversation, case: Any) -> None:
    """Put into the facts what a human settled, and that their questions are answered.

    Nothing changes where no human wrote a word.
    """
    if case is None or getattr(case, "replied_at", None) is None:
        return
    asked = [*talk.facts.get("asked", []), *TALKED_OF]
    facts = {"asked": list(dict.fromkeys(asked)), "confirmed": True, "expects": None}
    known = {name: getattr(case.settled, name) for name in ("place", "age")}
    told = {name: value for name, value in known.items() if value is not None}
    talk.facts = {**talk.facts, **facts, **told}
    if "place" in told:
        talk.facts |= {"bydel": None, "place_options": []}
    talk.understood = talk.understood.copy(update=told)
    talk.expects = None
