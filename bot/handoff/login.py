"""Logging in and out of the staff pages."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.handoff.answers import (
    LOGIN,
    LOGIN_COOKIE,
    SESSION_COOKIE,
    STAFF,
    drop_cookie,
    read_form,
    set_cookie,
)
from bot.handoff.audit import Act
from bot.handoff.desk import Desk, Visit
from bot.handoff.views import render

WRONG = "Brukernavn eller passord stemmer ikke."
OLD = "Siden var åpen for lenge. Prøv en gang til."
TOO_MANY = "Det er prøvd for mange ganger. Vent {minutes} min og prøv igjen."
MAX_LENGTH = 200


async def show(request: Request, desk: Desk) -> Response:
    """`GET /staff/login`."""
    return _page(request, desk)


async def enter(request: Request, desk: Desk) -> Response:
    """`POST /staff/login`."""
    form = await read_form(request)
    if not desk.sessions.is_login_token(form.get("token", ""), request.cookies.get(LOGIN_COOKIE)):
        return _page(request, desk, OLD, 403)
    user = form.get("user", "").strip()[:MAX_LENGTH]
    password = form.get("password", "")[:MAX_LENGTH]
    address = request.client.host if request.client else ""
    wait = await desk.throttle.attempt(user, address)
    if wait:
        await desk.audit.note(Act("login_throttled", _known(desk, user)))
        words = TOO_MANY.format(minutes=-(-wait // 60))
        return _page(request, desk, words, 429, wait)
    async with desk.hashing:
        account = await asyncio.to_thread(desk.accounts.check, user, password)
    if account is None:
        await desk.audit.note(Act("login_failed", _known(desk, user)))
        return _page(request, desk, WRONG, 401)
    await desk.throttle.succeeded(user, address)
    await desk.audit.note(Act("login", account.user))
    answer = RedirectResponse(f"{STAFF}/", 303)
    set_cookie(request, answer, SESSION_COOKIE, await desk.sessions.start(account.user))
    drop_cookie(answer, LOGIN_COOKIE)
    return answer


async def leave(visit: Visit) -> Response:
    """`POST /staff/logout`."""
    await visit.note("logout")
    await visit.desk.sessions.end(visit.session)
    await visit.desk.colleagues.gone(visit.account.user, visit.account.municipalities)
    answer = RedirectResponse(LOGIN, 303)
    drop_cookie(answer, SESSION_COOKIE)
    return answer


def _page(
    request: Request, desk: Desk, words: str = "", status: int = 200, wait: int = 0
) -> Response:
    token = desk.sessions.login_token()
    answer = HTMLResponse(render("login.html", token=token, words=words), status)
    set_cookie(request, answer, LOGIN_COOKIE, token)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _known(desk: Desk, user: str) -> str:
    """Return the account for the record; what is no account could be a password typed amiss."""
    return user if desk.accounts.get(user) else "unknown"
