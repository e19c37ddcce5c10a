"""Logging in and out of the staff pages."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.handoff import sign_on
from bot.handoff.answers import (
    LOGIN_COOKIE,
    SESSION_COOKIE,
    STAFF,
    drop_cookie,
    page_of_error,
    read_form,
    set_cookie,
)
from bot.handoff.audit import Act
from bot.handoff.desk import Desk, Visit
from bot.handoff.views import render

WRONG = "Brukernavn eller passord stemmer ikke."
OLD = "Siden var åpen for lenge. Prøv en gang til."
TOO_MANY = "Det er prøvd for mange ganger. Vent {minutes} min og prøv igjen."
NO_PASSWORDS = "Passord er slått av. Logg inn med jobbkontoen din."
MAX_LENGTH = 200


async def show(request: Request, desk: Desk) -> Response:
    """`GET /staff/login`."""
    return _page(request, desk)


async def enter(request: Request, desk: Desk) -> Response:
    """`POST /staff/login`. Beside a provider there are no passwords."""
    if desk.openid is not None:
        return page_of_error(403, NO_PASSWORDS)
    form = await read_form(request)
    if not desk.sessions.is_login_token(form.get("token", ""), request.cookies.get(LOGIN_COOKIE)):
        return _page(request, desk, OLD, 403)
    user = form.get("user", "").strip()[:MAX_LENGTH]
    password = form.get("password", "")
    address = request.client.host if request.client else ""
    wait = await desk.throttle.attempt(user, address)
    if wait:
        await desk.audit.note(Act("login_throttled", *_known(desk, user)))
        words = TOO_MANY.format(minutes=-(-wait // 60))
        return _page(request, desk, words, 429, wait)
    async with desk.hashing:
        account = await asyncio.to_thread(desk.accounts.check, user, password)
    if account is None:
        await desk.audit.note(Act("login_failed", *_known(desk, user)))
        return _page(request, desk, WRONG, 401)
    await desk.throttle.succeeded(user, address)
    await desk.audit.note(Act("login", account.user, municipality=account.served))
    answer = RedirectResponse(account.home or f"{STAFF}/", 303)
    set_cookie(request, answer, SESSION_COOKIE, await desk.sessions.start(account.user))
    drop_cookie(answer, LOGIN_COOKIE)
    return answer


async def leave(visit: Visit) -> Response:
    """`POST /staff/logout`."""
    await visit.note("logout")
    await visit.desk.sessions.end(visit.session)
    await visit.desk.colleagues.gone(visit.account.user, visit.account.municipalities)
    answer = await sign_on.leave(visit.desk, visit.session.id_token)
    drop_cookie(answer, SESSION_COOKIE)
    return answer


def _page(
    request: Request, desk: Desk, words: str = "", status: int = 200, wait: int = 0
) -> Response:
    token, provider = desk.sessions.login_token(), desk.openid is not None
    page = render("login.html", token=token, words=words, provider=provider)
    answer = HTMLResponse(page, status)
    set_cookie(request, answer, LOGIN_COOKIE, token)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _known(desk: Desk, user: str) -> tuple[str, str, str]:
    """Return account, no case and municipalities for the record.

    What is no account is not named: it could be a password typed amiss.
    """
    account = desk.accounts.get(user)
    return (user, "", account.served) if account else ("unknown", "", "")
