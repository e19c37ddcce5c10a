"""Small steps on a conversation that several parts share."""

from __future__ import annotations

import secrets
from typing import Optional, cast

from bot.gateway.choices import Choices
from bot.gateway.conversation import Conversation, stamp
from bot.gateway.repeated import free
from bot.gateway.tokens import Ticket
from bot.nlu.language import detect
from bot.texts import say
from bot.turn import Author, Choice, Language, Message, Turn

TOPICS = ("hurt", "home", "friend", "unsure")
# Enough of what they wrote last to tell the written form.
LANGUAGE_CHARACTERS = 4000
# Of a refused text that is longer than a message may be, its beginning and its end are kept.
KEPT_CHARACTERS = 4000


def spoken(text: str, author: Author = "bot", choices: Optional[list[Choice]] = None) -> Message:
    """Return a message that says `text`."""
    return Message.parse_obj({"from": author, "text": text, "choices": choices or []})


def greeting(language: Language) -> Message:
    """Return the first bubble, with its four ways in. Needs no other part of the house."""
    choices = [
        Choice(label=say(f"gateway.choice.{topic}", language), value=f"topic={topic}")
        for topic in TOPICS
    ]
    return spoken(say("gateway.greeting", language), choices=choices)


def fresh(ticket: Ticket) -> Conversation:
    """Return the conversation of a ticket as it is when no store knows of it."""
    return Conversation(
        id=ticket.conversation,
        language=ticket.language or "nb",
        language_fixed=ticket.language is not None,
        municipality=ticket.municipality,
        created=ticket.created.isoformat(),
    )


def hear(
    talk: Conversation, words: str, language: Optional[str] = None, name: Optional[str] = None
) -> Message:
    """Keep what the youth said; return it as it stands in the conversation, with `name` for its id.

    The written form follows theirs: it may turn from bokmål to nynorsk once,
    and never back, unless they choose it themselves.
    """
    if len(words) > KEPT_CHARACTERS:
        words = f"{words[: KEPT_CHARACTERS // 2]} … {words[-KEPT_CHARACTERS // 2 :]}"
    said = spoken(words, "youth").copy(update={"id": free(talk, name) or ""})
    message = dated(said)
    talk.messages.append(message)
    if language is not None:
        talk.language, talk.language_fixed = cast(Language, language), True
    elif not talk.language_fixed:
        written = "\n".join(talk.youth_texts())[-LANGUAGE_CHARACTERS:]
        if detect(written) == "nn":
            talk.language, talk.language_fixed = "nn", True
    return message


def answer_with(talk: Conversation, turn: Turn, choices: Choices) -> Turn:
    """Give the turn's messages id and time, seal their choices, and keep them."""
    turn.messages = choices.seal_all(talk.id, [dated(message) for message in turn.messages])
    turn.state = talk.state
    talk.messages.extend(turn.messages)
    return turn


def dated(message: Message) -> Message:
    """Return the message with an id and the time, if it has none."""
    return message.copy(
        update={"id": message.id or secrets.token_urlsafe(9), "at": message.at or stamp()}
    )
