"""What a request asks for: who asks, in which conversation, and what was said.

Whatever cannot be met raises Refused.
"""

from __future__ import annotations

import re
from typing import Any, Optional, cast, get_args

from starlette.requests import Request

from bot.gateway import bodies
from bot.gateway.bodies import Said
from bot.gateway.choices import BadChoice
from bot.gateway.errors import Refused
from bot.gateway.parts import Parts
from bot.gateway.talk import greeting
from bot.gateway.tokens import BadToken, Ticket
from bot.safety.verdict import Verdict
from bot.turn import Choice, Language

WAYS_IN = frozenset(
    choice.label for form in get_args(Language) for choice in greeting(form).choices
)
_MUNICIPALITY = re.compile(r"[0-9]{4}", re.ASCII)


def is_municipality(value: Any) -> bool:
    """Say whether `value` has the form of a municipality's number."""
    return isinstance(value, str) and _MUNICIPALITY.fullmatch(value) is not None


def wishes(wish: Any, body: bodies.Body) -> tuple[Optional[Language], Optional[str]]:
    """Return the language and the municipality that a conversation is to start with."""
    if body.cut:
        raise Refused("body_too_large")
    if body.late:
        raise Refused("body_timeout")
    if wish is None:
        raise Refused("invalid_json")
    if not isinstance(wish, dict):
        raise Refused("invalid_request")
    language, municipality = wish.get("language"), wish.get("municipality")
    if language not in (None, "nb", "nn"):
        raise Refused("bad_language")
    if municipality is not None and not is_municipality(municipality):
        raise Refused("bad_municipality")
    return cast(Optional[Language], language), municipality


def words_of(parts: Parts, conversation: str, said: Said) -> str:
    """Return what the youth said in words: the text, or what stood on the button."""
    if said.choice is None:
        return said.text if said.text is not None and said.fault is None else said.screened
    label = parts.choices.peek(conversation, said.choice)
    return bodies.tidy("\n".join(part for part in (label or said.choice, said.screened) if part))


async def look(parts: Parts, words: str, said: Said) -> Any:
    """Screen what was said, and whatever else the body held.

    The ways in of the greeting are our own words: there the dialogue asks.
    """
    if said.choice is not None and not said.screened and words in WAYS_IN:
        return Verdict()
    text = words if said.screened in words else f"{words}\n{said.screened}"
    return await parts.screening.see(text)


def ticket_of(parts: Parts, request: Request) -> Ticket:
    """Return what the key in the request opens; it must be this conversation."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused("no_token")
    try:
        ticket = parts.tokens.read(token.strip())
    except BadToken:
        raise Refused("bad_token") from None
    if ticket.conversation != request.path_params["id"]:
        raise Refused("other_conversation")
    return ticket


async def limit(parts: Parts, request: Request, ticket: Ticket) -> None:
    """Count a message."""
    wait = await parts.limits.message(ticket.conversation, address_of(request))
    if wait is not None:
        raise Refused("too_many_messages", retry_after=wait)


def address_of(request: Request) -> Optional[str]:
    """Return where a request comes from. It is counted by and never kept."""
    return request.client.host if request.client else None


def opened(parts: Parts, ticket: Ticket, said: Said) -> Optional[Choice]:
    """Return the button that was pressed; it must have been shown in this conversation."""
    if said.choice is None:
        return None
    try:
        return parts.choices.open(ticket.conversation, said.choice)
    except BadChoice:
        raise Refused("bad_choice") from None
