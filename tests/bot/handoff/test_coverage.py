"""What staff see of their municipality's help: only theirs, and no small number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

import httpx
import pytest
import redis

from bot.unmet import AGE_BANDS, KEPT_WEEKS, key_of, told_weeks
from tests.bot.handoff.conftest import RedisServer, Staff

TODAY = date(2026, 10, 14)  # as the staff pages of the tests know it
LAST_WEEK = told_weeks(TODAY)[0]
PARTS = ("", "/picture.svg", "/cells.csv", "/gaps.csv", "/needs.csv")


@pytest.fixture(autouse=True)
def _empty(shared_redis: RedisServer) -> Iterator[None]:
    with redis.Redis.from_url(shared_redis.url) as client:
        client.flushall()
    yield


@pytest.fixture
def ingrid(staff: Staff) -> Iterator[httpx.Client]:
    """A nurse of Eksempelvik."""
    with staff.log_in("ingrid") as browser:
        yield browser


def count(staff: Staff, week: str, municipality: str = "9999", **numbers: int) -> None:
    with redis.Redis.from_url(staff.redis_url) as client:
        for name, number in numbers.items():
            level, band = name.split("__")
            field = f"{level}:{band.replace('_', '-')}"
            client.hset(key_of(municipality, week), field, number)


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("part", PARTS)
def test_nobody_sees_another_municipality(staff: Staff, ingrid: httpx.Client, part: str) -> None:
    assert ingrid.get(f"/staff/coverage/9999{part}").status_code == 200
    answer = ingrid.get(f"/staff/coverage/3413{part}")
    assert answer.status_code == 404 and "Stange" not in answer.text
    with redis.Redis.from_url(staff.redis_url, decode_responses=True) as client:
        entries = [fields for _, fields in client.xrange("ung:staff:audit")]
    last = entries[-1]
    assert (last["what"], last["who"], last["municipality"]) == ("denied", "ingrid", "3413")


@pytest.mark.parametrize("number", ["0000", "abcd", "99999", "../9999", "9999%00"])
def test_a_municipality_that_is_none_is_not_found(ingrid: httpx.Client, number: str) -> None:
    assert ingrid.get(f"/staff/coverage/{number}").status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_who_is_not_logged_in_is_sent_to_log_in(staff: Staff, part: str) -> None:
    with staff.browser() as browser:
        answer = browser.get(f"/staff/coverage/9999{part}", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/staff/login"


def test_the_page_tells_holes_in_words_and_picture(ingrid: httpx.Client) -> None:
    answer = ingrid.get("/staff/coverage")  # one municipality: straight on to it
    assert answer.url.path == "/staff/coverage/9999"
    assert "Ingen dør er åpen om natta for 12 år." in answer.text
    assert answer.text.count('scope="row"') == 20
    assert "style=" not in answer.text and "<style" not in answer.text
    picture = ingrid.get("/staff/coverage/9999/picture.svg")
    assert picture.headers["content-type"] == "image/svg+xml" and "<title" in picture.text


def test_every_answer_stays_out_of_caches(ingrid: httpx.Client) -> None:
    for part in PARTS:
        headers = ingrid.get(f"/staff/coverage/9999{part}").headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"


def test_berit_sees_stange(staff: Staff) -> None:
    with staff.log_in("berit") as browser:
        text = browser.get("/staff/coverage/3413").text
    assert "Ingen egen dør på nivå mørkerødt for 12–20 år." in text


def test_numbers_of_five_and_more_are_shown_by_week(staff: Staff, ingrid: httpx.Client) -> None:
    count(staff, LAST_WEEK, orange__13_15=7, orange__12=4)
    text = ingrid.get("/staff/coverage/9999").text
    row = text.split('<th scope="row">41 (2026)</th>')[1].split("</tr>")[0]
    cells = [part.split("</td>")[0] for part in row.split("<td>")[1:]]
    few = "færre enn 5"
    assert cells == ["oransje", few, "7", few, few, few, "vises ikke"]


def test_small_numbers_stand_nowhere(staff: Staff, ingrid: httpx.Client) -> None:
    nothing = [ingrid.get(f"/staff/coverage/9999{part}").content for part in ("", "/needs.csv")]
    count(staff, LAST_WEEK, orange__13_15=4, red__unknown=1)
    few = [ingrid.get(f"/staff/coverage/9999{part}").content for part in ("", "/needs.csv")]
    assert without_token(few[0]) == without_token(nothing[0]) and few[1] == nothing[1]


def without_token(page: bytes) -> bytes:
    return page.split(b"<main")[1]


def test_the_week_that_runs_and_other_places_are_not_shown(
    staff: Staff, ingrid: httpx.Client
) -> None:
    count(staff, "2026-W42", orange__12=50)
    count(staff, LAST_WEEK, municipality="3413", orange__12=60)
    answer = ingrid.get("/staff/coverage/9999/needs.csv")
    assert {row["conversations"] for row in rows_of(answer)} == {"fewer_than_5", "not_told"}
    assert {row["municipality"] for row in rows_of(answer)} == {"9999"}


def test_the_file_of_needs_has_every_week_level_and_band(
    staff: Staff, ingrid: httpx.Client
) -> None:
    count(staff, LAST_WEEK, **{f"red__{band.replace('-', '_')}": 6 for band in AGE_BANDS})
    answer = ingrid.get("/staff/coverage/9999/needs.csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = rows_of(answer)
    assert len(rows) == KEPT_WEEKS * 5 * (len(AGE_BANDS) + 1)
    told = {
        r["ages"]: r["conversations"]
        for r in rows
        if r["week"] == LAST_WEEK and r["level"] == "red"
    }
    assert told == {**dict.fromkeys(AGE_BANDS, "6"), "all": "30"}
