"""What no good client sends: 4xx or a normal answer, the red flag seen, nothing run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

RED = "jeg skal ta livet mitt i natt"


def post(t, **how):
    return t.http.post(
        f"/api/conversations/{t.id}/messages", headers=how.pop("headers", t.headers), **how
    )


@pytest.mark.parametrize(
    "text",
    [
        "😭😭😭",
        "مرحبا",
        "привіт",
        "<script>alert(1)</script>",
        "/restart",
        "\x00\x07hei",
        "....",
        "👍",
        "/",
        "{}",
    ],
)
def test_odd_text_gets_a_normal_answer(talk, text):
    t = talk().say(text)
    assert t.turn["messages"]
    assert t.turn["safety"] is None or t.turn["safety"]["response"] == "check"


@pytest.mark.parametrize("command", ["/restart", '/choose{"a":1}', "/session_start", "/tell"])
def test_typed_commands_change_nothing(talk, command):
    t = talk().say("er stressa, bor i Eksempelvik").say(command)
    t.expect(place="9999")


def test_empty_is_refused_kindly(talk):
    t = talk()
    answer = post(t, json={"text": ""})
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]["message"]


def test_a_red_flag_at_the_end_of_2500_characters_is_seen(talk):
    answer = post(talk(), json={"text": "skolen er slitsom. " * 130 + RED})
    assert answer.status_code == 413 or answer.status_code == 422 or answer.status_code == 400
    assert answer.json()["safety"]["response"] == "emergency"
    assert "113" in str(answer.json()["messages"])


def test_a_megabyte_is_refused_and_read(talk):
    answer = post(talk(), json={"text": RED + " x" * 500_000})
    assert 400 <= answer.status_code < 500
    assert answer.json()["safety"]["response"] == "emergency"


def test_a_wrong_key_is_refused_but_the_red_flag_is_seen(talk):
    answer = post(talk(), json={"text": RED}, headers={"Authorization": "Bearer nonsense"})
    assert answer.status_code == 401
    assert answer.json()["safety"]["response"] == "emergency"


def test_the_key_of_another_conversation_opens_nothing(talk):
    one, other = talk(), talk()
    assert post(one, json={"text": "hei"}, headers=other.headers).status_code in (401, 403, 404)


def test_invalid_json_is_told_and_read(talk):
    answer = post(talk(), content=b'{"text": "' + RED.encode(), headers=None)
    assert 400 <= answer.status_code < 500
    assert answer.json()["safety"]["response"] == "emergency"


def test_a_choice_of_another_conversation_is_refused(talk):
    one, other = talk(), talk()
    value = one.turn["messages"][0]["choices"][0]["value"]
    assert post(other, json={"choice": value}).status_code == 400


def test_two_messages_at_once_are_both_kept(talk):
    t = talk()
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda text: post(t, json={"text": text}), ["er stressa", "bor i Stange"])
        )
    assert {a.status_code for a in answers} == {200}
    kept = t.http.get(f"/api/conversations/{t.id}", headers=t.headers).json()
    assert {m["text"] for m in kept["messages"] if m["from"] == "youth"} == {
        "er stressa",
        "bor i Stange",
    }


def test_a_deleted_conversation_is_gone(talk):
    t = talk().say("er stressa")
    assert t.http.delete(f"/api/conversations/{t.id}", headers=t.headers).status_code == 204
    answer = t.http.get(f"/api/conversations/{t.id}", headers=t.headers)
    assert answer.status_code in (404, 410)


def test_the_api_describes_itself(talk):
    document = talk().http.get("/api/openapi.json").json()
    assert "/api/conversations/{id}/messages" in document["paths"]
