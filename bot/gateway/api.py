"""The chat API: what happens to each request, safety before everything else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Optional, cast

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.dialogue.calendar import calendar_file
from bot.dialogue.facts import Facts
from bot.dialogue.plan import HOME_FLAGS
from bot.gateway import asking, bodies
from bot.gateway.conversation import Conversation
from bot.gateway.conversations import ConversationGone
from bot.gateway.errors import Refused, log_fault, refusal
from bot.gateway.events import resume_from
from bot.gateway.parts import Parts
from bot.gateway.safety import seen
from bot.gateway.talk import answer_with, fresh, greeting
from bot.gateway.tokens import Ticket, new_id
from bot.handoff.messages import before_deletion
from bot.nlu.language import detect
from bot.texts import say
from bot.turn import Language, Turn


def parts_of(request: Request) -> Parts:
    return cast(Parts, request.app.state.parts)


async def start(request: Request) -> Response:
    """`POST /api/conversations`."""
    parts = parts_of(request)
    body = await bodies.read_body(request, parts.config.body_timeout_seconds)
    wish = bodies.parse(body) if body.head.strip() else {}
    try:
        language, municipality = asking.wishes(wish, body)
        wait = await parts.limits.start(asking.address_of(request))
        if wait is not None:
            raise Refused("too_many_conversations", retry_after=wait)
    except Refused as error:
        said = bodies.understand(body)
        return await refuse_unknown(parts, error, said.screened)
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
    words = asking.words_of(parts, conversation, said)
    verdict = await asking.look(parts, words, said)
    ticket: Optional[Ticket] = None
    try:
        ticket = asking.ticket_of(parts, request)
        await asking.limit(parts, request, ticket)
        if said.fault is not None:
            raise Refused(said.fault)
        choice = asking.opened(parts, ticket, said)
        turn = await parts.turns.take(ticket, words, choice, verdict, said.language, said.name)
        return JSONResponse(turn.dict(by_alias=True))
    except ConversationGone:
        return await refuse_unknown(parts, Refused("conversation_gone"), words, verdict)
    except Refused as error:
        return await _refuse(parts, error, ticket, words, verdict, said.name)
    except Exception as error:
        log_fault("message", error)
        turn = parts.turns.bare(_language(ticket, words), verdict, words)
        return JSONResponse(turn.dict(by_alias=True))


async def read(request: Request) -> Response:
    """`GET /api/conversations/{id}`: the conversation so far."""
    parts = parts_of(request)
    ticket = asking.ticket_of(parts, request)
    async with parts.store.lock(ticket.conversation):
        talk = await parts.store.load(ticket.conversation) or fresh(ticket)
        case = await parts.humans.catch_up(talk)
    return JSONResponse(_as_read(parts, talk, case))


async def calendar(request: Request) -> Response:
    """`GET /api/conversations/{id}/calendar`: the appointment as a file, when it may be seen."""
    parts = parts_of(request)
    ticket = asking.ticket_of(parts, request)
    async with parts.store.lock(ticket.conversation):
        talk = await parts.store.load(ticket.conversation) or fresh(ticket)
    made = calendar_file(Facts.from_json(talk.facts)) if talk.flag not in HOME_FLAGS else None
    if made is None:
        raise Refused("no_calendar")
    headers = {"Content-Disposition": 'attachment; filename="avtale.ics"'}
    return Response(made, media_type="text/calendar; charset=utf-8", headers=headers)


async def delete(request: Request) -> Response:
    """`DELETE /api/conversations/{id}`."""
    parts = parts_of(request)
    ticket = asking.ticket_of(parts, request)
    async with parts.store.lock(ticket.conversation):
        await parts.erasure.erase(ticket.conversation)
    await parts.erasure.rewrite()
    return Response(status_code=204)


async def listen(request: Request) -> Response:
    """`GET /api/conversations/{id}/events`: the event stream."""
    parts = parts_of(request)
    ticket = asking.ticket_of(parts, request)
    await parts.store.load(ticket.conversation)  # raises for a deleted one
    if parts.events.followers(ticket.conversation) >= parts.config.streams_per_conversation:
        raise Refused("too_many_streams", retry_after=10)
    begin = resume_from(request.headers.get("last-event-id"))

    async def stream() -> AsyncIterator[ServerSentEvent]:
        async for event_id, event in parts.events.follow(ticket.conversation, begin):
            data = json.dumps(event, ensure_ascii=False)
            kind = str(event.get("type", "message"))
            yield ServerSentEvent(data=data, id=event_id or None, event=kind)

    return EventSourceResponse(stream(), ping=parts.config.heartbeat_seconds, sep="\n")


async def sign(request: Request) -> Response:
    """`POST /api/conversations/{id}/signs`: `{"typing": true}`, `{"left": true}`, or the id of the
    last message that is `delivered` or `read`. Only with a case; never an error of Redis.
    """
    parts = parts_of(request)
    ticket = asking.ticket_of(parts, request)
    body = await bodies.read_body(request, parts.config.body_timeout_seconds)
    given = bodies.parse(body)
    talk = await parts.store.load(ticket.conversation)
    if talk is None or talk.case is None or not isinstance(given, dict):
        return Response(status_code=204)
    await parts.humans.sign(ticket.conversation, given)
    return Response(status_code=204)


async def info(request: Request) -> Response:
    """`GET /api/info`: what a page needs to know before anything is said."""
    parts = parts_of(request)
    place = request.query_params.get("municipality")
    known = place if asking.is_municipality(place) else None
    receiver = parts.humans.receiver(known, parts.clock())
    human = {"on_duty": receiver is not None, "name": getattr(receiver, "display_name", None)}
    kept = {
        "chat_hours": parts.keep.chat_in(known, parts.config.retention_seconds) // 3600,
        "closed_case_days": parts.keep.closed_in(known or "") // 86400,
    }
    return JSONResponse(
        {
            "kept": kept,
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
    return await refuse_unknown(parts, Refused(code), bodies.understand(body).screened)


def routes() -> list[Route]:
    """Return the routes of the chat API."""
    one = "/api/conversations/{id}"
    return [
        Route("/api/info", info, methods=["GET"]),
        Route("/api/conversations", start, methods=["POST"]),
        Route(one, refusing(read), methods=["GET"]),
        Route(one, refusing(delete), methods=["DELETE"]),
        Route(f"{one}/calendar", refusing(calendar), methods=["GET"]),
        Route(f"{one}/messages", say_something, methods=["POST"]),
        Route(f"{one}/signs", refusing(sign), methods=["POST"]),
        Route(f"{one}/events", refusing(listen), methods=["GET"]),
    ]


def refusing(
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


async def _refuse(
    parts: Parts,
    error: Refused,
    ticket: Optional[Ticket],
    words: str,
    verdict: Any,
    name: Optional[str],
) -> Response:
    """Refuse a message; with a red flag in it, answer that all the same."""
    if ticket is None or seen(verdict) is None:
        return await refuse_unknown(parts, error, words, verdict, _language(ticket, words))
    try:
        turn = await parts.turns.refuse(ticket, words, verdict, name)
    except ConversationGone:
        return await refuse_unknown(parts, Refused("conversation_gone"), words, verdict)
    except Exception as fault:
        log_fault("refusal", fault)
        return await refuse_unknown(parts, error, words, verdict)
    return refusal(error, _language(ticket, words), turn.safety, turn.messages)


async def refuse_unknown(
    parts: Parts,
    error: Refused,
    words: str,
    verdict: Any = None,
    language: Optional[Language] = None,
) -> Response:
    """Refuse without a conversation. Whatever was written is screened."""
    language = language or detect(words) or "nb"
    verdict = verdict or await parts.screening.see(words)
    if seen(verdict) is None:
        return refusal(error, language)
    turn = parts.turns.bare(language, verdict, words)
    return refusal(error, language, turn.safety, turn.messages)


def _language(ticket: Optional[Ticket], words: str) -> Language:
    return (ticket.language if ticket else None) or detect(words) or "nb"


def _as_read(parts: Parts, talk: Conversation, case: Any) -> dict[str, Any]:
    return {
        "id": talk.id,
        "state": talk.state,
        "language": talk.language,
        "messages": [message.dict(by_alias=True) for message in talk.messages],
        "expects": talk.expects,
        "last_event_id": talk.seen_event,
        "deletion_notice": _what_remains(parts, talk, case),
    }


def _what_remains(parts: Parts, talk: Conversation, case: Any) -> str:
    """Return what they are told before they delete."""
    if case is not None:
        days = parts.keep.closed_in(case.unit.municipality) // 86400
        told = before_deletion(case, days)
    else:
        told = [say("gateway.delete.case" if talk.case else "gateway.delete.plain", talk.language)]
    if "booked" in talk.facts.get("booking", {}):
        told.append(say("gateway.delete.booking", talk.language))
    return " ".join(told)
