"""What a client should not send: a clear 4xx or a normal answer, and the red flag seen."""

from __future__ import annotations

import json

import pytest

from bot.gateway.screening import PART
from bot.texts import say
from tests.bot.gateway.conftest import texts
from tests.bot.gateway.standins import ACUTE

RED = f"jeg {ACUTE}"


def assert_refused(answer, status: int, code: str, *, red: bool = False) -> None:
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert body["error"]["code"] == code
    assert len(body["error"]["message"]) > 20
    if red:
        assert body["safety"] == {"flag": "suicide", "response": "emergency"}
        assert "113" in "\n".join(message["text"] for message in body["messages"])
    else:
        assert body["safety"] is None and body["messages"] == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "nothing_said"),
        (b"{", "invalid_json"),
        (b'{"text": "hei"', "invalid_json"),
        (b"hei", "invalid_json"),
        (b"[]", "invalid_request"),
        (b'"hei"', "invalid_request"),
        (b"null", "invalid_request"),
        (b"{}", "nothing_said"),
        (b'{"text": ""}', "nothing_said"),
        (b'{"text": " \\u0000\\u200b\\n "}', "nothing_said"),
        (b'{"text": null, "choice": null}', "nothing_said"),
        (b'{"text": 5}', "invalid_request"),
        (b'{"text": ["hei"]}', "invalid_request"),
        (b'{"choice": {"a": 1}}', "invalid_request"),
        (b'{"text": "hei", "choice": "x"}', "text_and_choice"),
        (b'{"text": "hei", "language": "en"}', "bad_language"),
        (b"[" * 9000, "invalid_json"),
        (b"1" * 9000, "invalid_json"),
        (b"NaN", "invalid_request"),
    ],
)
async def test_what_cannot_be_read_is_refused(house, content, code):
    talk = await house.start()
    assert_refused(await talk.raw(content), 400, code)
    assert house.engine.calls == []


@pytest.mark.parametrize(
    "content",
    [
        f'{{"text": "{RED}'.encode(),
        RED.encode(),
        f'["{RED}"]'.encode(),
        f'{{"message": "{RED}"}}'.encode(),
        f'{{"text": 5, "more": {{"deep": ["{RED}"]}}}}'.encode(),
        f'{{"text": "hei", "choice": "x", "note": "{RED}"}}'.encode(),
        f'{{"{RED}": 1}}'.encode(),
        f'{{"text": "{RED}", "language": "se"}}'.encode(),
        b'{"text": "jeg vil d\\u00f8 i kveld',
        RED.encode("cp1252"),
        ("\ufeff" + RED).encode("utf-16"),
    ],
)
async def test_a_red_flag_is_seen_in_what_cannot_be_read(house, content):
    talk = await house.start()
    answer = await talk.raw(content)
    assert answer.status_code == 400
    assert_refused(answer, 400, answer.json()["error"]["code"], red=True)


async def test_a_red_flag_beside_a_good_text_is_seen(house):
    talk = await house.start()
    turn = (await talk.post(text="hei", note=RED)).json()
    assert turn["safety"] == {"flag": "suicide", "response": "emergency"}


async def test_2500_characters_with_a_red_flag_at_the_end(house):
    talk = await house.start()
    long = "bla " * 620 + RED
    assert_refused(await talk.post(text=long), 413, "text_too_long", red=True)
    assert house.engine.calls == []
    kept = (await talk.so_far())["messages"]
    assert kept[1]["text"].endswith(RED) and "113" in kept[2]["text"]
    assert talk.id in house.cases.cases  # the case opens as it would have


async def test_long_without_danger_is_only_refused(house):
    talk = await house.start()
    assert_refused(await talk.post(text="bla " * 600), 413, "text_too_long")
    assert_refused(await talk.post(text="x" * 2001), 413, "text_too_long")
    assert (await talk.post(text="x" * 2000)).status_code == 200


@pytest.mark.parametrize("place", ["start", "end"])
async def test_one_megabyte(house, place):
    talk = await house.start()
    filler = "a " * 500_000
    text = f"{RED} {filler}" if place == "start" else f"{filler} {RED}"
    assert_refused(await talk.post(text=text), 413, "body_too_large", red=True)
    assert_refused(await talk.post(text=filler), 413, "body_too_large")
    assert house.engine.calls == []


async def test_a_red_flag_in_the_middle_of_16_kb_is_not_diluted(house):
    talk = await house.start()
    text = "bla " * 1700 + RED + " bla" * 1700
    assert_refused(await talk.post(text=text), 413, "text_too_long", red=True)
    assert max(len(seen) for seen in house.screen.seen) <= PART


@pytest.mark.parametrize(
    "text",
    [
        "😭😭😭",
        "👩‍❤️‍👩 💔",
        "<script>alert(1)</script><b>hei</b>",
        "'; DROP TABLE samtaler; --",
        "{{ config }} ${7*7} %s %n",
        "linje 1\nlinje 2\ttab",
        "!" * 1999,
    ],
)
async def test_odd_but_harmless_texts_get_a_normal_answer_unchanged(house, text):
    talk = await house.start()
    turn = await talk.say(text)
    assert texts(turn) == f"Du sa: {text}"
    answer = await house.client.get(talk.path, headers=talk.key)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["messages"][1]["text"] == text


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        " /restart",
        "\u200b/restart",
        "//restart",
        "\x00/restart",
        "/",
        "／restart",
        "@/restart",
    ],
)
async def test_a_slash_command_reaches_the_engine_as_words(house, text):
    talk = await house.start()
    await talk.say(text)
    assert house.engine.told() == ["restart" if "restart" in text else "…"]


