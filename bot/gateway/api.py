"""The chat API: what happens to each request, safety before everything else."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Optional, cast

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.gateway import bodies
from bot.gateway.bodies import Said
from bot.gateway.choices import BadChoice
from bot.gateway.conversations import Conversation, ConversationGone
from bot.gateway.errors import Refused, log_fault, refusal
from bot.gateway.events import resume_from
from bot.gateway.parts import Parts
from bot.gateway.safety import seen
from bot.gateway.talk import answer_with, fresh, greeting
from bot.gateway.tokens import BadToken, Ticket, new_id
from bot.nlu.language import detect
from bot.texts import say
from bot.turn import Choice, Language, Turn

_MUNICIPALITY = re.compile(r"[0-9]{4}", re.ASCII)


def parts_of(request: Request) -> Parts:
    return cast(Parts, request.app.state.parts)


async def start(request: Request) -> Response:
    """`POST /api/conversations`."""
    parts = parts_of(request)
    body = await bodies.read_body(request, parts.config.body_timeout_seconds)
    wish = bodies.parse(body) if body.head.strip() else {}
    try:
        language, municipality = _wishes(wish, body)
        wait = await parts.limits.start(_address(request))
        if wait is not None:
            raise Refused("too_many_conversations", retry_after=wait)
    except Refused as error:
        said = bodies.understand(body)
        return _refuse_unknown(parts, error, said.screened)
    conversation = new_id()
    token = parts.tokens.issue(conversation, language, municipality)
    talk = fresh(parts.tokens.read(token))
    turn = answer_with(talk, Turn(messages=[greeting(talk.language)]), parts.choices)
    await parts.store.save(talk)
    messages = [message.dict(by_alias=True) for message in turn.messages]
    return JSONResponse({"id": conversation, "token": token, "messages": messages}, 201)


async def say_something(request: Request) -> Response:
    """`POST /api/conversations/{id}/messages`: screened before anything is refused."""
    parts = parts_of(request)
    body = await bodies.read_body(request, parts.config.body_timeout_seconds)
    said = bodies.understand(body)
    conversation = request.path_params["id"]
    words = _words(parts, conversation, said)
    verdict = await _look(parts, words, said)
    ticket: Optional[Ticket] = None
    try:
        ticket = _ticket(parts, request)
        await _limit(parts, request, ticket)
        if said.fault is not None:
            raise Refused(said.fault)
        choice = _opened(parts, ticket, said)
        turn = await parts.turns.take(ticket, words, choice, verdict, said.language)
        return JSONResponse(turn.dict(by_alias=True))
    except ConversationGone:
        return _refuse_unknown(parts, Refused("conversation_gone"), words, verdict)
    except Refused as error:
        return await _refuse(parts, error, ticket, words, verdict)
    except Exception as error:
        log_fault("message", error)
        turn = parts.turns.bare(_language(ticket, words), verdict, words)
        return JSONResponse(turn.dict(by_alias=True))


async def read(request: Request) -> Response:
    """`GET /api/conversations/{id}`: the conversation so far."""
    parts = parts_of(request)
    ticket = _ticket(parts, request)
    async with parts.store.lock(ticket.conversation):
        talk = await parts.store.load(ticket.conversation) or fresh(ticket)
        await parts.humans.catch_up(talk)
    return JSONResponse(_as_read(talk))


async def delete(request: Request) -> Response:
    """`DELETE /api/conversations/{id}`."""
    parts = parts_of(request)
    ticket = _ticket(parts, request)
    async with parts.store.lock(ticket.conversation):
        await parts.erasure.erase(ticket.conversation)
    return Response(status_code=204)


async def listen(request: Request) -> Response:
    """`GET /api/conversations/{id}/events`: the event stream."""
    parts = parts_of(request)
    ticket = _ticket(parts, request)
    await parts.store.load(ticket.conversation)  # raises for a deleted one
    if parts.events.followers(ticket.conversation) >= parts.config.streams_per_conversation:
        raise Refused("too_many_streams", retry_after=10)
    begin = resume_from(request.headers.get("last-event-id"))

    async def stream() -> AsyncIterator[ServerSentEvent]:
        async for event_id, event in parts.events.follow(ticket.conversation, begin):
            data = json.dumps(event, ensure_ascii=False)
            yield ServerSentEvent(data=data, id=event_id, event=str(event.get("type", "message")))

    return EventSourceResponse(stream(), ping=parts.config.heartbeat_seconds, sep="\n")


async def info(request: Request) -> Response:
    """`GET /api/info`: what a page needs to know before anything is said."""
    parts = parts_of(request)
    place = request.query_params.get("municipality")
    receiver = parts.humans.receiver(
        place if place and _MUNICIPALITY.fullmatch(place) else None, parts.clock()
    )
    human = {"on_duty": receiver is not None, "name": getattr(receiver, "display_name", None)}
    return JSONResponse(
        {
            "demo": parts.config.demo,
            "languages": ["nb", "nn"],
            "max_characters": bodies.MAX_CHARACTERS,
            "human": human,
        }
    )


async def lost(request: Request, error: Exception) -> Response:
    """Answer an address or a method that does not exist; what was written there is screened."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    code = {405: "wrong_method"}.get(status, "not_found")
    if not request.url.path.startswith("/api"):
        return PlainTextResponse(say(f"gateway.error.{code}", "nb"), status)
    parts = parts_of(request)
    body = await bodies.read_body(request, parts.config.body_timeout_seconds)
    return _refuse_unknown(parts, Refused(code), bodies.understand(body).screened)


