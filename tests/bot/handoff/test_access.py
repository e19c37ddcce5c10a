"""Every route of the staff pages × every role × own or other municipality, and logged out.

`TABLE` says what each gets. It is held against the routes themselves: a new route without a
row fails. Asker (3203) has the case; those from Stange (3413) must not learn that it exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import httpx
import pytest
import redis
from starlette.routing import Mount, Route

from bot.handoff.case import Case
from bot.handoff.duty import Receiver
from bot.handoff.roles import ACCESS
from bot.handoff.staff import routes
from tests.bot.handoff.conftest import RedisServer, Staff, field, log_in
from tests.bot.handoff.test_staff import with_cases

OWN, OTHER = "3203", "3413"
ASKER = Receiver(OWN, "Asker", "Helsestasjon for ungdom i Asker", "helsesykepleier")
NOBODY = "0" * 16


class Row(NamedTuple):
    """Status for reviewer, lead, catalog editor and admin: of Asker, of Stange; logged out."""

    own: tuple[int, int, int, int]
    other: tuple[int, int, int, int]
    out: int


NURSES_ALONE = (403, 403)  # what an editor and an admin get where cases are
GONE = (404, 404, *NURSES_ALONE)
TABLE = {
    "GET /login": Row((200,) * 4, (200,) * 4, 200),
    "POST /login": Row((403,) * 4, (403,) * 4, 403),  # no token of ours comes with it
    # Local accounts are on: there is no provider to go to.
    "GET /login/start": Row((404,) * 4, (404,) * 4, 404),
    "GET /login/callback": Row((404,) * 4, (404,) * 4, 404),
    "POST /logout": Row((303,) * 4, (303,) * 4, 303),
    # An editor goes on to the coverage, an admin to the numbers.
    "GET /": Row((200, 200, 303, 303), (200, 200, 303, 303), 303),
    "GET /numbers": Row((200, 200, 403, 200), (200, 200, 403, 200), 303),
    "GET /record": Row((403, 200, 403, 200), (403, 200, 403, 200), 303),
    # 400: they may, but have not said for which days.
    "GET /record.csv": Row((403, 400, 403, 400), (403, 400, 403, 400), 303),
    "GET /record.jsonl": Row((403, 400, 403, 400), (403, 400, 403, 400), 303),
    "GET /bells": Row((200, 200, *NURSES_ALONE), (200, 200, *NURSES_ALONE), 401),
    "GET /queue": Row((200, 200, *NURSES_ALONE), (200, 200, *NURSES_ALONE), 401),
    "GET /cases/{case}": Row((200, 200, *NURSES_ALONE), GONE, 303),
    "GET /cases/{case}/news": Row((200, 200, *NURSES_ALONE), GONE, 401),
    "POST /cases/{case}/claim": Row((303, 303, *NURSES_ALONE), GONE, 303),
    # 409: they may, but have not taken the case.
    "POST /cases/{case}/reply": Row((409, 409, *NURSES_ALONE), GONE, 303),
    "POST /cases/{case}/hand-back": Row((409, 409, *NURSES_ALONE), GONE, 303),
    "POST /cases/{case}/close": Row((409, 409, *NURSES_ALONE), GONE, 303),
    "POST /cases/{case}/transfer": Row((409, 409, *NURSES_ALONE), GONE, 303),
    # Colleagues may write a note, and a time at which something was done, without having the case.
    "POST /cases/{case}/note": Row((303, 303, *NURSES_ALONE), GONE, 303),
    "POST /cases/{case}/done": Row((303, 303, *NURSES_ALONE), GONE, 303),
    "POST /cases/{case}/journalled": Row((409, 409, *NURSES_ALONE), GONE, 303),
    # Whole and unmasked: for who has or had the case.
    "GET /cases/{case}/journal.txt": Row((403, 403, *NURSES_ALONE), GONE, 303),
    "POST /cases/{case}/false-alarm": Row((409, 409, *NURSES_ALONE), GONE, 303),
    "GET /shift": Row((200, 200, *NURSES_ALONE), (200, 200, *NURSES_ALONE), 303),
    "POST /shift": Row((409, 409, *NURSES_ALONE), (409, 409, *NURSES_ALONE), 303),
    "GET /false-alarms": Row((403, 200, 403, 200), (403, 200, 403, 200), 303),
    "GET /false-alarms.jsonl": Row((403, 200, 403, 200), (403, 200, 403, 200), 303),
    # Straight on to the one municipality.
    "GET /coverage": Row((303, 303, 303, 403), (303, 303, 303, 403), 303),
    "GET /coverage/{number}": Row((200, 200, 200, 403), (404, 404, 404, 403), 303),
    "GET /coverage/{number}/picture.svg": Row((200, 200, 200, 403), (404, 404, 404, 403), 303),
    "GET /coverage/{number}/cells.csv": Row((200, 200, 200, 403), (404, 404, 404, 403), 303),
    "GET /coverage/{number}/gaps.csv": Row((200, 200, 200, 403), (404, 404, 404, 403), 303),
    "GET /coverage/{number}/needs.csv": Row((200, 200, 200, 403), (404, 404, 404, 403), 303),
    "GET /{rest:path}": Row((404,) * 4, (404,) * 4, 404),
    "POST /{rest:path}": Row((404,) * 4, (404,) * 4, 404),
}
FORMS = {
    "reply": {"text": "hei", "key": "k"},
    "close": {"outcome": "reached", "care": "no", "journalled": "no"},
    "note": {"text": "ringer i morgen", "key": "k"},
    "done": {"what": "asked_where", "key": "k"},
    "transfer": {"to": "person:nobody", "key": "k"},
    "shift": {"to": "person:nobody", "key": "k"},
}


def every_route() -> list[str]:
    """Return "METHOD path" of every route under /staff."""
    return [
        f"{method} {route.path}"
        for route in routes()
        if isinstance(route, Route)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


POSTS = [name for name in every_route() if name.startswith("POST /") and name in TABLE]


@pytest.fixture(scope="module")
def browsers(staff: Staff, shared_redis: RedisServer) -> Iterator[dict[str, httpx.Client]]:
    """A browser of each role of each of the two municipalities, logged in, and a stranger's."""
    with redis.Redis.from_url(shared_redis.url) as client:
        client.flushall()
    with ExitStack() as stack:
        found = {"out": stack.enter_context(staff.browser())}
        for user in [f"{access}-{number}" for access in ACCESS for number in (OWN, OTHER)]:
            browser = found[user] = stack.enter_context(staff.browser())
            assert log_in(browser, user, "riktig hest batteri").status_code == 200
        for browser in found.values():
            browser.follow_redirects = False
        yield found


