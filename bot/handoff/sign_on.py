"""Logging in and out by the provider: there, back again, and what is said when it fails."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.handoff.account import Account
from bot.handoff.answers import (
    FLOW_COOKIE,
    LOGIN,
    SESSION_COOKIE,
    drop_cookie,
    page_of_error,
    set_cookie,
)
from bot.handoff.audit import Act
from bot.handoff.desk import Desk
from bot.handoff.errors import LoginRefused, ProviderDown
from bot.handoff.flows import Flow
from bot.handoff.openid import OpenId
from bot.handoff.views import render

DOWN = (
    "Innloggingen hos kommunen svarer ikke nå. Prøv igjen om litt. "
    "Ring den som leder tjenesten hvis du har vakt."
)
REFUSED = (
    "Innloggingen ble avvist. Begynn på nytt. Si fra til den som drifter hvis det skjer igjen."
)
NO_ACCESS = "Du er logget inn hos kommunen, men har ikke tilgang her. Spør den som leder tjenesten."
TOO_MANY = "Det er prøvd for mange ganger. Vent litt og prøv igjen."
log = logging.getLogger(__name__)


async def start(request: Request, desk: Desk) -> Response:
    """`GET /staff/login/start`: on to the provider."""
    if desk.openid is None:
        return page_of_error(404)
    flow = Flow.fresh()
    try:
        answer = RedirectResponse(await desk.openid.login_url(flow), 303)
    except ProviderDown as error:
        return await _down(desk, error)
    # The provider's answer comes from another site, where a strict cookie is not sent along.
    set_cookie(request, answer, FLOW_COOKIE, desk.flows.cookie(flow), samesite="lax")
    return answer


async def finish(request: Request, desk: Desk) -> Response:
    """`GET /staff/login/callback`: back from the provider."""
    if desk.openid is None:
        return page_of_error(404)
    try:
        account, token = await _who(request, desk, desk.openid)
    except LoginRefused as error:
        return await _refused(desk, str(error))
    except ProviderDown as error:
        return await _down(desk, error)
    await desk.audit.note(Act("login", account.user, municipality=account.served))
    # A page, and not a redirect: only from our own page does a strict cookie come along.
    answer = HTMLResponse(render("onwards.html", home=account.home, words="Du er logget inn."))
    session = await desk.sessions.start(account.user, account.as_json(), token)
    set_cookie(request, answer, SESSION_COOKIE, session)
    drop_cookie(answer, FLOW_COOKIE)
    return answer


async def leave(desk: Desk, id_token: str) -> Response:
    """Answer somebody who is logged out here: on to log out at the provider when it can be done."""
    url = None
    if desk.openid is not None and id_token:
        try:
            url = await desk.openid.logout_url(id_token)
        except ProviderDown as error:
            log.warning("the log-in provider is down: %s", error)
    if url is None:
        return RedirectResponse(LOGIN, 303)
    return HTMLResponse(render("onwards.html", home=url, words="Du er logget ut her."))


async def _who(request: Request, desk: Desk, openid: OpenId) -> tuple[Account, str]:
    """Return who has come back from the provider. Raises LoginRefused, ProviderDown."""
    asked = request.query_params
    if any(len(asked.getlist(name)) > 1 for name in ("state", "code", "iss", "error")):
        raise LoginRefused("twice")
    flow = await desk.flows.take(request.cookies.get(FLOW_COOKIE), asked.get("state", ""))
    if flow is None:
        raise LoginRefused("state")
    address = request.client.host if request.client else ""
    if await desk.throttle.attempt(flow.state, address):
        raise LoginRefused("throttled")
    if "error" in asked or not asked.get("code"):
        raise LoginRefused("error")
    try:
        claims, token = await openid.claims(asked["code"], asked.get("iss", ""), flow)
    except ProviderDown:
        await desk.throttle.succeeded(flow.state, address)  # no fault of who logs in
        raise
    account = openid.provider.account(claims)
    if account is None or account.home is None:
        raise LoginRefused("no_access")
    await desk.throttle.succeeded(flow.state, address)
    return account, token


async def _refused(desk: Desk, why: str) -> Response:
    await desk.audit.note(Act("login_refused", "unknown", why=why))
    if why == "throttled":
        return _page(desk, TOO_MANY, 429)
    return _page(desk, NO_ACCESS if why == "no_access" else REFUSED, 403)


async def _down(desk: Desk, error: ProviderDown) -> Response:
    log.warning("the log-in provider is down: %s", error)
    await desk.audit.note(Act("login_down", "unknown"))
    return _page(desk, DOWN, 503)


def _page(desk: Desk, words: str, status: int) -> Response:
    answer = HTMLResponse(render("login.html", token="", words=words, provider=True), status)
    drop_cookie(answer, FLOW_COOKIE)
    return answer
