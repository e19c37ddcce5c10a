"""The way to the engine behind the gateway (Rasa): one call a turn, bounded in time."""

from __future__ import annotations

import unicodedata
from typing import Any, Literal, Optional, Protocol

import httpx
from pydantic import Field, ValidationError

from bot.turn import Expects, Help, Message, Model, Understood

PREFIX = "/webhooks/gateway"
# Rasa takes text that begins with one of these for a command.
_COMMAND_SIGNS = "/@／⁄∕"
_NOTHING_LEFT = "…"


class EngineUnavailable(Exception):
    """The engine is down, too slow, or answered something that is no turn."""


class EngineTurn(Model):
    """What the engine says in one turn. `facts` is its memory, kept by the gateway.

    `gap`: nothing in the municipality's catalog fits the level of help; counted, not told.
    """

    messages: list[Message] = Field(default_factory=list)
    expects: Optional[Expects] = None
    understood: Understood = Field(default_factory=Understood)
    help: Optional[Help] = None
    wants_human: bool = False
    gap: bool = False
    facts: dict[str, Any] = Field(default_factory=dict)

    class Config(Model.Config):
        extra = "ignore"


class CatalogState(Model):
    """How one source of catalogs is: see service_catalog/sources/source.py."""

    source: str
    state: Literal["ok", "stale", "faulty"]
    age_seconds: Optional[int] = None
    reason: Optional[str] = None


class EngineHealth(Model):
    """Whether the engine can take a turn now, and how the catalogs are that it answers from."""

    up: bool = False
    catalogs: list[CatalogState] = Field(default_factory=list)

    class Config(Model.Config):
        extra = "ignore"


class Engine(Protocol):
    """What the gateway needs of an engine."""

    async def send(
        self,
        conversation: str,
        *,
        text: Optional[str],
        choice: Optional[str],
        metadata: dict[str, Any],
        facts: dict[str, Any],
        timeout: Optional[float] = None,
    ) -> EngineTurn:
        """Take one turn. Raises EngineUnavailable."""
        ...

    async def forget(self, conversation: str) -> None:
        """Erase whatever is kept of a conversation. Raises EngineUnavailable."""
        ...

    async def health(self) -> EngineHealth:
        """Say whether the engine can take a turn now, and how its catalogs are."""
        ...

    async def close(self) -> None: ...


class HttpEngine:
    """The engine over HTTP on loopback."""

    def __init__(self, url: str, secret: str, timeout: float) -> None:
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"X-Engine-Secret": secret},
            timeout=timeout,
            trust_env=False,
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=50),
        )

    async def send(
        self,
        conversation: str,
        *,
        text: Optional[str],
        choice: Optional[str],
        metadata: dict[str, Any],
        facts: dict[str, Any],
        timeout: Optional[float] = None,
    ) -> EngineTurn:
        """Take one turn. A typed text can never be a command there."""
        call: dict[str, Any] = {"conversation": conversation, "metadata": metadata, "facts": facts}
        if choice is not None:
            call["choice"] = choice
        else:
            call["text"] = harmless(text or "")
        try:
            answer = await self._http.post(
                f"{PREFIX}/turn",
                json=call,
                timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
            )
            answer.raise_for_status()
            return EngineTurn.parse_obj(answer.json())
        except (httpx.HTTPError, ValidationError, ValueError, TypeError) as error:
            raise EngineUnavailable(type(error).__name__) from None

    async def forget(self, conversation: str) -> None:
        """Erase a conversation. An engine that keeps nothing answers 404 or 405."""
        try:
            answer = await self._http.delete(f"{PREFIX}/conversations/{conversation}", timeout=1.5)
        except httpx.HTTPError as error:
            raise EngineUnavailable(type(error).__name__) from None
        if answer.status_code >= 400 and answer.status_code not in (404, 405):
            raise EngineUnavailable(f"status {answer.status_code}")

    async def health(self) -> EngineHealth:
        """Ask the engine how it is. Never raises."""
        try:
            answer = await self._http.get(f"{PREFIX}/health", timeout=1.0)
            return EngineHealth.parse_obj({**answer.json(), "up": answer.status_code == 200})
        except (httpx.HTTPError, ValidationError, ValueError, TypeError):
            return EngineHealth()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def harmless(text: str) -> str:
    """Return `text` so that no engine takes it for a command.

    >>> harmless("  //restart")
    'restart'
    """
    start = 0
    while start < len(text) and _is_sign(text[start]):
        start += 1
    return text[start:] or _NOTHING_LEFT


def _is_sign(letter: str) -> bool:
    return (
        letter.isspace()
        or letter in _COMMAND_SIGNS
        or unicodedata.category(letter) in ("Cc", "Cf", "Cs")
    )
