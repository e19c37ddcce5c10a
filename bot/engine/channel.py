"""The one way in to Rasa: a turn with its facts, answered with messages and facts."""

from __future__ import annotations

import asyncio
import hmac
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.engine.inprocess import InProcessActions, check_answers_with_one_validator
from bot.engine.store import ForgetfulTrackerStore
from service_catalog.sources.keeper import Keeper

log = logging.getLogger(__name__)
TIME_CHOICES = frozenset(
    {"times", "time", "name", "first_name", "book", "check", "move", "cancel", "calendar"}
)
Handler = Callable[[UserMessage], Awaitable[Any]]


class EngineMisconfigured(RuntimeError):
    """Rasa fell back on a part that is not ours; says which."""


class GatewayChannel(InputChannel):  # type: ignore[misc]
    """`POST /webhooks/gateway/turn` for the gateway and nobody else."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayChannel:
        secret = str((credentials or {}).get("secret") or "")
        if len(secret) < 16 or secret.startswith("${"):
            raise EngineMisconfigured(
                "UNGVEIVISER_ENGINE_SECRET is missing: start Rasa through `python -m bot.run`"
            )
        return cls(secret)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Return the routes. Rasa registers them under /webhooks/gateway."""
        routes = Blueprint("gateway_channel")

        @routes.listener("after_server_start")  # type: ignore[untyped-decorator]
        async def use_our_parts(app: Sanic, _loop: Any) -> None:
            prepare(app.ctx.agent)
            # What is read once (word lists, vectors) is read now, not while somebody waits.
            await app.ctx.agent.parse_message("hei")
            app.ctx.catalogs = await asyncio.to_thread(Keeper.for_process)
            app.ctx.catalogs.start()
            app.ctx.warm = True

        @routes.listener("before_server_stop")  # type: ignore[untyped-decorator]
        async def stop_our_parts(app: Sanic, _loop: Any) -> None:
            keeper = getattr(app.ctx, "catalogs", None)
            if keeper is not None:
                await asyncio.to_thread(keeper.stop)

        @routes.get("/health")  # type: ignore[untyped-decorator]
        async def health(request: Request) -> HTTPResponse:
            about = request.app.ctx
            ready = bool(about.agent and about.agent.is_ready() and getattr(about, "warm", False))
            states = await asyncio.to_thread(about.catalogs.states) if ready else []
            return response.json(
                {"ready": ready, "catalogs": [state.to_json() for state in states]},
                status=200 if ready else 503,
            )

        @routes.post("/turn")  # type: ignore[untyped-decorator]
        async def turn(request: Request) -> HTTPResponse:
            given = request.headers.get("x-engine-secret", "")
            if not hmac.compare_digest(given.encode(), self._secret.encode()):
                return response.json({"error": "secret"}, status=403)
            answer = await take_turn(on_new_message, request.json)
            if answer is None:
                return response.json({"error": "no answer"}, status=500)
            return response.json(answer)

        return routes


def prepare(agent: Any) -> None:
    """Put our action endpoint into a loaded agent and check its tracker store.

    Raises EngineMisconfigured when Rasa has silently replaced the store.
    """
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, ForgetfulTrackerStore):
        raise EngineMisconfigured(f"Rasa uses {type(store).__name__}; see endpoints.yml")
    check_answers_with_one_validator()
    endpoint = InProcessActions()
    agent.action_endpoint = endpoint
    agent.processor.action_endpoint = endpoint


async def take_turn(on_new_message: Handler, call: dict[str, Any]) -> dict[str, Any] | None:
    """Let Rasa take one turn; return what the actions said, or None when none spoke."""
    output = CollectingOutputChannel()
    choice = call.get("choice")
    text = _command(choice) if choice else _harmless(str(call.get("text") or ""))
    metadata = {
        **call.get("metadata", {}),
        "choice": choice,
        "facts": call.get("facts"),
        "conversation": call.get("conversation"),
    }
    await on_new_message(
        UserMessage(text, output, uuid.uuid4().hex, input_channel="gateway", metadata=metadata)
    )
    for message in reversed(output.messages):
        if "custom" in message:
            spoken: dict[str, Any] = message["custom"]
            return spoken
    log.error("no action answered the turn")
    return None


def _command(choice: str) -> str:
    return "/choose_time" if choice.split("=")[0] in TIME_CHOICES else "/choose"


def _harmless(text: str) -> str:
    """Rasa reads a leading slash as a command; a young person's slash is only a slash."""
    return text.lstrip().lstrip("/@").lstrip() or "…"