@pytest.fixture
def case(staff: Staff) -> Case:
    return open_in_asker(staff)


def open_in_asker(staff: Staff, conversation: str = "conv-asker") -> Case:
    line = {"id": "m1", "from": "youth", "text": "jeg vil ikke leve", "at": ""}
    with redis.Redis.from_url(staff.redis_url) as client:
        client.delete(f"ung:case-of:{conversation}", *(client.keys("ung:staff:cases:*") or ["-"]))
    return with_cases(
        staff,
        lambda cases: cases.open(
            conversation,
            reason={"flag": "suicide", "urgency": "acute", "evidence": []},
            receiver=ASKER,
            municipality=OWN,
            transcript=[line],
        ),
    )


def csrf_of(staff: Staff, browser: httpx.Client) -> str:
    """Return the token of a browser's session, as our own pages carry it."""
    for path in ("/staff/", "/staff/coverage/3203", "/staff/coverage/3413", "/staff/numbers"):
        page = browser.get(path)
        if page.status_code == 200 and 'name="csrf"' in page.text:
            return field(page.text, "csrf")
    raise AssertionError("no page with a token")


def ask(browser: httpx.Client, name: str, case_id: str, csrf: str = "") -> httpx.Response:
    """Ask for a route, with everything filled in but perhaps the token."""
    method, path = name.split()
    path = path.replace("{case}", case_id).replace("{number}", OWN).replace("{rest:path}", "odd")
    form = {**FORMS.get(path.rsplit("/", 1)[-1], {}), **({"csrf": csrf} if csrf else {})}
    return browser.request(method, f"/staff{path}", data=form if method == "POST" else None)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert sorted(every_route()) == sorted(TABLE)
    mounted = [route.path for route in routes() if isinstance(route, Mount)]
    assert mounted == ["/static"]  # style and scripts: open to all, and the same for all


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("access", ACCESS)
@pytest.mark.parametrize("name", [name for name in TABLE if name != "POST /logout"])
def test_each_role_gets_what_the_table_says(
    staff: Staff, browsers: dict[str, httpx.Client], name: str, access: str, place: str, case: Case
) -> None:
    browser = browsers[f"{access}-{OWN if place == 'own' else OTHER}"]
    csrf = csrf_of(staff, browser) if name in POSTS else ""
    answer = ask(browser, name, case.id, csrf)
    expected = getattr(TABLE[name], place)[ACCESS.index(access)]
    assert answer.status_code == expected, answer.text[:300]
    if place == "other" or access in ("catalog_editor", "admin"):
        for tells in (case.id, case.id[:4].upper(), "jeg vil ikke leve"):
            assert tells not in answer.text
        assert with_cases(staff, lambda cases: cases.get(case.id)) == case


@pytest.mark.parametrize("name", TABLE)
def test_who_is_logged_out_gets_what_the_table_says(
    staff: Staff, browsers: dict[str, httpx.Client], name: str, case: Case
) -> None:
    answer = ask(browsers["out"], name, case.id)
    assert answer.status_code == TABLE[name].out
    if answer.status_code == 303:
        assert answer.headers["location"] == "/staff/login"
    assert "jeg vil ikke leve" not in answer.text
    assert with_cases(staff, lambda cases: cases.get(case.id)) == case


