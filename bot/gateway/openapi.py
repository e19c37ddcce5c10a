"""The description of the chat API, built from the models that the answers are made of."""

from __future__ import annotations

from typing import Any, Optional

from pydantic import BaseModel, Field
from pydantic.schema import schema

from bot.gateway.errors import STATUS
from bot.turn import Expects, Language, Message, Model, Safety, State, Turn

REF = "#/components/schemas/"


class NewConversation(Model):
    """Both fields may be left out."""

    language: Optional[Language] = None
    municipality: Optional[str] = Field(None, regex="^[0-9]{4}$")


class Started(Model):
    id: str
    token: str
    messages: list[Message]


class Said(Model):
    """One of `text` (at most 2000 characters) and `choice` (the value of a choice shown).

    `language` chooses the written form from this message on. `id` names the message: whose answer
    was lost sends it again with the same id, and gets the same turn.
    """

    text: Optional[str] = Field(None, max_length=2000)
    choice: Optional[str] = None
    language: Optional[Language] = None
    id: Optional[str] = Field(None, regex="^[A-Za-z0-9_-]{8,64}$")


class ErrorText(Model):
    code: str
    message: str


class Error(Model):
    """A refusal. With a red flag in the message, `safety` and `messages` answer it all the same."""

    error: ErrorText
    safety: Optional[Safety] = None
    messages: list[Message] = Field(default_factory=list)


class ConversationSoFar(Model):
    """`last_event_id` is where to follow the event stream from."""

    id: str
    state: State
    language: Language
    messages: list[Message]
    expects: Optional[Expects] = None
    last_event_id: str
    deletion_notice: str


class ReturnCode(Model):
    """Told once: a code is kept as a hash alone. A new one ends the one before.

    `seconds`: how long it works, and the conversation is kept, after the last message.
    `notices`: to be told with it. `may_copy`: false where a copy could be found at home.
    """

    code: str = Field(regex="^[0-9]{4}( [0-9]{4}){3}$")
    seconds: int
    notices: list[str]
    may_copy: bool


class NewCode(Model):
    """`ask_helped`: ask whether help was had, when they come back. Counted by week alone."""

    ask_helped: bool = False


class Return(Model):
    """Sixteen digits; spaces and hyphens between them do not matter."""

    code: str


class CameBack(Model):
    """`token` opens the conversation like the one that it started with, which goes on working."""

    id: str
    token: str


class HumanNow(Model):
    on_duty: bool
    name: Optional[str] = None


class Sign(Model):
    """While a human has the conversation: that one writes, or the id of the last message that has
    arrived (`delivered`) or been seen (`read`). `left`: the way out was pressed.
    """

    typing: Optional[bool] = None
    delivered: Optional[str] = None
    read: Optional[str] = None
    left: Optional[bool] = None


class KeptFor(Model):
    """How long a chat is kept after its last message, and a case after its end."""

    chat_hours: int
    closed_case_days: int


class Info(Model):
    kept: KeptFor
    demo: bool
    languages: list[Language]
    max_characters: int
    human: HumanNow


MODELS: list[type[BaseModel]] = [
    NewConversation,
    Started,
    Said,
    Sign,
    Turn,
    Error,
    ConversationSoFar,
    Info,
    ReturnCode,
    NewCode,
    Return,
    CameBack,
]


def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Ungveiviser", "version": "1", "description": __doc__},
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas() -> dict[str, Any]:
    definitions: dict[str, Any] = schema(MODELS, by_alias=True, ref_prefix=REF)["definitions"]
    for model in _with_parts(MODELS):
        properties = definitions[model.__name__].get("properties", {})
        for field in model.__fields__.values():
            if field.allow_none:
                properties[field.alias] = {"anyOf": [properties[field.alias], {"type": "null"}]}
    return definitions


def _with_parts(models: list[type[BaseModel]]) -> list[type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {}
    waiting = list(models)
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model
        for field in model.__fields__.values():
            part = field.type_
            is_model = isinstance(part, type) and issubclass(part, BaseModel)
            if is_model and part.__name__ not in found:
                waiting.append(part)
    return list(found.values())


def _paths() -> dict[str, Any]:
    one = "/api/conversations/{id}"
    return {
        "/api/info": {"get": _call("What a page needs to know", 200, "Info", token=False)},
        "/api/conversations": {
            "post": _call("Start a conversation", 201, "Started", "NewConversation", token=False)
        },
        f"{one}/messages": {"post": _call("Say something", 200, "Turn", "Said", _id())},
        one: {
            "get": _call("The conversation so far", 200, "ConversationSoFar", None, _id()),
            "delete": _call("Delete the conversation", 204, None, None, _id()),
        },
        f"{one}/calendar": {"get": _file()},
        f"{one}/events": {"get": _stream()},
        f"{one}/code": {
            "post": _call("Make a code to come back with", 201, "ReturnCode", "NewCode", _id())
        },
        "/api/return": {
            "post": _call("Come back with a code", 200, "CameBack", "Return", token=False)
        },
        f"{one}/signs": {"post": _call("Tell the human a sign", 204, None, "Sign", _id())},
    }


def _call(
    summary: str,
    status: int,
    answer: Optional[str],
    body: Optional[str] = None,
    parameters: Optional[list[dict[str, Any]]] = None,
    token: bool = True,
) -> dict[str, Any]:
    good: dict[str, Any] = {"description": summary}
    if answer:
        good["content"] = _json(answer)
    call: dict[str, Any] = {
        "summary": summary,
        "parameters": parameters or [],
        "security": [{"token": []}] if token else [],
        "responses": {
            str(status): good,
            "4XX": {
                "description": f"Refused: {', '.join(sorted(STATUS))}",
                "content": _json("Error"),
            },
        },
    }
    if body:
        call["requestBody"] = {"required": body in ("Said", "Return"), "content": _json(body)}
    return call


def _stream() -> dict[str, Any]:
    resume = {
        "name": "Last-Event-ID",
        "in": "header",
        "required": False,
        "schema": {"type": "string"},
        "description": "Go on after this event, with nothing lost.",
    }
    call = _call("Messages from a human, and changes of state", 200, None, None, [*_id(), resume])
    call["responses"]["200"]["content"] = {"text/event-stream": {"schema": {"type": "string"}}}
    return call


def _file() -> dict[str, Any]:
    call = _call(
        "The appointment as a calendar file, when one was wished for", 200, None, None, _id()
    )
    call["responses"]["200"]["content"] = {"text/calendar": {"schema": {"type": "string"}}}
    return call


def _id() -> list[dict[str, Any]]:
    return [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]


def _json(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"{REF}{model}"}}}
