"""Whether home may be the danger: then nothing is offered that somebody there could find."""

from __future__ import annotations

from bot.dialogue.plan import HOME_THEMES
from bot.gateway.conversation import Conversation
from bot.safety.voice import HOME_FLAGS


def may_be_danger(talk: Conversation) -> bool:
    """Say whether anything in the conversation points to danger at home. In doubt yes."""
    said = talk.facts
    if said.get("home_danger") or said.get("topic") == "home" or talk.flag in HOME_FLAGS:
        return True
    if HOME_THEMES & set(talk.understood.themes) or "no_parents" in (said.get("prefers") or ()):
        return True
    counts = talk.safety.get("counts", {}) if isinstance(talk.safety, dict) else {}
    return any(str(name).rpartition(":")[2] in HOME_FLAGS for name in counts)
