"""Headers on every answer, the frame, and no cookie for a young person."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.gateway.headers import SecurityHeaders
from tests.bot.gateway.conftest import open_house

EVERYWHERE = ["/", "/embed", "/widget.js", "/health", "/api/openapi.json", "/api/info", "/nowhere"]


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_has_the_headers(house, path):
    answer = await house.client.get(path)
    headers = answer.headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy
    assert "unsafe" not in policy and "object-src 'none'" in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "server" not in headers and "set-cookie" not in headers
    assert not [name for name in headers if name.startswith("access-control")]
    kind = headers["content-type"]
    assert "charset=utf-8" in kind if kind.startswith("text/") else kind == "application/json"
    if path != "/widget.js":
        assert headers["cache-control"] == "no-store"


async def test_only_the_embed_page_can_be_framed(house):
    for path in EVERYWHERE:
        headers = (await house.client.get(path)).headers
        if path == "/embed":
            assert headers["content-security-policy"].endswith("frame-ancestors *")
            assert "x-frame-options" not in headers
            assert headers["cross-origin-resource-policy"] == "cross-origin"
        else:
            assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
            assert headers["x-frame-options"] == "DENY"


async def test_host_pages_can_be_named(fresh_redis, tmp_path):
    hosts = ("https://www.eksempelvik.kommune.no", "https://skole.example")
    async with open_house(fresh_redis, tmp_path, frame_ancestors=hosts) as house:
        policy = (await house.client.get("/embed")).headers["content-security-policy"]
        assert policy.endswith(f"frame-ancestors {' '.join(hosts)}")


async def test_the_chat_sets_no_cookie_and_refusals_have_headers_too(house):
    talk = await house.start()
    for answer in (
        await talk.post(text="hei"),
        await talk.post(text=""),
        await house.client.get(talk.path, headers=talk.key),
        await talk.delete(),
    ):
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_cookie_is_taken_off_for_youth_and_left_for_staff():
    def cookie(request):
        answer = PlainTextResponse("hei")
        answer.set_cookie("a", "b")
        return answer

    app = Starlette(routes=[Route("/x", cookie), Route("/staff/x", cookie)])
    client = TestClient(SecurityHeaders(app, ["*"]))
    assert "set-cookie" not in client.get("/x").headers
    assert "set-cookie" in client.get("/staff/x").headers
