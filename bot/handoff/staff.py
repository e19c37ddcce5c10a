"""The staff pages under /staff: who may see them, and what is answered when something is amiss."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Optional

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.handoff import casework, console, coverage, figures, login, moves, reviewed
from bot.handoff.answers import LOGIN, SESSION_COOKIE, page_of_error, read_form, secured
from bot.handoff.desk import Desk, Visit
from bot.handoff.errors import NoSuchCase, StoreUnavailable
from bot.handoff.sessions import is_right

STATIC = Path(__file__).with_name("static")
Handler = Callable[[Visit], Awaitable[Response]]
OpenHandler = Callable[[Request, Desk], Awaitable[Response]]


def routes(desk: Optional[Desk] = None) -> list[BaseRoute]:
    """Return what is to be mounted at /staff.

    Without `desk` it is put together from settings and environment at the first visit.
    """
    desks = _Desks(desk)
    one, of = "/cases/{case}", "/coverage/{number}"
    return [
        Route("/login", _open(desks, login.show), methods=["GET"]),
        Route("/login", _open(desks, login.enter), methods=["POST"]),
        Route("/logout", _guarded(desks, login.leave), methods=["POST"]),
        Route("/", _guarded(desks, console.overview), methods=["GET"]),
        Route("/numbers", _guarded(desks, figures.show), methods=["GET"]),
        Route("/bells", _polled(desks, figures.bells), methods=["GET"]),
        Route("/queue", _polled(desks, console.queue), methods=["GET"]),
        Route(one, _guarded(desks, console.view), methods=["GET"]),
        Route(f"{one}/news", _polled(desks, console.news), methods=["GET"]),
        Route(f"{one}/claim", _guarded(desks, console.claim), methods=["POST"]),
        Route(f"{one}/reply", _guarded(desks, console.reply), methods=["POST"]),
        Route(f"{one}/hand-back", _guarded(desks, console.hand_back), methods=["POST"]),
        Route(f"{one}/close", _guarded(desks, console.close), methods=["POST"]),
        Route(f"{one}/transfer", _guarded(desks, moves.transfer), methods=["POST"]),
        Route(f"{one}/note", _guarded(desks, casework.note), methods=["POST"]),
        Route(f"{one}/done", _guarded(desks, casework.log), methods=["POST"]),
        Route(f"{one}/journalled", _guarded(desks, casework.journalled), methods=["POST"]),
        Route(f"{one}/journal.txt", _guarded(desks, casework.journal), methods=["GET"]),
        Route(f"{one}/false-alarm", _guarded(desks, casework.false_alarm), methods=["POST"]),
        Route("/false-alarms", _guarded(desks, reviewed.show), methods=["GET"]),
        Route("/false-alarms.jsonl", _guarded(desks, reviewed.export), methods=["GET"]),
        Route("/shift", _guarded(desks, moves.shift), methods=["GET"]),
        Route("/shift", _guarded(desks, moves.hand_over), methods=["POST"]),
        Route("/coverage", _guarded(desks, coverage.overview), methods=["GET"]),
        Route(of, _guarded(desks, coverage.view), methods=["GET"]),
        Route(f"{of}/picture.svg", _guarded(desks, coverage.picture), methods=["GET"]),
        Route(f"{of}/cells.csv", _guarded(desks, coverage.cells), methods=["GET"]),
        Route(f"{of}/gaps.csv", _guarded(desks, coverage.gaps), methods=["GET"]),
        Route(f"{of}/needs.csv", _guarded(desks, coverage.needs), methods=["GET"]),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/{rest:path}", _lost, methods=["GET", "POST"]),
    ]


class _Desks:
    """The one desk of this process."""

    def __init__(self, desk: Optional[Desk]) -> None:
        self._desk = desk

    def get(self) -> Desk:
        """Return the desk. Raises StoreUnavailable, BadSetting."""
        if self._desk is None:
            self._desk = Desk.from_environment()
        return self._desk


def _open(desks: _Desks, handler: OpenHandler) -> Callable[[Request], Awaitable[Response]]:
    """Let everybody in, as to the log-in page."""

    async def answer(request: Request) -> Response:
        try:
            return secured(await handler(request, desks.get()))
        except StoreUnavailable:
            return page_of_error(503)

    return answer


def _guarded(desks: _Desks, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Let in who is logged in; what changes something must come from our own pages."""

    async def answer(request: Request) -> Response:
        try:
            visit = await _visit(request, desks.get(), act=True)
            if visit is None:
                return secured(RedirectResponse(LOGIN, 303))
            if request.method == "POST" and not is_right(visit.session, visit.form.get("csrf")):
                return page_of_error(403)
            return secured(await handler(visit))
        except NoSuchCase:
            return page_of_error(404)
        except StoreUnavailable:
            return page_of_error(503)

    return answer


def _polled(desks: _Desks, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Answer what a page asks for by itself: that keeps nobody logged in, typing does."""

    async def answer(request: Request) -> Response:
        try:
            typed = request.query_params.get("typed") == "1"
            visit = await _visit(request, desks.get(), act=typed)
            return secured(await handler(visit) if visit else Response(status_code=401))
        except NoSuchCase:
            return secured(Response(status_code=404))
        except StoreUnavailable:
            return secured(Response(status_code=503))

    return answer


async def _visit(request: Request, desk: Desk, *, act: bool) -> Optional[Visit]:
    session = await desk.sessions.read(request.cookies.get(SESSION_COOKIE), act=act)
    account = desk.accounts.get(session.user) if session else None
    if session is None or account is None:
        return None
    await desk.presence.seen(account.municipalities)
    await desk.colleagues.seen(account.person, account.municipalities)
    form = await read_form(request) if request.method == "POST" else {}
    return Visit(request, desk, session, account, form)


async def _lost(request: Request) -> HTMLResponse:
    return page_of_error(404)
