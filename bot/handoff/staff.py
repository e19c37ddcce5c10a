"""The staff pages under /staff: who may see them, and what is answered when something is amiss."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Optional

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.handoff import (
    casework,
    console,
    coverage,
    figures,
    login,
    moves,
    record,
    reviewed,
    sign_on,
)
from bot.handoff.answers import LOGIN, SESSION_COOKIE, STAFF, page_of_error, read_form, secured
from bot.handoff.desk import Desk, Visit
from bot.handoff.errors import NoSuchCase, StoreUnavailable
from bot.handoff.roles import Right
from bot.handoff.sessions import is_right

STATIC = Path(__file__).with_name("static")
NOT_FOR_YOU = "Du har ikke tilgang til denne siden. Spør den som leder tjenesten."
Handler = Callable[[Visit], Awaitable[Response]]
OpenHandler = Callable[[Request, Desk], Awaitable[Response]]


def routes(desk: Optional[Desk] = None) -> list[BaseRoute]:
    """Return what is to be mounted at /staff.

    Without `desk` it is put together from settings and environment at the first visit.
    """
    desks = _Desks(desk)
    one, of, mistaken = "/cases/{case}", "/coverage/{number}", "/false-alarms"
    return [
        Route("/login", _open(desks, login.show), methods=["GET"]),
        Route("/login", _open(desks, login.enter), methods=["POST"]),
        Route("/login/start", _open(desks, sign_on.start), methods=["GET"]),
        Route("/login/callback", _open(desks, sign_on.finish), methods=["GET"]),
        Route("/logout", _guarded(desks, login.leave, None), methods=["POST"]),
        Route("/", _guarded(desks, console.overview, "cases"), methods=["GET"]),
        Route("/numbers", _guarded(desks, figures.show, "numbers"), methods=["GET"]),
        Route("/record", _guarded(desks, record.show, "audit"), methods=["GET"]),
        Route("/record.csv", _guarded(desks, record.as_csv, "audit"), methods=["GET"]),
        Route("/record.jsonl", _guarded(desks, record.as_lines, "audit"), methods=["GET"]),
        Route("/bells", _polled(desks, figures.bells, "cases"), methods=["GET"]),
        Route("/queue", _polled(desks, console.queue, "cases"), methods=["GET"]),
        Route(one, _guarded(desks, console.view, "cases"), methods=["GET"]),
        Route(f"{one}/news", _polled(desks, console.news, "cases"), methods=["GET"]),
        Route(f"{one}/claim", _guarded(desks, console.claim, "cases"), methods=["POST"]),
        Route(f"{one}/reply", _guarded(desks, console.reply, "cases"), methods=["POST"]),
        Route(f"{one}/hand-back", _guarded(desks, console.hand_back, "cases"), methods=["POST"]),
        Route(f"{one}/close", _guarded(desks, console.close, "cases"), methods=["POST"]),
        Route(f"{one}/transfer", _guarded(desks, moves.transfer, "cases"), methods=["POST"]),
        Route(f"{one}/note", _guarded(desks, casework.note, "cases"), methods=["POST"]),
        Route(f"{one}/done", _guarded(desks, casework.log, "cases"), methods=["POST"]),
        Route(f"{one}/journalled", _guarded(desks, casework.journalled, "cases"), methods=["POST"]),
        Route(f"{one}/journal.txt", _guarded(desks, casework.journal, "cases"), methods=["GET"]),
        Route(
            f"{one}/false-alarm", _guarded(desks, casework.false_alarm, "cases"), methods=["POST"]
        ),
        Route(mistaken, _guarded(desks, reviewed.show, "audit"), methods=["GET"]),
        Route(f"{mistaken}.jsonl", _guarded(desks, reviewed.export, "audit"), methods=["GET"]),
        Route("/shift", _guarded(desks, moves.shift, "cases"), methods=["GET"]),
        Route("/shift", _guarded(desks, moves.hand_over, "cases"), methods=["POST"]),
        Route("/coverage", _guarded(desks, coverage.overview, "coverage"), methods=["GET"]),
        Route(of, _guarded(desks, coverage.view, "coverage"), methods=["GET"]),
        Route(f"{of}/picture.svg", _guarded(desks, coverage.picture, "coverage"), methods=["GET"]),
        Route(f"{of}/cells.csv", _guarded(desks, coverage.cells, "coverage"), methods=["GET"]),
        Route(f"{of}/gaps.csv", _guarded(desks, coverage.gaps, "coverage"), methods=["GET"]),
        Route(f"{of}/needs.csv", _guarded(desks, coverage.needs, "coverage"), methods=["GET"]),
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


def _guarded(
    desks: _Desks, handler: Handler, right: Optional[Right]
) -> Callable[[Request], Awaitable[Response]]:
    """Let in who is logged in and holds `right` somewhere (None: whoever is logged in).

    What changes something must come from our own pages.
    """

    async def answer(request: Request) -> Response:
        try:
            visit = await _visit(request, desks.get(), right, act=True)
            if visit is None:
                return secured(RedirectResponse(LOGIN, 303))
            if request.method == "POST" and not is_right(visit.session, visit.form.get("csrf")):
                return page_of_error(403)
            if right is not None and not visit.account.municipalities:
                return await _not_for(visit)
            return secured(await handler(visit))
        except NoSuchCase:
            return page_of_error(404)
        except StoreUnavailable:
            return page_of_error(503)

    return answer


def _polled(
    desks: _Desks, handler: Handler, right: Right
) -> Callable[[Request], Awaitable[Response]]:
    """Answer what a page asks for by itself: that keeps nobody logged in, typing does."""

    async def answer(request: Request) -> Response:
        try:
            typed = request.query_params.get("typed") == "1"
            visit = await _visit(request, desks.get(), right, act=typed)
            if visit is None:
                return secured(Response(status_code=401))
            if not visit.account.municipalities:
                await visit.note("denied")
                return secured(Response(status_code=403))
            return secured(await handler(visit))
        except NoSuchCase:
            return secured(Response(status_code=404))
        except StoreUnavailable:
            return secured(Response(status_code=503))

    return answer


async def _not_for(visit: Visit) -> Response:
    """Answer somebody who lacks a right: with their own first page in place of the first of all."""
    if visit.request.url.path == f"{STAFF}/" and visit.account.home is not None:
        return secured(RedirectResponse(visit.account.home, 303))
    await visit.note("denied")
    return page_of_error(403, NOT_FOR_YOU)


async def _visit(
    request: Request, desk: Desk, right: Optional[Right], *, act: bool
) -> Optional[Visit]:
    session = await desk.sessions.read(request.cookies.get(SESSION_COOKIE), act=act)
    account = desk.account_of(session) if session else None
    if session is None or account is None:
        return None
    served = account.using("cases").municipalities
    await desk.presence.seen(served)
    if served:
        await desk.colleagues.seen(account.person, served)
    form = await read_form(request) if request.method == "POST" else {}
    return Visit(request, desk, session, account.using(right) if right else account, form)


async def _lost(request: Request) -> HTMLResponse:
    return page_of_error(404)