def routes() -> list[Route]:
    """Return the routes of the chat API."""
    one = "/api/conversations/{id}"
    return [
        Route("/api/info", info, methods=["GET"]),
        Route("/api/conversations", start, methods=["POST"]),
        Route(one, _refusing(read), methods=["GET"]),
        Route(one, _refusing(delete), methods=["DELETE"]),
        Route(f"{one}/messages", say_something, methods=["POST"]),
        Route(f"{one}/events", _refusing(listen), methods=["GET"]),
    ]


def _refusing(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Turn what an endpoint refuses into an answer."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ConversationGone:
            return refusal(Refused("conversation_gone"), "nb")
        except Refused as error:
            return refusal(error, "nb")

    return answer


def _wishes(wish: Any, body: bodies.Body) -> tuple[Optional[Language], Optional[str]]:
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
    if municipality is not None and not (
        isinstance(municipality, str) and _MUNICIPALITY.fullmatch(municipality)
    ):
        raise Refused("bad_municipality")
    return cast(Optional[Language], language), municipality


def _words(parts: Parts, conversation: str, said: Said) -> str:
    """Return what the youth said in words: the text, or what stood on the button."""
    if said.choice is None:
        return said.text if said.text is not None and said.fault is None else said.screened
    label = parts.choices.peek(conversation, said.choice)
    return bodies.tidy("\n".join(part for part in (label or said.choice, said.screened) if part))


async def _look(parts: Parts, words: str, said: Said) -> Any:
    """Screen what was said, and whatever else the body held."""
    text = words if said.screened in words else f"{words}\n{said.screened}"
    if len(text) <= bodies.MAX_CHARACTERS:
        return parts.screening.look(text)
    return await asyncio.to_thread(parts.screening.look, text)


def _ticket(parts: Parts, request: Request) -> Ticket:
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


async def _limit(parts: Parts, request: Request, ticket: Ticket) -> None:
    wait = await parts.limits.message(ticket.conversation, _address(request))
    if wait is not None:
        raise Refused("too_many_messages", retry_after=wait)


def _address(request: Request) -> Optional[str]:
    return request.client.host if request.client else None


def _opened(parts: Parts, ticket: Ticket, said: Said) -> Optional[Choice]:
    if said.choice is None:
        return None
    try:
        return parts.choices.open(ticket.conversation, said.choice)
    except BadChoice:
        raise Refused("bad_choice") from None


async def _refuse(
    parts: Parts, error: Refused, ticket: Optional[Ticket], words: str, verdict: Any
) -> Response:
    """Refuse a message; with a red flag in it, answer that all the same."""
    if ticket is None or seen(verdict) is None:
        return _refuse_unknown(parts, error, words, verdict, _language(ticket, words))
    try:
        turn = await parts.turns.refuse(ticket, words, verdict)
    except ConversationGone:
        return _refuse_unknown(parts, Refused("conversation_gone"), words, verdict)
    except Exception as fault:
        log_fault("refusal", fault)
        return _refuse_unknown(parts, error, words, verdict)
    return refusal(error, _language(ticket, words), turn.safety, turn.messages)


def _refuse_unknown(
    parts: Parts,
    error: Refused,
    words: str,
    verdict: Any = None,
    language: Optional[Language] = None,
) -> Response:
    """Refuse without a conversation. Whatever was written is screened."""
    language = language or detect(words) or "nb"
    verdict = verdict or parts.screening.look(words)
    if seen(verdict) is None:
        return refusal(error, language)
    turn = parts.turns.bare(language, verdict, words)
    return refusal(error, language, turn.safety, turn.messages)


def _language(ticket: Optional[Ticket], words: str) -> Language:
    return (ticket.language if ticket else None) or detect(words) or "nb"


def _as_read(talk: Conversation) -> dict[str, Any]:
    notice = "gateway.delete.case" if talk.case else "gateway.delete.plain"
    return {
        "id": talk.id,
        "state": talk.state,
        "language": talk.language,
        "messages": [message.dict(by_alias=True) for message in talk.messages],
        "expects": talk.expects,
        "last_event_id": talk.seen_event,
        "deletion_notice": say(notice, talk.language),
    }
