"""Logging in with an account of our own: who gets in, how long, and what guessing costs."""

from __future__ import annotations

import stat

import httpx
import redis

from tests.bot.handoff.conftest import (
    LONG_PASSWORD,
    PASSWORD,
    Staff,
    field,
    log_in,
    write_settings,
)
from tests.bot.handoff.test_staff import _empty, audit  # noqa: F401 a fixture for every test


def test_a_log_in_must_come_from_our_own_page(staff: Staff) -> None:
    with staff.browser() as browser:
        form = {"user": "ingrid", "password": PASSWORD}
        assert browser.post("/staff/login", data=form).status_code == 403
        token = field(browser.get("/staff/login").text, "token")
    with staff.browser() as another:
        assert another.post("/staff/login", data={**form, "token": token}).status_code == 403


def test_a_session_ends_when_nothing_is_done(staff: Staff) -> None:
    with staff.log_in() as browser:
        client = redis.Redis.from_url(staff.redis_url, decode_responses=True)
        [name] = client.keys("ung:staff:session:*")
        assert 1700 < client.ttl(name) <= 1800
        client.expire(name, 900)
        browser.get("/staff/queue")  # the page asks by itself: nobody is there
        assert client.ttl(name) <= 900
        browser.get("/staff/")
        assert client.ttl(name) > 1700
        client.hset(name, "began", 0)  # logged in since long ago
        assert browser.get("/staff/").url.path == "/staff/login"
        client.close()


def test_a_session_ends_at_the_log_out_for_whoever_has_the_cookie(staff: Staff) -> None:
    with staff.log_in() as browser:
        cookie = dict(browser.cookies)
        page = browser.get("/staff/").text
        browser.post("/staff/logout", data={"csrf": field(page, "csrf")})
        assert browser.get("/staff/").url.path == "/staff/login"
    forged = {"ung_staff": cookie["ung_staff"][:-2] + "xx"}
    for cookies in (cookie, forged):
        with httpx.Client(base_url=staff.url, cookies=cookies, follow_redirects=True) as thief:
            assert thief.get("/staff/").url.path == "/staff/login"


def test_guessing_is_slowed_down_for_the_guesser(staff: Staff) -> None:
    with staff.browser() as browser:
        for _ in range(5):
            assert log_in(browser, "ingrid", "feil").status_code == 401
        answer = log_in(browser, "ingrid", PASSWORD)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 900
        assert log_in(browser, "jonas", PASSWORD).status_code == 200
    assert ("login_throttled", "ingrid") in audit(staff)


def test_a_password_typed_as_a_name_is_not_kept(staff: Staff) -> None:
    with staff.browser() as browser:
        assert log_in(browser, "hemmelig passord", "x").status_code == 401
    assert ("login_failed", "unknown") in audit(staff)


def test_a_long_password_counts_to_its_last_letter(staff: Staff) -> None:
    with staff.browser() as browser:
        assert (
            'type="password" autocomplete="current-password" required'
            in browser.get("/staff/login").text
        )
        assert log_in(browser, "long", LONG_PASSWORD[:-1]).status_code == 401
        assert log_in(browser, "long", LONG_PASSWORD).status_code == 200


def test_the_demo_account_is_the_one_of_the_environment(staff: Staff) -> None:
    with staff.browser() as browser:
        assert log_in(browser, "demo", "demo-passord").status_code == 200


def test_a_demo_password_is_made_once_and_for_its_owner_alone(tmp_path, monkeypatch) -> None:
    from bot.handoff import accounts

    monkeypatch.setenv("UNGVEIVISER_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("UNGVEIVISER_STAFF_PASSWORD", raising=False)
    made = accounts.ensure_demo_account()
    assert made is not None and made[0] == "helsesykepleier" and len(made[1]) >= 16
    assert accounts.ensure_demo_account() == made
    path = tmp_path / "var" / "staff-demo.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["staff-demo.txt"]
    found = accounts.Accounts.load().check(*made)
    assert found is not None and found.municipalities == {"9999"}
    assert accounts.Accounts.load().check(made[0], "feil") is None


def test_there_is_no_demo_account_outside_a_demo(tmp_path, monkeypatch) -> None:
    from bot import settings
    from bot.handoff import accounts

    write_settings(tmp_path)
    (tmp_path / "bot.yml").write_text("demo: false\n")
    monkeypatch.setattr(settings, "FOLDER", tmp_path)
    settings.section.cache_clear()
    try:
        assert accounts.ensure_demo_account() is None
        assert accounts.Accounts.load().get("helsesykepleier") is None
    finally:
        settings.section.cache_clear()
