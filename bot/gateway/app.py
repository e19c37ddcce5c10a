"""Builds the public edge of the bot: one ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Any, Optional

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway import api, coming_back, openapi
from bot.gateway.config import Config
from bot.gateway.errors import Refused, log_fault, refusal
from bot.gateway.headers import SecurityHeaders
from bot.gateway.health import state_of_house
from bot.gateway.janitor import keep_house
from bot.gateway.pages import page_routes, staff_routes
from bot.gateway.parts import Parts, build_parts


def create_app(config: Optional[Config] = None, parts: Optional[Parts] = None) -> Starlette:
    """Return the application. Tests hand in `parts` of their own."""
    parts = parts or build_parts(config or Config.load())

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await parts.screening.try_out()  # loads what it loads lazily before anybody waits for it
        tasks = [
            asyncio.create_task(keep_house(parts.store, parts.turns, parts.erasure, parts.tally))
        ]
        if parts.watch is not None:
            tasks.append(asyncio.create_task(parts.watch.run()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
            await parts.tally.write()
            await parts.engine.close()
            await parts.link.close()
            parts.screening.close()

    app = Starlette(
        routes=[
            Route("/alive", alive),
            Route("/health", health),
            Route("/api/openapi.json", describe),
            *api.routes(),
            *coming_back.routes(),
            *staff_routes(parts),
            *page_routes(),
        ],
        middleware=[
            Middleware(SecurityHeaders, frame_ancestors=parts.config.frame_ancestors),
            Middleware(LastResort),
        ],
        exception_handlers={HTTPException: api.lost},
        lifespan=lifespan,
    )
    app.state.parts = parts
    return app


async def health(request: Request) -> Response:
    """`GET /health`: 200 when every part is up, 424 when one is down. Youth are answered anyway."""
    parts = api.parts_of(request)
    state = await state_of_house(
        parts.engine, parts.link, parts.screening, parts.erasure, parts.watch
    )
    # No 5xx: the gateway itself works; one of the parts that it depends on does not.
    return JSONResponse(state, 200 if state["status"] == "ok" else 424)


async def alive(request: Request) -> Response:
    """`GET /alive`: 200 as long as the gateway itself answers."""
    return JSONResponse({"status": "ok"})


async def describe(request: Request) -> Response:
    """`GET /api/openapi.json`."""
    return JSONResponse(_document())


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    return openapi.document()


class LastResort:
    """Nothing that a client sends ends in a 5xx: a fault of ours is a plain refusal."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            log_fault("request", error)
            if not started:
                await refusal(Refused("could_not_answer"), "nb")(scope, receive, send)
