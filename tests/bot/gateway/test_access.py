"""Every route of the chat API × no token, a wrong one, another conversation's, one too old."""

from __future__ import annotations

import time

import httpx
import itsdangerous
import pytest
from starlette.routing import Route

from bot.gateway import coming_back
from bot.gateway.api import routes
from bot.gateway.app import create_app
from bot.gateway.tokens import Tokens
from tests.bot.gateway.conftest import SECRET, House, Talk

# Who needs a token. Without one of ours: 401; with another conversation's: 403, whether there is
# such a conversation or not.
TABLE = {
    "GET /api/info": False,
    "POST /api/conversations": False,
    "GET /api/conversations/{id}": True,
    "DELETE /api/conversations/{id}": True,
    "POST /api/conversations/{id}/messages": True,
    "GET /api/conversations/{id}/events": True,
    "GET /api/conversations/{id}/calendar": True,
    "POST /api/conversations/{id}/signs": True,
    "POST /api/conversations/{id}/code": True,
    "POST /api/return": False,
}
# Open to all, and without a word of anybody: beside pages and the staff's own.
OPEN = {"/alive", "/health", "/api/openapi.json"}
CLOSED = [name for name, closed in TABLE.items() if closed]


def names_of(found) -> list[str]:
    return [
        f"{method} {route.path}"
        for route in found
        if isinstance(route, Route)
        for method in sorted(route.methods - {"HEAD"})
    ]


class Old(itsdangerous.URLSafeTimedSerializer):
    """Signs as the gateway did more than a year ago."""

    class LongAgo(itsdangerous.TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time()) - 400 * 86400

    default_signer = LongAgo


def bad_tokens(talk: Talk, another: Talk) -> dict[str, dict[str, str]]:
    payload = {"c": talk.id, "l": False, "m": None}
    salt = "ungveiviser.token"
    found = {
        "garbage": "garbage",
        "another conversation's": another.token,
        "altered": talk.token[:-3] + ("aaa" if talk.token[-3:] != "aaa" else "bbb"),
        "of another secret": Tokens("another-secret-0123456789", 86400).issue(talk.id, None, None),
        "of another use": itsdangerous.URLSafeTimedSerializer(SECRET, salt="x").dumps(payload),
        "too old": Old(SECRET, salt=salt).dumps(payload),
        "not signed": talk.token.split(".")[0],
        "very long": "a" * 5000,
    }
    bearers = {name: {"Authorization": f"Bearer {token}"} for name, token in found.items()}
    return {
        "none": {},
        "as password": {"Authorization": f"Basic {talk.token}"},
        "in a cookie": {"Cookie": f"token={talk.token}"},
        **bearers,
    }


async def ask(house: House, name: str, talk: Talk, headers: dict[str, str]) -> httpx.Response:
    method, path = name.split()
    path = path.replace("{id}", talk.id)
    body = {"text": "hei"} if method == "POST" else None
    return await house.client.request(method, path, json=body, headers=headers)


def test_every_route_has_a_row_and_every_row_a_route(house: House) -> None:
    mine = [*routes(), *coming_back.routes()]
    assert sorted(names_of(mine)) == sorted(TABLE)
    app = create_app(parts=house.parts)
    others = {route.path for route in app.routes if isinstance(route, Route)}
    api = {route.path for route in mine}
    assert {path for path in others - api if path.startswith(("/api", "/alive", "/health"))} == OPEN


@pytest.mark.parametrize("name", CLOSED)
async def test_without_the_right_token_nothing_is_told_and_nothing_done(
    house: House, name: str
) -> None:
    talk, another = await house.start(), await house.start()
    await talk.say("jeg heter Kari")
    before = await talk.so_far()
    for kind, headers in bad_tokens(talk, another).items():
        answer = await ask(house, name, talk, headers)
        assert answer.status_code == (403 if kind == "another conversation's" else 401), kind
        assert "Kari" not in answer.text and talk.id not in answer.text
        assert answer.json()["error"]["code"] and answer.headers["cache-control"] == "no-store"
    assert await talk.so_far() == before


@pytest.mark.parametrize("name", CLOSED)
async def test_nobody_learns_which_conversations_exist(house: House, name: str) -> None:
    talk, another = await house.start(), await house.start()
    nowhere = Talk(house, "a" * len(talk.id), "", [])
    there = await ask(house, name, talk, another.key)
    not_there = await ask(house, name, nowhere, another.key)
    assert there.status_code == not_there.status_code == 403
    assert there.json() == not_there.json()


async def test_a_token_in_the_address_is_none(house: House) -> None:
    talk = await house.start()
    for name in ("token", "access_token", "authorization"):
        answer = await house.client.get(talk.path, params={name: talk.token})
        assert answer.status_code == 401
