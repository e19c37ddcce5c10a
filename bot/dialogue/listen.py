"""After help: what is said is met, not with the same words again, and danger is remembered."""

from __future__ import annotations

from bot.dialogue.facts import Facts
from bot.dialogue.reply import Reply
from bot.texts import say
from bot.turn import Choice, Message, Tongue

CHOICES = ("human=yes", "more=other", "more=enough")


def listen(facts: Facts, language: Tongue) -> Reply:
    """Say that it is heard, and offer a human; a plain yes to that is a wish for one."""
    facts.listened += 1
    later = ".danger" if facts.flag else ".more" if facts.listened > 1 else ""
    facts.human_offered = bool(later)
    choices = [Choice(label=say(f"choice.{name}", language), value=name) for name in CHOICES]
    return Reply([Message(text=say(f"after_help.listen{later}", language), choices=choices)])