@pytest.mark.parametrize("token", ["", "x", "another's"])
@pytest.mark.parametrize("name", [name for name in POSTS if "rest" not in name])
def test_a_form_that_is_not_ours_changes_nothing(
    staff: Staff, browsers: dict[str, httpx.Client], name: str, token: str, case: Case
) -> None:
    if token == "another's":
        token = csrf_of(staff, browsers[f"lead-{OWN}"])
    browser = browsers[f"reviewer-{OWN}"]
    assert ask(browser, name, case.id, token).status_code == 403
    assert with_cases(staff, lambda cases: cases.get(case.id)) == case
    assert browser.get("/staff/").status_code == 200  # not logged out either


@pytest.mark.parametrize("access", ACCESS)
def test_each_role_can_log_out(staff: Staff, access: str) -> None:
    with staff.browser() as browser:
        log_in(browser, f"{access}-{OWN}", "riktig hest batteri")
        answer = browser.post("/staff/logout", data={"csrf": csrf_of(staff, browser)})
        assert answer.url.path == "/staff/login"
        assert browser.get("/staff/numbers").url.path == "/staff/login"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(
    staff: Staff, browsers: dict[str, httpx.Client], method: str, case: Case
) -> None:
    browser = browsers[f"reviewer-{OWN}"]
    for name in TABLE:
        path = name.split()[1].replace("{case}", case.id).replace("{number}", OWN)
        answer = browser.request(method, f"/staff{path.replace('{rest:path}', 'odd')}")
        assert answer.status_code == 405
    assert with_cases(staff, lambda cases: cases.get(case.id)) == case


# What Redis is asked for while somebody looks for a case.
def commands_of(staff: Staff, work) -> dict[str, int]:
    with redis.Redis.from_url(staff.redis_url, decode_responses=True) as client:
        client.config_resetstat()
        work()
        found = client.info("commandstats")
    calls = {name.removeprefix("cmdstat_"): about["calls"] for name, about in found.items()}
    ours = {"auth", "select", "config", "config|resetstat", "info", "client", "hello"}
    return {name: count for name, count in calls.items() if name not in ours}


def last_entry(staff: Staff) -> dict[str, str]:
    with redis.Redis.from_url(staff.redis_url, decode_responses=True) as client:
        return client.xrevrange("ung:staff:audit", count=1)[0][1]


@pytest.mark.parametrize("name", [name for name in TABLE if "{case}" in name])
def test_nobody_from_stange_learns_that_a_case_in_asker_exists(
    staff: Staff, browsers: dict[str, httpx.Client], name: str, case: Case
) -> None:
    """The same answer, the same work behind it, the same entry in the record."""
    browser = browsers[f"reviewer-{OTHER}"]
    csrf = csrf_of(staff, browser)
    answers, works, entries = [], [], []
    for case_id in (case.id, NOBODY):
        works.append(commands_of(staff, lambda: answers.append(ask(browser, name, case_id, csrf))))  # noqa: B023
        entry = last_entry(staff)
        assert entry.pop("case") == case_id
        entries.append(entry)
    there, not_there = answers
    assert there.status_code == not_there.status_code == 404
    assert there.content == not_there.content
    dated = {"date"}
    assert {k: v for k, v in there.headers.items() if k not in dated} == {
        k: v for k, v in not_there.headers.items() if k not in dated
    }
    assert works[0] == works[1] and works[0]["hget"] == 1
    assert entries[0] == entries[1]
    assert entries[0] == {"what": "denied", "who": f"reviewer-{OTHER}", "municipality": OTHER}


def test_what_is_no_case_leaves_no_text_in_the_record(
    staff: Staff, browsers: dict[str, httpx.Client]
) -> None:
    assert browsers[f"reviewer-{OTHER}"].get("/staff/cases/kari nordmann").status_code == 404
    assert last_entry(staff)["case"] == ""


def test_who_lacks_a_right_is_told_so_and_it_is_noted(
    staff: Staff, browsers: dict[str, httpx.Client], case: Case
) -> None:
    answer = browsers[f"admin-{OWN}"].get(f"/staff/cases/{case.id}")
    assert answer.status_code == 403 and "Du har ikke tilgang" in answer.text
    assert last_entry(staff)["what"] == "denied" and last_entry(staff)["case"] == ""


def test_only_who_can_answer_counts_as_there(staff: Staff, shared_redis: RedisServer) -> None:
    with redis.Redis.from_url(shared_redis.url) as client:
        client.delete(f"ung:staff:present:{OWN}")
        with staff.browser() as browser:
            log_in(browser, f"catalog_editor-{OWN}", "riktig hest batteri")
            assert "Tilbudet" in browser.get("/staff/").text
            assert not client.exists(f"ung:staff:present:{OWN}")
            page = browser.get("/staff/").text
            assert "/staff/numbers" not in page and "data-bells" not in page
