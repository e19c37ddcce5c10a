"""Log-in by a real OpenID provider in a process of its own; each attack is refused and noted."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import redis
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright, expect

from bot.handoff.openid import KEYS_PAUSE
from tests.bot.handoff.conftest import (
    ROOT,
    RedisServer,
    Staff,
    field,
    free_port,
    staff_pages,
    write_settings,
)
from tests.bot.handoff.provider import CLIENT, SECRET, WRONG
from tests.browser.conftest import MISSING, system_browser

GROUPS = {
    "sykepleiere": {
        "role": "helsesykepleier",
        "access": ["reviewer"],
        "municipalities": ["9999"],
    },
    "ledere": {"role": "lege", "access": ["lead"], "municipalities": ["3413"]},
    "drift": {"access": ["admin"], "municipalities": ["9999"]},
}


class Provider:
    """The provider's address, and what the tests wish of it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def wish(self, **about: Any) -> None:
        httpx.post(f"{self.url}/wishes", json=about).raise_for_status()

    @property
    def seen(self) -> list[str]:
        return httpx.get(f"{self.url}/seen").json()


@contextlib.contextmanager
def running(port: int, callback: str) -> Iterator[Provider]:
    command = [sys.executable, "-m", "tests.bot.handoff.provider", str(port), callback]
    process = subprocess.Popen(command, cwd=ROOT)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        assert process.poll() is None, "the provider did not start"
        time.sleep(0.05)
    try:
        yield Provider(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait(10)


@pytest.fixture(scope="module")
def ports() -> tuple[int, int]:
    return free_port(), free_port()


@pytest.fixture(scope="module")
def the_provider(ports: tuple[int, int]) -> Iterator[Provider]:
    with running(ports[0], callback_of(ports)) as provider:
        yield provider


@pytest.fixture
def provider(the_provider: Provider) -> Provider:
    the_provider.wish()
    return the_provider


def callback_of(ports: tuple[int, int]) -> str:
    return f"http://127.0.0.1:{ports[1]}/staff/login/callback"


def login_of(ports: tuple[int, int], **changes: Any) -> dict[str, Any]:
    about = {
        "issuer": f"http://localhost:{ports[0]}",
        "callback": callback_of(ports),
        "client_id": CLIENT,
        "acr": ["high"],
        "groups": GROUPS,
    }
    return {**about, **changes}


@pytest.fixture(scope="module")
def pages(
    ports: tuple[int, int], shared_redis: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Staff]:
    """The staff pages with a provider. They start without it: it may be down just then."""
    settings, var = tmp_path_factory.mktemp("settings"), tmp_path_factory.mktemp("var")
    write_settings(settings, login=login_of(ports))
    more = {"UNGVEIVISER_OIDC_SECRET": SECRET}
    with staff_pages(shared_redis, settings, var, ports[1], **more) as staff:
        yield staff


@pytest.fixture(autouse=True)
def _empty(shared_redis: RedisServer) -> None:
    with redis.Redis.from_url(shared_redis.url) as client:
        client.flushall()


def audit(staff: Staff) -> list[dict[str, str]]:
    with redis.Redis.from_url(staff.redis_url, decode_responses=True) as client:
        return [entry for _, entry in client.xrange("ung:staff:audit")]


def come_back(browser: httpx.Client) -> str:
    """Log in at the provider; return the address at which the browser comes back."""
    onwards = browser.get("/staff/login/start", follow_redirects=False)
    assert onwards.status_code == 303, onwards.text
    back = httpx.get(onwards.headers["location"], follow_redirects=False)
    assert back.status_code in (302, 307), back.text
    return back.headers["location"]


def enter(browser: httpx.Client) -> httpx.Response:
    return browser.get(come_back(browser))


def test_a_nurse_logs_in_and_out_here_and_there(pages: Staff, provider: Provider) -> None:
    with pages.browser() as browser:
        assert "Logg inn med jobbkontoen din" in browser.get("/staff/").text
        answer = enter(browser)
        assert answer.status_code == 200 and 'content="0; url=/staff/"' in answer.text
        page = browser.get("/staff/")
        assert "Kari, helsesykepleier" in page.text and "Eksempelvik" in page.text
        cookie = dict(browser.cookies)
        out = browser.post("/staff/logout", data={"csrf": field(page.text, "csrf")})
        there = out.text.split("url=", 1)[1].split('"')[0].replace("&amp;", "&")
        assert there.startswith("http://localhost")
        assert browser.get(there).url == f"{pages.url}/staff/login"
        assert "logout" in provider.seen
    with httpx.Client(base_url=pages.url, cookies=cookie, follow_redirects=True) as thief:
        assert thief.get("/staff/").url.path == "/staff/login"
    found = [(entry["what"], entry["who"]) for entry in audit(pages)]
    assert found == [("login", "oidc:kari-1"), ("list", "oidc:kari-1"), ("logout", "oidc:kari-1")]


async def test_a_real_browser_gets_in_and_out(pages: Staff, provider: Provider) -> None:
    """The provider is another site: a strict cookie must come along all the same."""
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(
                executable_path=system_browser(), args=["--no-sandbox"]
            )
        except Exception:
            if system_browser():
                raise
            pytest.skip(MISSING)
        page = await browser.new_page(locale="nb-NO")
        faults: list[str] = []
        page.on(
            "console", lambda m: faults.append(m.text) if "Content Security" in m.text else None
        )
        await page.goto(f"{pages.url}/staff/")
        assert not (await Axe().run(page)).response["violations"]
        await page.get_by_role("link", name="Logg inn med jobbkontoen din").click()
        await expect(page.get_by_text("Kari, helsesykepleier")).to_be_visible()
        await page.get_by_role("button", name="Logg ut").click()
        await expect(page.get_by_role("link", name="Logg inn med jobbkontoen din")).to_be_visible()
        assert "logout" in provider.seen and not faults
        await page.goto(f"{pages.url}/staff/")
        await expect(page).to_have_url(f"{pages.url}/staff/login")
        await browser.close()


def test_the_way_there_asks_for_pkce_and_tells_nothing(pages: Staff, provider: Provider) -> None:
    with pages.browser() as browser:
        answer = browser.get("/staff/login/start", follow_redirects=False)
        asked = parse_qs(urlsplit(answer.headers["location"]).query)
        assert asked["code_challenge_method"] == ["S256"] and asked["response_type"] == ["code"]
        assert asked["scope"] == ["openid profile"] and asked["acr_values"] == ["high"]
        assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 43
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/staff" in cookie
        again = browser.get("/staff/login/start", follow_redirects=False).headers["location"]
        assert parse_qs(urlsplit(again).query)["state"] != asked["state"]


@pytest.mark.parametrize(
    ("groups", "sees", "not_sees"),
    [
        (["sykepleiere"], "Eksempelvik", "/staff/record"),
        (["ledere", "x"], "lege", "Eksempelvik"),
        (["drift"], "Eksempelvik", "/staff/coverage"),
        ("sykepleiere", "Eksempelvik", "Stange"),  # some providers send one value without a list
    ],
)
def test_claims_decide_on_roles_and_municipalities(
    pages: Staff, provider: Provider, groups: Any, sees: str, not_sees: str
) -> None:
    provider.wish(claims={"groups": groups})
    with pages.browser() as browser:
        assert enter(browser).status_code == 200
        page = browser.get("/staff/numbers").text
        assert sees in page and not_sees not in page


@pytest.mark.parametrize("groups", [None, [], ["elever"], "elever", {"ledere": True}, [["ledere"]]])
def test_who_is_none_of_ours_is_told_so(pages: Staff, provider: Provider, groups: Any) -> None:
    provider.wish(claims={"groups": groups})
    with pages.browser() as browser:
        answer = enter(browser)
        assert answer.status_code == 403 and "har ikke tilgang her" in answer.text
        assert browser.get("/staff/").url.path == "/staff/login"
    assert audit(pages) == [
        {
            "what": "login_refused",
            "who": "unknown",
            "case": "",
            "municipality": "",
            "why": "no_access",
        }
    ]


FINE = {"clocks apart", "several audiences"}
ATTACKS = [
    *(fault for fault in WRONG if fault not in FINE),
    *("alg none", "signed with the public key", "signed with the secret", "unknown key"),
    *("another's signature", "its own key", "altered", "no JWT", "no token"),
    *("denied", "other issuer"),
]


@pytest.mark.parametrize("fault", ATTACKS)
def test_each_attack_is_refused_with_a_clear_page_and_noted(
    pages: Staff, provider: Provider, fault: str
) -> None:
    provider.wish(fault=fault)
    with pages.browser() as browser:
        answer = enter(browser)
        assert answer.status_code == 403, answer.text
        assert "Innloggingen ble avvist" in answer.text and "Traceback" not in answer.text
        assert browser.get("/staff/").url.path == "/staff/login"
        [entry] = audit(pages)
        assert entry["what"] == "login_refused" and entry["who"] == "unknown" and entry["why"]
        provider.wish()
        assert enter(browser).status_code == 200  # and afterwards all is well


def test_clocks_may_be_a_little_apart(pages: Staff, provider: Provider) -> None:
    provider.wish(fault="clocks apart")
    with pages.browser() as browser:
        assert enter(browser).status_code == 200


def test_an_answer_counts_once_and_in_its_own_browser_alone(
    pages: Staff, provider: Provider
) -> None:
    with pages.browser() as browser, pages.browser() as another:
        back = come_back(browser)
        assert another.get(back).status_code == 403  # no try of this browser
        come_back(another)
        assert another.get(back).status_code == 403  # of another try
        cookies = dict(browser.cookies)
        assert browser.get(back).status_code == 200
        browser.cookies.update(cookies)
        assert browser.get(back).status_code == 403  # a second time
        for odd in ("", "?state=", "?code=x", "?state=x&code=x", f"{urlsplit(back).query}&code=x"):
            assert browser.get(f"/staff/login/callback?{odd.strip('?')}").status_code == 403
    assert {entry.get("why") for entry in audit(pages)} == {None, "state", "twice"}


def test_a_code_of_another_is_refused(pages: Staff, provider: Provider) -> None:
    """Who slips a code of their own into another's try fails at the check of PKCE."""
    with pages.browser() as browser, pages.browser() as thief:
        mine = parse_qs(urlsplit(come_back(thief)).query)["code"][0]
        asked = parse_qs(urlsplit(come_back(browser)).query)
        answer = browser.get(
            "/staff/login/callback", params={"state": asked["state"][0], "code": mine}
        )
        assert answer.status_code == 403
    assert audit(pages)[-1]["why"] == "code"


def test_nobody_is_sent_elsewhere(pages: Staff, provider: Provider) -> None:
    with pages.browser() as browser:
        for name in ("next", "return_to", "redirect_uri", "url"):
            found = browser.get(
                f"/staff/login/start?{name}=https://evil.example", follow_redirects=False
            ).headers["location"]
            assert found.startswith("http://localhost") and "evil" not in found
        back = come_back(browser)
        answer = browser.get(f"{back}&next=https://evil.example", headers={"Host": "evil.example"})
        assert "evil" not in answer.text and 'url=/staff/"' in answer.text


@pytest.mark.parametrize("fault", ["500 token", "no JSON token", "redirect token", "slow token"])
def test_a_provider_that_fails_is_told_clearly(
    pages: Staff, provider: Provider, fault: str
) -> None:
    with pages.browser() as browser:
        provider.wish(fault=fault)
        answer = enter(browser)
        assert answer.status_code == 503 and "svarer ikke nå" in answer.text
        assert "Traceback" not in answer.text
        assert audit(pages)[-1]["what"] == "login_down"
        provider.wish()
        assert enter(browser).status_code == 200


def test_keys_change_without_anybody_noticing(pages: Staff, provider: Provider) -> None:
    with pages.browser() as browser:
        assert enter(browser).status_code == 200
        provider.wish()
        assert enter(browser).status_code == 200
        assert "jwks" not in provider.seen and "discovery" not in provider.seen  # kept
        time.sleep(KEYS_PAUSE)  # no more often does a strange key make us ask
        provider.wish(rotate=True)
        assert enter(browser).status_code == 200
        assert provider.seen.count("jwks") == 1
        fetched = time.monotonic()
        for _ in range(3):
            provider.wish(fault="unknown key")
            assert enter(browser).status_code == 403
            # Strangers' keys don't make us ask and ask.
            assert "jwks" not in provider.seen or time.monotonic() - fetched > KEYS_PAUSE


def test_local_accounts_are_off_beside_a_provider(pages: Staff, provider: Provider) -> None:
    with pages.browser() as browser:
        page = browser.get("/staff/login").text
        assert "password" not in page and 'name="token"' not in page
        answer = browser.post("/staff/login", data={"user": "demo", "password": "demo-passord"})
        assert answer.status_code == 403 and "Passord er slått av" in answer.text


def test_local_sessions_end_where_a_provider_begins(
    staff: Staff, pages: Staff, provider: Provider
) -> None:
    """Both work on one Redis and one secret, as before and after the change."""
    with staff.log_in() as browser:
        cookies = dict(browser.cookies)
    with httpx.Client(base_url=pages.url, cookies=cookies, follow_redirects=True) as old:
        assert old.get("/staff/").url.path == "/staff/login"
    with pages.browser() as browser:
        enter(browser)
        cookies = dict(browser.cookies)
    with httpx.Client(base_url=staff.url, cookies=cookies, follow_redirects=True) as new:
        assert new.get("/staff/").url.path == "/staff/login"
    with staff.browser() as browser:
        assert browser.get("/staff/login/start").status_code == 404
        assert browser.get("/staff/login/callback").status_code == 404


def test_without_the_provider_nobody_gets_in_and_who_is_in_stays(
    shared_redis: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ports = free_port(), free_port()
    settings, var = tmp_path_factory.mktemp("settings"), tmp_path_factory.mktemp("var")
    write_settings(settings, login=login_of(ports))
    more = {"UNGVEIVISER_OIDC_SECRET": SECRET}
    with (
        staff_pages(shared_redis, settings, var, ports[1], **more) as staff,
        staff.browser() as browser,
    ):
        answer = browser.get("/staff/login/start")
        assert answer.status_code == 503 and "svarer ikke nå" in answer.text
        with running(ports[0], callback_of(ports)) as provider:
            provider.wish(fault="other discovery")
            assert browser.get("/staff/login/start").status_code == 503
            provider.wish()
            assert enter(browser).status_code == 200
        assert "Kari" in browser.get("/staff/").text
        answer = log_in_by_password(browser)
        assert answer.status_code == 403
        page = browser.get("/staff/").text
        out = browser.post("/staff/logout", data={"csrf": field(page, "csrf")})
        assert "Du er logget ut her" in out.text


def log_in_by_password(browser: httpx.Client) -> httpx.Response:
    return browser.post("/staff/login", data={"user": "ingrid", "password": "riktig hest batteri"})
