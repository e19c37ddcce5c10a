"""Where alerts go in the tests: a real web server and a real mail server, each a process.

python -m tests.bot.handoff.sinks http PORT FILE
python -m tests.bot.handoff.sinks smtp PORT FILE [CERTIFICATE KEY]

What arrives is written to FILE, one line of JSON each.
"""

from __future__ import annotations

import asyncio
import json
import signal
import ssl
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import uvicorn
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

USER, PASSWORD = "varsel", "hemmelig-postord"


class Book:
    def __init__(self, path: str) -> None:
        self.path = Path(path)

    def write(self, **about: Any) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(about, ensure_ascii=False) + "\n")


def serve_http(port: int, book: Book) -> None:
    tries: Counter[str] = Counter()

    async def receive(request: Request) -> Response:
        """/ok, /flaky/<n> (503 at the first n), /stuck/<n>, /status/<code>, /redirect."""
        path = request.url.path
        tries[path] += 1
        book.write(path=path, headers=dict(request.headers), body=(await request.body()).decode())
        kind, _, number = path.strip("/").partition("/")
        if kind == "stuck" and tries[path] <= int(number):
            await asyncio.sleep(30)
        if kind == "redirect":
            return RedirectResponse("/ok", 307)
        if kind == "status":
            return Response(status_code=int(number))
        return Response(status_code=503 if kind == "flaky" and tries[path] <= int(number) else 204)

    app = Starlette(routes=[Route("/{rest:path}", receive, methods=["GET", "POST"])])
    options: dict[str, Any] = {"access_log": False, "ws": "none", "log_level": "critical"}
    uvicorn.run(app, port=port, timeout_graceful_shutdown=1, **options)


class Box:
    def __init__(self, book: Book) -> None:
        self.book = book

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.book.write(
            sender=envelope.mail_from,
            to=envelope.rcpt_tos,
            text=envelope.content.decode(),
            encrypted=session.ssl is not None,
            user=(session.auth_data or b"").decode() or None,
        )
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("full"):
            return f"452 the mailbox {address} is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def authenticate(server: Any, session: Any, envelope: Any, how: str, data: Any) -> AuthResult:
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False, auth_data=data.login)


def serve_smtp(port: int, book: Book, *certificate: str) -> None:
    options: dict[str, Any] = {}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
        options = {
            "tls_context": context,
            "require_starttls": True,
            "authenticator": authenticate,
            "auth_required": True,
        }
    controller = Controller(Box(book), hostname="127.0.0.1", port=port, **options)
    controller.start()
    signal.sigwait([signal.SIGTERM, signal.SIGINT])
    controller.stop()


if __name__ == "__main__":
    serve = {"http": serve_http, "smtp": serve_smtp}[sys.argv[1]]
    serve(int(sys.argv[2]), Book(sys.argv[3]), *sys.argv[4:])  # type: ignore[operator]
