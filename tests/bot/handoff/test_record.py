"""The record of who saw and did what: every page writes it, a lead exports her own."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import httpx
import pytest
import redis

from tests.bot.handoff.conftest import PASSWORD, ROOT, RedisServer, Staff, field, log_in
from tests.bot.handoff.test_access import ask, every_route, open_in_asker

# What each page and act leaves in the record; None: nothing of its own.
LEAVES = {
    "GET /login": None,
    "POST /login": "login",
    "GET /login/start": None,
    "GET /login/callback": None,  # login, login_refused, login_down: see test_sign_on.py
    "POST /logout": "logout",
    "GET /": "list",
    "GET /numbers": "numbers",
    "GET /record": "record",
    "GET /record.csv": "record_export",
    "GET /record.jsonl": "record_export",
    # These repeat by themselves, every few seconds, what a page has shown and noted.
    "GET /bells": None,
    "GET /queue": None,
    "GET /cases/{case}/news": None,
    "GET /cases/{case}": "view",
    "POST /cases/{case}/claim": "claim",
    "POST /cases/{case}/reply": "reply",
    "POST /cases/{case}/hand-back": "hand_back",
    "POST /cases/{case}/close": "close",
    "POST /cases/{case}/note": "note",
    "POST /cases/{case}/done": "done",
    "GET /cases/{case}/journal.txt": "journal",
    # What these leave needs more than one step: see test_moves.py and test_paperwork.py.
    "POST /cases/{case}/transfer": None,
    "POST /cases/{case}/journalled": None,
    "POST /cases/{case}/false-alarm": None,
    "POST /shift": None,
    "GET /shift": "shift",
    "GET /false-alarms": "false_alarms",
    "GET /false-alarms.jsonl": "false_alarms",
    "GET /coverage": None,  # straight on to the page of a municipality
    "GET /coverage/{number}": "coverage",
    "GET /coverage/{number}/picture.svg": "coverage",
    "GET /coverage/{number}/cells.csv": "coverage",
    "GET /coverage/{number}/gaps.csv": "coverage",
    "GET /coverage/{number}/needs.csv": "coverage",
    "GET /{rest:path}": None,
    "POST /{rest:path}": None,
}


@pytest.fixture(autouse=True)
def _empty(shared_redis: RedisServer) -> Iterator[None]:
    with redis.Redis.from_url(shared_redis.url) as client:
        client.flushall()
    yield


def entries(staff: Staff) -> list[dict[str, str]]:
    with redis.Redis.from_url(staff.redis_url, decode_responses=True) as client:
        return [fields for _, fields in client.xrange("ung:staff:audit")]


def export(browser: httpx.Client, kind: str = "jsonl", **days: str) -> httpx.Response:
    asked = {"from": "2026-01-01", "to": "2026-01-31", **days}
    return browser.get(f"/staff/record.{kind}", params=asked)


def today() -> dict[str, str]:
    """Days around now: the record goes by the real clock."""
    day = date.today()
    return {"from": str(day - timedelta(days=1)), "to": str(day + timedelta(days=1))}


def test_every_route_says_what_it_leaves() -> None:
    assert sorted(LEAVES) == sorted(every_route())


@pytest.mark.parametrize("name", [name for name, what in LEAVES.items() if what])
def test_every_view_and_act_is_noted_once(staff: Staff, name: str) -> None:
    case = open_in_asker(staff)
    with staff.browser() as browser:
        log_in(browser, "lead-3203", PASSWORD)
        csrf = field(browser.get("/staff/").text, "csrf")
        if "/cases/" in name and not name.endswith(("}", "claim")):
            ask(browser, "POST /cases/{case}/claim", case.id, csrf)
        before = len(entries(staff))
        browser.follow_redirects = False
        if name == "POST /login":
            log_in(browser, "lead-3203", PASSWORD)
        elif "/record." in name:
            export(browser, name.rsplit(".", 1)[1])
        else:
            ask(browser, name, case.id, csrf)
        [entry] = entries(staff)[before:]
    assert (entry["what"], entry["who"], entry["municipality"]) == (
        LEAVES[name],
        "lead-3203",
        "3203",
    )


def test_a_lead_exports_the_record_of_her_own_places_alone(staff: Staff) -> None:
    case = open_in_asker(staff)
    with staff.log_in("reviewer-3413") as stranger:
        assert stranger.get(f"/staff/cases/{case.id}").status_code == 404
    with staff.log_in("reviewer-3203") as nurse:
        nurse.get(f"/staff/cases/{case.id}")
    with staff.browser() as browser:
        log_in(browser, "lead-3203", PASSWORD)
        found = [json.loads(line) for line in export(browser, **today()).text.splitlines()]
        acts = [(row["what"], row["who"]) for row in found]
        for expected in (
            ("open", "bot"),
            ("denied", "reviewer-3413"),  # somebody asked for a case of hers
            ("login", "reviewer-3203"),
            ("view", "reviewer-3203"),
            ("record_export", "lead-3203"),
        ):
            assert acts.count(expected) == 1
        assert ("login", "reviewer-3413") not in acts
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]{12}Z", row["at"]) for row in found)
        answer = export(browser, "csv", **today())
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert [(row["what"], row["who"]) for row in rows][: len(acts)] == acts
        assert "attachment" in answer.headers["content-disposition"]
        assert "jeg vil ikke leve" not in answer.text
    with staff.browser() as browser:
        log_in(browser, "lead-3413", PASSWORD)
        text = export(browser, **today()).text
        assert "reviewer-3203" not in text and '"open"' not in text
        assert "reviewer-3413" in text


def test_days_are_bounds(staff: Staff) -> None:
    with staff.browser() as browser:
        log_in(browser, "admin-9999", PASSWORD)
        assert export(browser).text == ""
        for odd in (
            {"from": "x"},
            {"to": ""},
            {"from": "2026-02-01"},
            {"from": "2020-01-01"},
            {"from": "9999-12-31", "to": "9999-12-31"},
        ):
            answer = export(browser, **odd)
            assert answer.status_code == 400 and "Velg to datoer" in answer.text


def test_a_long_record_comes_whole(staff: Staff, shared_redis: RedisServer) -> None:
    about = {"what": "list", "who": "=kari", "case": "", "municipality": "9999"}
    with redis.Redis.from_url(shared_redis.url) as client, client.pipeline() as pipe:
        for number in range(1, 2501):
            pipe.xadd("ung:staff:audit", about, id=f"1768000000000-{number}")
        pipe.execute()
    with staff.browser() as browser:
        log_in(browser, "admin-9999", PASSWORD)
        assert len(export(browser).text.splitlines()) == 2500
        assert "'=kari" in export(browser, "csv").text  # no formula in a spreadsheet


def test_no_page_changes_or_removes_an_entry(staff: Staff) -> None:
    """Append only: no command but XADD touches the record, in code or in scripts."""
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "bot").rglob("*.lua")]:
        assert not re.search(r"\b(xdel|xtrim|XDEL|XTRIM)\b", path.read_text("utf-8")), path
