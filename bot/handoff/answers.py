"""Answers and forms that all staff pages share: headers, pages of errors, bounded forms."""

from __future__ import annotations

from typing import Literal, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.handoff.views import render

STAFF = "/staff"
LOGIN = f"{STAFF}/login"
SESSION_COOKIE = "ung_staff"
LOGIN_COOKIE = "ung_staff_login"
FLOW_COOKIE = "ung_staff_flow"
MAX_FORM_BYTES = 32 * 1024
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
_WORDS = {
    403: "Skjemaet var for gammelt eller kom ikke herfra. Last siden på nytt og prøv igjen.",
    404: "Saken eller siden finnes ikke her. Den kan være slettet.",
    409: "Det gikk ikke.",
    413: "Teksten er for lang. Del den i flere meldinger.",
    503: "Lagringen svarer ikke nå. Gå tilbake og prøv igjen. Ingenting blir sendt to ganger.",
}

R = TypeVar("R", bound=Response)


def secured(response: R) -> R:
    """Return the answer with the headers that keep it out of caches, frames and search."""
    response.headers.update(_HEADERS)
    return response


def page_of_error(status: int, words: str = "") -> HTMLResponse:
    """Return a page that says what is amiss, and what to do."""
    page = render("error.html", words=words or _WORDS[status])
    return secured(HTMLResponse(page, status))


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form; none of a form that is too long or no form."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            return {}
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return {}


def set_cookie(
    request: Request,
    response: Response,
    name: str,
    value: str,
    samesite: Literal["strict", "lax"] = "strict",
) -> None:
    """Set a cookie that only our own pages get and no script reads; it ends with the browser."""
    response.set_cookie(
        name,
        value,
        path=STAFF,
        httponly=True,
        samesite=samesite,
        secure=request.url.scheme == "https",
    )


def drop_cookie(response: Response, name: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(name, path=STAFF, httponly=True, samesite="strict")
