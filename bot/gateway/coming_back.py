"""Coming back to a chat with a code: making one, and using it.

A code can be used until it ends, from anywhere. It gives a key of its own; keys given before go on
working, since they are checked without any store. A new code ends the one before it.
"""

from __future__ import annotations

import hmac
from typing import Any, Optional

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway import asking, bodies
from bot.gateway.api import parts_of, refuse_unknown, refusing
from bot.gateway.at_home import may_be_danger
from bot.gateway.conversation import Conversation, stamp
from bot.gateway.conversations import ConversationGone
from bot.gateway.errors import Refused, log_fault
from bot.gateway.parts import Parts
from bot.gateway.redis_link import StoreDown
from bot.gateway.return_codes import grouped, new_code, read_code
from bot.gateway.talk import answer_with, fresh
from bot.gateway.tokens import new_id
from bot.texts import say
from bot.turn import Language, Turn


def routes() -> list[Route]:
    """Return the routes of the return code."""
    return [
        Route("/api/conversations/{id}/code", refusing(make), methods=["POST"]),
        Route("/api/return", come_back, methods=["POST"]),
    ]


async def make(request: Request) -> Response:
    """`POST /api/conversations/{id}/code`: a code, told this once.

    `{"ask_helped": true}`: ask whether help was had, when they come back.
    """
    parts = parts_of(request)
    ticket = asking.ticket_of(parts, request)
    await asking.limit(parts, request, ticket)
    body = bodies.parse(await bodies.read_body(request, parts.config.body_timeout_seconds))
    wanted = isinstance(body, dict) and body.get("ask_helped") is True
    code = new_code()
    async with parts.store.lock(ticket.conversation):
        talk = await parts.store.load(ticket.conversation) or fresh(ticket)
        await parts.humans.catch_up(talk)
        talk.ask_helped = "wanted" if wanted else ""
        await _keep(parts, talk, parts.codes.hash(code))
    return JSONResponse(_told(parts, talk, code), 201)


async def come_back(request: Request) -> Response:
    """`POST /api/return`: a key to the conversation of a code. Any other words are screened."""
    parts = parts_of(request)
    body = await bodies.read_body(request, parts.config.body_timeout_seconds)
    said = bodies.understand(body)
    try:
        wait = await parts.limits.code(asking.address_of(request))
        if wait is not None:
            raise Refused("too_many_codes", retry_after=wait)
        talk = await _found(parts, _code_in(body))
    except Refused as error:
        return await refuse_unknown(parts, error, said.screened)
    except Exception as error:
        log_fault("return", error)
        return await refuse_unknown(parts, Refused("code_unavailable"), said.screened)
    language = talk.language if talk.language_fixed else None
    token = parts.tokens.issue(talk.id, language, talk.municipality)
    return JSONResponse({"id": talk.id, "token": token})


def _code_in(body: bodies.Body) -> str:
    given = bodies.parse(body)
    code = read_code(given.get("code") if isinstance(given, dict) else None)
    if code is None:
        raise Refused("bad_code")
    return code


async def _found(parts: Parts, code: str) -> Conversation:
    """Return the conversation of a code. Raises Refused, the same for a wrong one and an old one.

    A wrong code takes the same way as a right one, through a conversation that is not there.
    """
    hashed = parts.codes.hash(code)
    try:
        name = await parts.codes.conversation(hashed) or new_id()
        async with parts.store.lock(name):
            talk = await _load(parts, name)
            if hmac.compare_digest(talk.code if talk else "", hashed) and talk is not None:
                await _ask(parts, talk)
                return talk
    except StoreDown:
        raise Refused("code_unavailable") from None
    # Without Redis nothing is found in the process alone; that is no word about the code.
    raise Refused("unknown_code" if await parts.link.is_up() else "code_unavailable")


async def _ask(parts: Parts, talk: Conversation) -> None:
    """Ask whether help was had, if that was wanted and the time is right."""
    await parts.humans.catch_up(talk)
    question = parts.helped.question(talk)
    if question is not None:
        answer_with(talk, Turn(messages=[question]), parts.choices)
        await parts.store.save(talk)


async def _load(parts: Parts, name: str) -> Optional[Conversation]:
    try:
        return await parts.store.load(name)
    except ConversationGone:
        return None


async def _keep(parts: Parts, talk: Conversation, hashed: str) -> None:
    """Keep the hash of a new code. Raises Refused when it could not be written for good."""
    before = talk.code, talk.code_at
    talk.code, talk.code_at = hashed, stamp()
    await parts.store.save(talk)
    if parts.store.is_gone(talk.id):
        raise ConversationGone(talk.id)
    if talk.unwritten:  # a code that nobody was told must not begin to work later
        talk.code, talk.code_at = before
        raise Refused("code_unavailable")


def _told(parts: Parts, talk: Conversation, code: str) -> dict[str, Any]:
    """Return what is told with a code. A copy could be found where home may be the danger."""
    seconds = parts.store.kept_seconds(talk)
    at_home, language = may_be_danger(talk), talk.language
    warning = "gateway.code.warning.home" if at_home else "gateway.code.warning"
    lasts = say("gateway.code.lasts", language, time=_time(seconds, language))
    return {
        "code": grouped(code),
        "seconds": seconds,
        "notices": [say(warning, language), lasts],
        "may_copy": not at_home,
    }


def _time(seconds: int, language: Language) -> str:
    hours = seconds // 3600
    if hours >= 48 and hours % 24 == 0:
        return say("gateway.code.days", language, count=hours // 24)
    return say("gateway.code.hours", language, count=hours)
