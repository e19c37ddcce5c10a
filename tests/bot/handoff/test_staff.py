"""The staff pages over HTTP, served by a real process."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import redis

from bot.handoff.case import Case
from bot.handoff.cases import Cases
from bot.handoff.ledger import Ledger
from bot.handoff.link import connect
from bot.handoff.roster import Keep
from bot.settings import section
from bot.turn import Message
from tests.bot.handoff.conftest import (
    EKSEMPELVIK,
    PASSWORD,
    RedisServer,
    Staff,
    field,
    free_port,
    staff_pages,
    write_settings,
)

WORDS = (
    "jeg heter Kari og bor i Storgata 5, tlf 00 12 34 56. <script>alert(1)</script> hoppe fra brua"
)

NO_CARE = {"care": "no", "journalled": "nothing"}


@pytest.fixture(autouse=True)
def _empty(shared_redis: RedisServer) -> Iterator[None]:
    with redis.Redis.from_url(shared_redis.url) as client:
        client.flushall()
    yield


def with_cases(staff: Staff, work):
    """Do something with the cases as the gateway would, in a process beside."""

    async def run():
        async with connect(staff.redis_url) as client:
            return await work(Cases(client, Keep()))

    with ThreadPoolExecutor(1) as pool:  # the tests' own loop may be running in this thread
        return pool.submit(asyncio.run, run()).result()


def open_case(staff: Staff, conversation: str = "conv", urgency: str = "acute") -> Case:
    line = Message.parse_obj(
        {
            "id": "m1",
            "from": "youth",
            "text": WORDS,
            "at": "2026-10-14T16:30:00.000Z",
            "services": [{"id": "s1", "name": "Ungdomshelsestasjonen", "type": "helsestasjon"}],
        }
    ).dict(by_alias=True)
    reason = {
        "flag": "suicide",
        "urgency": urgency,
        "evidence": [{"kind": "pattern", "name": "plan", "words": ["hoppe fra brua"]}],
    }
    about = {"themes": ["trist"], "place": "9999", "age": 15}
    return with_cases(
        staff,
        lambda cases: cases.open(
            conversation,
            reason=reason,
            receiver=EKSEMPELVIK,
            municipality="9999",
            transcript=[line],
            understood=about,
        ),
    )


def act(browser: httpx.Client, case: Case, what: str, /, **form: str) -> httpx.Response:
    page = browser.get("/staff/").text
    form = {"csrf": field(page, "csrf"), **form}
    return browser.post(f"/staff/cases/{case.id}/{what}", data=form)


def stream(staff: Staff, conversation: str = "conv") -> str:
    with redis.Redis.from_url(staff.redis_url, decode_responses=True) as client:
        return str(client.xrange(f"ung:conv:{conversation}:events"))


def audit(staff: Staff) -> list[tuple[str, str]]:
    with redis.Redis.from_url(staff.redis_url, decode_responses=True) as client:
        entries = client.xrange("ung:staff:audit")
    return [(fields["what"], fields["who"]) for _, fields in entries]


def test_strangers_see_the_log_in_and_nothing_else(staff: Staff) -> None:
    case = open_case(staff)
    with staff.browser() as browser:
        for path in ("/staff/", f"/staff/cases/{case.id}"):
            answer = browser.get(path)
            assert answer.url.path == "/staff/login"
            assert "Kari" not in answer.text
        for path in ("/staff/queue", f"/staff/cases/{case.id}/news"):
            assert browser.get(path).status_code == 401
        for what in ("claim", "reply", "hand-back", "close"):
            assert browser.post(f"/staff/cases/{case.id}/{what}").url.path == "/staff/login"
    assert with_cases(staff, lambda cases: cases.get(case.id)).state == "waiting"


def test_every_page_keeps_out_of_caches_and_frames(staff: Staff) -> None:
    with staff.log_in() as browser:
        for path in (
            "/staff/",
            "/staff/login",
            "/staff/nothing",
            "/staff/queue",
            "/staff/cases/x:lines",
        ):
            headers = browser.get(path).headers
            assert headers["cache-control"] == "no-store"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
        for page in ("/staff/", "/staff/login"):
            assert "style=" not in browser.get(page).text
        assert browser.get("/staff/static/staff.css").status_code == 200


def test_the_cookie_is_for_us_alone(staff: Staff) -> None:
    with staff.browser() as browser:
        token = field(browser.get("/staff/login").text, "token")
        answer = browser.post(
            "/staff/login",
            data={"token": token, "user": "ingrid", "password": PASSWORD},
            follow_redirects=False,
        )
        cookie = next(
            c for c in answer.headers.get_list("set-cookie") if c.startswith("ung_staff=")
        )
        for part in ("HttpOnly", "SameSite=strict", "Path=/staff"):
            assert part in cookie
        assert "Secure" not in cookie  # this is http
        headers = {"X-Forwarded-Proto": "https"}
        secure = browser.get("/staff/login", headers=headers).headers["set-cookie"]
        assert "Secure" in secure


def test_from_the_list_to_the_end(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as browser:
        listed = browser.get("/staff/").text
        assert "Akutt: selvmord" in listed and "Venter (<span data-count>1" in listed
        assert "på vakt nå, til 22:00" in listed

        page = browser.get(f"/staff/cases/{case.id}").text
        for hidden in ("Kari", "Storgata", "00 12 34 56", "<script>alert"):
            assert hidden not in page
        assert "<mark>hoppe fra brua</mark>" in page and "Ungdomshelsestasjonen" in page
        assert "Ring selv 113" in page and "Ta saken" in page and "Send" not in page

        page = act(browser, case, "claim").text
        assert "Tatt</strong> av deg" in page
        assert "Storgata 5" in page and "00 12 34 56" in page and "Kari" not in page
        assert "&lt;script&gt;" in page and "<script>alert" not in page
        assert "Kari" in browser.get(f"/staff/cases/{case.id}?names=1").text

        key = field(page, "key")
        for _ in range(2):
            page = act(browser, case, "reply", text="Hei, hvor er du nå?", key=key).text
        assert page.count("Hei, hvor er du nå?") == 1
        assert stream(staff).count("Hei, hvor er du nå?") == 1

        page = act(browser, case, "close", outcome="emergency", **NO_CARE).text
        assert "Nødetat er varslet" in page and "Send" not in page
        assert "Storgata" not in page
    seen = audit(staff)
    for entry in ("login", "list", "view", "claim", "view_names", "reply", "close"):
        assert (entry, "ingrid") in seen
    assert seen.count(("reply", "ingrid")) == 1
    with redis.Redis.from_url(staff.redis_url, decode_responses=True) as client:
        record = str(client.xrange("ung:staff:audit"))
    assert "Kari" not in record and "Hei, hvor" not in record


def test_handing_back_tells_the_youth_and_not_the_note(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as browser:
        act(browser, case, "claim")
        page = act(browser, case, "hand-back", note="trygg hos tante").text
        assert "Gitt tilbake til boten" in page and "trygg hos tante" in page
    assert "chatboten som svarer igjen" in stream(staff)
    assert "tante" not in stream(staff)
    assert with_cases(staff, lambda cases: cases.get(case.id)).note == "trygg hos tante"


def test_two_nurses_at_once_one_gets_the_case(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in("ingrid") as first, staff.log_in("jonas") as second:
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda browser: act(browser, case, "claim"), (first, second)))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        lost = next(answer for answer in answers if answer.status_code == 409)
        assert "Noen andre har tatt denne saken" in lost.text
        assert "Ingrid" not in lost.text and "Jonas" not in lost.text
        loser = second if answers[1] is lost else first
        assert act(loser, case, "reply", text="hei").status_code == 409
        page = loser.get(f"/staff/cases/{case.id}").text
        assert "Storgata" not in page and "av noen andre" in page
    assert stream(staff).count("har du kontakt med et menneske") == 1


def test_another_municipality_learns_nothing(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in("berit") as browser:
        assert "Ingen venter" in browser.get("/staff/").text
        for path in ("", "/news"):
            assert browser.get(f"/staff/cases/{case.id}{path}").status_code == 404
        for what in ("claim", "reply", "hand-back", "close"):
            there = act(browser, case, what)
            nowhere = act(browser, case.copy(update={"id": "0" * 16}), what)
            assert there.status_code == nowhere.status_code == 404
            assert there.text == nowhere.text
    assert ("denied", "berit") in audit(staff)
    assert with_cases(staff, lambda cases: cases.get(case.id)).state == "waiting"


@pytest.mark.parametrize("token", [{}, {"csrf": ""}, {"csrf": "x" * 43}])
def test_without_the_token_nothing_happens(staff: Staff, token: dict) -> None:
    case = open_case(staff)
    with staff.log_in() as browser, staff.log_in("jonas") as other:
        stolen = {"csrf": field(other.get("/staff/").text, "csrf")}
        for form in (token, stolen):
            answer = browser.post(f"/staff/cases/{case.id}/claim", data=form)
            assert answer.status_code == 403
        assert browser.post("/staff/logout", data=token).status_code == 403
        assert "Venter" in browser.get("/staff/").text
    assert with_cases(staff, lambda cases: cases.get(case.id)).state == "waiting"


def test_an_open_page_gets_what_is_new(staff: Staff) -> None:
    case = open_case(staff, urgency="serious")
    line = {"id": "m2", "from": "youth", "text": "er du der Kari?", "at": ""}
    flag = {"flag": "overdose", "urgency": "acute", "evidence": []}
    with staff.log_in() as browser:
        act(browser, case, "claim")
        before = browser.get(f"/staff/cases/{case.id}/news").json()
        with_cases(staff, lambda cases: cases.youth_message("conv", line))
        with_cases(staff, lambda cases: cases.add_flag("conv", flag))
        news = browser.get(f"/staff/cases/{case.id}/news?after={before['total']}").json()
        assert "er du der [navn]?" in news["html"] and "Storgata" not in news["html"]
        assert (news["total"], news["from_youth"]) == (before["total"] + 1, 1)
        assert news["reasons"] == before["reasons"] + 1 and "overdose" in news["why"]
        for odd in ("-1", "x", "9" * 30, "٣"):
            assert browser.get(f"/staff/cases/{case.id}/news?after={odd}").status_code == 200


def test_what_the_youth_deleted_is_gone_here_too(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as browser:
        act(browser, case, "claim")
        with_cases(staff, lambda cases: cases.youth_deleted("conv"))
        page = browser.get(f"/staff/cases/{case.id}").text
        assert "Slettet av ungdommen" in page and "hoppe" not in page
        assert "Storgata 5" in page  # somebody may have to send help
        assert act(browser, case, "reply", text="hei").status_code == 409
        page = act(browser, case, "close", outcome="no_answer", **NO_CARE).text
        assert "Storgata" not in page and "Fikk ikke svar" in page


def test_forms_are_bounded(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as browser:
        act(browser, case, "claim")
        assert act(browser, case, "reply", text="").status_code == 409
        assert act(browser, case, "reply", text="x" * 2001).status_code == 409
        assert act(browser, case, "reply", text="x" * 100_000).status_code == 403
        assert act(browser, case, "close", outcome="solved", **NO_CARE).status_code == 409


def test_too_many_chats_are_refused(staff: Staff) -> None:
    found = [open_case(staff, f"conv{i}") for i in range(4)]
    with staff.log_in() as browser:
        codes = [act(browser, case, "claim").status_code for case in found]
        assert codes == [200, 200, 200, 409]


def test_bells_ring_by_the_moments_of_the_alerts(staff: Staff) -> None:
    case = open_case(staff)
    with staff.browser() as stranger:
        assert stranger.get("/staff/bells").status_code == 401
    with staff.log_in() as browser, staff.log_in("berit") as other:
        assert browser.get("/staff/bells").json() == {
            "waiting": 1,
            "bells": [{"id": f"{case.id}:new", "words": "Akutt"}],
        }
        assert other.get("/staff/bells").json() == {"waiting": 0, "bells": []}
        assert act(browser, case, "claim").status_code == 200
        assert browser.get("/staff/bells").json()["waiting"] == 0


def test_who_is_logged_in_is_noted_as_there_for_the_municipality_alone(staff: Staff) -> None:
    redis_of_staff = redis.Redis.from_url(staff.redis_url, decode_responses=True)
    with redis_of_staff as client, staff.log_in() as browser:
        assert client.keys("ung:staff:present:*") == ["ung:staff:present:9999"]
        client.delete("ung:staff:present:9999")
        browser.get("/staff/bells")  # a page that is open counts
        assert client.exists("ung:staff:present:9999")


def test_the_page_of_numbers(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as browser:
        assert "ikke kjent" in browser.get("/staff/numbers").text
        act(browser, case, "claim")
        act(browser, case, "reply", text="Hei", key="k")
        page = browser.get("/staff/numbers").text
        assert "Eksempelvik" in page and "under 1 min" in page and "Stange" not in page
        assert "<dt>Fikk svar</dt><dd>1</dd>" in page
    assert ("numbers", "ingrid") in audit(staff)


def test_why_human_chat_is_off_is_told_to_those_whose_it_is(staff: Staff) -> None:
    with staff.log_in() as browser, staff.log_in("berit") as other:
        mine, theirs = browser.get("/staff/").text, other.get("/staff/").text
    assert "Chat med mennesker er av" not in mine
    assert "er bestemt av Helsestasjon for ungdom i Eksempelvik (fiktiv" in mine
    assert "Chat med mennesker er av i 3413" in theirs and "bestemt av" not in theirs


def test_without_alerts_the_pages_say_what_to_do(shared_redis, tmp_path) -> None:
    values = copy.deepcopy(dict(section("handoff")))
    del values["municipalities"]["9999"]["page_alone_decided_by"]
    write_settings(tmp_path, municipalities=values["municipalities"])
    pages = staff_pages(shared_redis, tmp_path, tmp_path / "var", free_port())
    with pages as staff, staff.log_in() as browser:
        page = browser.get("/staff/").text
    assert "Chat med mennesker er av i Eksempelvik" in page
    assert "webhook eller email" in page and "page_alone_decided_by" in page
    assert "ingen på vakt nå" in page


def test_alerts_that_do_not_arrive_are_told_to_those_whose_they_are(staff: Staff) -> None:
    async def fail() -> None:
        async with connect(staff.redis_url) as client:
            await Ledger(client, Keep()).note("9999", "webhook", "HTTP 500")

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, fail()).result()
    with staff.log_in() as browser, staff.log_in("berit") as other:
        assert "Varsler på webhook kommer ikke fram" in browser.get("/staff/").text
        assert "HTTP 500" in browser.get("/staff/numbers").text
        assert "kommer ikke fram" not in other.get("/staff/").text
