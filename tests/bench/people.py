"""A young person and a nurse over real HTTP, as stubborn as their pages are."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from typing import Any, Optional

import httpx

from tests.bench.bot import NURSE, PASSWORD, RED_FLAG, Bot

PAUSE = 0.3
PATIENCE = 240.0


class TooLate(AssertionError):
    """Something did not come about although it was tried for minutes."""


def client(bot: Bot) -> httpx.AsyncClient:
    """One person's browser. A call may take as long as the page lets it."""
    limits = httpx.Limits(max_connections=400)
    return httpx.AsyncClient(base_url=bot.url, timeout=20, trust_env=False, limits=limits)


class Youth:
    """One conversation. `said`: what was answered 200, so must be there for ever after."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.said: list[str] = []
        self.id = ""
        self.key: dict[str, str] = {}

    async def begin(self) -> None:
        """Begin a conversation on Eksempelvik's page."""
        begun = await self._insist("POST", "/api/conversations", {"municipality": "9999"}, 201)
        self.id, self.key = begun["id"], {"Authorization": f"Bearer {begun['token']}"}

    async def say(self, text: str) -> dict[str, Any]:
        """Say something until it is acknowledged, under one id, as the page; return the turn."""
        deadline, last = time.monotonic() + PATIENCE, "nothing"
        body = {"text": text, "id": secrets.token_urlsafe(16)}
        while time.monotonic() < deadline:
            try:
                answer = await self._call("POST", "/messages", body)
            except httpx.HTTPError as error:
                last = type(error).__name__
                await asyncio.sleep(PAUSE)
                continue
            if answer.status_code == 200:
                self.said.append(text)
                turn: dict[str, Any] = answer.json()
                return turn
            last = answer.text[:200]
            await asyncio.sleep(1 if answer.status_code == 429 else PAUSE)
        raise TooLate(f"{text}: {last}")

    async def ask_for_help(self) -> None:
        """Write a red flag, again until a case is promised."""
        for number in range(200):
            turn = await self.say(f"{RED_FLAG} {number}")
            if turn["state"] in ("waiting", "human"):
                return
            await asyncio.sleep(PAUSE)
        raise TooLate("no case")

    async def so_far(self) -> dict[str, Any]:
        """Return the conversation. Raises httpx.HTTPError."""
        answer = await self._call("GET", "")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def listen(self, heard: dict[str, list[float]]) -> None:
        """Follow the events for ever, resuming where the line broke; note when each word came."""
        last: Optional[str] = None
        while True:
            with contextlib.suppress(httpx.HTTPError):
                headers = {**self.key, **({"Last-Event-ID": last} if last else {})}
                path = f"/api/conversations/{self.id}/events"
                async with self._http.stream("GET", path, headers=headers, timeout=45) as lines:
                    async for line in lines.aiter_lines():
                        if line.startswith("id: "):
                            last = line[4:]
                        elif line.startswith("data: "):
                            message = json.loads(line[6:]).get("message") or {}
                            if message.get("from") == "human":
                                heard.setdefault(message["text"], []).append(time.monotonic())
            await asyncio.sleep(PAUSE)

    async def _call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        path = f"/api/conversations/{self.id}{path}"
        return await self._http.request(method, path, json=body, headers=self.key)

    async def _insist(self, method: str, path: str, body: Any, wanted: int) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                answer = await self._http.request(method, path, json=body)
                if answer.status_code == wanted:
                    found: dict[str, Any] = answer.json()
                    return found
            await asyncio.sleep(PAUSE)
        raise TooLate(path)


class Nurse:
    """Somebody at the staff pages. `said`: by case, what was acknowledged."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._csrf = ""
        self.said: dict[str, list[str]] = {}

    async def log_in(self) -> None:
        """Log in with the password. Raises httpx.HTTPError."""
        page = await self._http.get("/staff/login")
        form = {"token": field(page.text, "token"), "user": NURSE, "password": PASSWORD}
        answer = await self._http.post("/staff/login", data=form)
        assert answer.status_code == 303, answer.status_code
        self._csrf = field((await self._http.get("/staff/")).text, "csrf")

    async def claim(self, case: str) -> None:
        await self._act(case, "claim")

    async def reply(self, case: str, text: str) -> None:
        """Write to the youth; sent again with the same key until it is acknowledged."""
        await self._act(case, "reply", text=text, key=secrets.token_urlsafe(12))
        self.said.setdefault(case, []).append(text)

    async def close(self, case: str) -> None:
        await self._act(case, "close", outcome="reached", care="no", journalled="nothing")

    async def hand_back(self, case: str) -> None:
        await self._act(case, "hand-back", note="")

    async def _act(self, case: str, what: str, **form: str) -> None:
        deadline, answer = time.monotonic() + PATIENCE, None
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                data = {**form, "csrf": self._csrf}
                answer = await self._http.post(f"/staff/cases/{case}/{what}", data=data)
                if answer.status_code == 303 and "login" not in answer.headers["location"]:
                    return
            await asyncio.sleep(PAUSE)
        raise TooLate(f"{what}: {answer.status_code if answer is not None else 'no answer'}")


def field(page: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]