async def test_control_and_invisible_characters_are_taken_out(house):
    talk = await house.start()
    await talk.raw(b'{"text": "h\\u0007ei\\u202e p\\u00e5 \\ud800 deg\\u0000"}')
    assert house.engine.told() == ["h ei på � deg"]


@pytest.mark.parametrize(
    "text",
    ["vil d\u200bø i kv\u00adeld", "ｖｉｌ ｄø i kveld", "𝐯𝐢𝐥 dø i kveld", "vil\u200d dø i kveld"],
)
async def test_invisible_characters_do_not_hide_a_red_flag(house, text):
    talk = await house.start()
    assert (await talk.say(text))["safety"]["response"] == "emergency"


@pytest.mark.parametrize(
    ("header", "status", "code"),
    [
        (None, 401, "no_token"),
        ("", 401, "no_token"),
        ("Bearer", 401, "no_token"),
        ("Basic abc", 401, "no_token"),
        ("Bearer nonsense", 401, "bad_token"),
        ("Bearer a.b.c", 401, "bad_token"),
        ("Bearer " + "x" * 6000, 401, "bad_token"),
    ],
)
async def test_a_wrong_key_opens_nothing_but_a_red_flag_is_answered(house, header, status, code):
    talk = await house.start()
    headers = {} if header is None else {"Authorization": header}
    path = f"{talk.path}/messages"
    answer = await house.client.post(path, json={"text": "hei"}, headers=headers)
    assert_refused(answer, status, code)
    assert answer.headers["www-authenticate"] == "Bearer"
    answer = await house.client.post(path, json={"text": RED}, headers=headers)
    assert_refused(answer, status, code, red=True)
    for method, rest in (("GET", ""), ("DELETE", ""), ("GET", "/events")):
        answer = await house.client.request(method, talk.path + rest, headers=headers)
        assert_refused(answer, status, code)


async def test_the_key_of_another_conversation_is_refused(house):
    mine, other = await house.start(), await house.start()
    for method, rest in (("GET", ""), ("DELETE", ""), ("GET", "/events"), ("POST", "/messages")):
        answer = await house.client.request(method, other.path + rest, headers=mine.key)
        assert_refused(answer, 403, "other_conversation")
    assert (await other.say("hei"))["state"] == "bot"


async def test_an_altered_key_is_refused(house):
    talk = await house.start()
    swapped = ("A" if talk.token[0] != "A" else "B") + talk.token[1:]
    answer = await house.client.get(talk.path, headers={"Authorization": f"Bearer {swapped}"})
    assert_refused(answer, 401, "bad_token")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "invalid_json"),
        (b"[]", "invalid_request"),
        (b'{"language": "en"}', "bad_language"),
        (b'{"language": 5}', "bad_language"),
        (b'{"language": ["nb"]}', "bad_language"),
        (b'{"municipality": "301"}', "bad_municipality"),
        (b'{"municipality": 301}', "bad_municipality"),
        (b'{"municipality": "\xd9\xa0\xd9\xa3\xd9\xa0\xd9\xa1"}', "bad_municipality"),
    ],
)
async def test_a_conversation_that_cannot_be_started(house, content, code):
    answer = await house.client.post("/api/conversations", content=content)
    assert_refused(answer, 400, code)


async def test_starting_without_a_body_or_with_unknown_fields(house):
    for content in (b"", b"{}", b'{"language": null}', b'{"who": "me"}'):
        answer = await house.client.post("/api/conversations", content=content)
        assert answer.status_code == 201


async def test_a_red_flag_in_a_failed_start_is_answered(house):
    answer = await house.client.post("/api/conversations", json={"language": "en", "text": RED})
    assert_refused(answer, 400, "bad_language", red=True)


async def test_wrong_addresses_and_methods(house):
    talk = await house.start()
    answer = await house.client.post("/api/nothing", json={"text": RED})
    assert_refused(answer, 404, "not_found", red=True)
    assert_refused(await house.client.get("/api/conversations/../x"), 404, "not_found")
    answer = await house.client.put(f"{talk.path}/messages", json={"text": RED})
    assert_refused(answer, 405, "wrong_method", red=True)
    assert (await house.client.get("/nowhere")).status_code == 404


async def test_language_of_refusals_follows_the_conversation(house):
    talk = await house.start(language="nn")
    message = (await talk.post(text="")).json()["error"]["message"]
    assert message == say("gateway.error.nothing_said", "nn")


async def test_nothing_of_this_is_a_5xx(house):
    """A pile of rubbish at every address: never a 5xx, and the gateway lives on."""
    talk = await house.start()
    paths = ["/api/conversations", talk.path, f"{talk.path}/messages", f"{talk.path}/events?x=%ff"]
    bodies = [
        b"\xff\xfe\x00",
        b"\x00" * 100,
        b'{"text":"\\ud800"}',
        json.dumps({"choice": "\ud800"}).encode(),
    ]
    for path in [*paths, "/api/conversations/%00/messages", "/api/conversations/a%2Fb"]:
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"):
            for body in bodies:
                answer = await house.client.request(method, path, content=body)
                assert answer.status_code < 500, (method, path, body)
    assert (await talk.say("hei"))["state"] == "bot"
