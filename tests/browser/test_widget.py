"""One script line on a host page with an address of its own."""

from __future__ import annotations

import functools
import http.server
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.web.static_files import WIDGET
from tests.browser.youth import HREFS
from tests.conftest import free_port

PAGE = """<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Eksempelvik</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src {origin} 'self'; frame-src {origin} http:">
</head><body><main><h1>Eksempelvik kommune</h1><a href="#">En lenke</a></main>
<script src="{source}" {about} async></script></body></html>"""


@dataclass
class Host:
    """A municipality's own web server, with a strict content policy."""

    folder: Path
    url: str
    bot: str

    def page(self, name: str, about: str = "", source: str | None = None) -> str:
        source = source or f"{self.bot}/widget.js"
        html = PAGE.format(origin=self.bot, source=source, about=about)
        (self.folder / name).write_text(html, "utf-8")
        return f"{self.url}/{name}"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *about: object) -> None:
        pass


@pytest.fixture
def host(tmp_path, bot_url):
    handler = functools.partial(Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Host(tmp_path, f"http://localhost:{server.server_port}", bot_url)
    server.shutdown()


@pytest.fixture
async def visitor(open_youth):
    """Someone on the host's page, who has not opened the chat."""
    youth = await open_youth(greeted=False, viewport={"width": 1280, "height": 800})
    youth.chat = youth.page.frame_locator("ungveiviser-widget iframe")
    return youth


async def opened(visitor, address):
    await visitor.page.goto(address)
    await visitor.page.get_by_role("button", name="Chat med Ungveiviser").click()
    return visitor


async def test_loads_nothing_but_itself_until_it_is_asked_for(visitor, host):
    await visitor.page.goto(host.page("index.html"))
    await expect(visitor.page.get_by_role("button", name="Chat med Ungveiviser")).to_be_visible()
    ours = [url for url in visitor.asked if url.startswith(host.bot)]
    assert ours == [f"{host.bot}/widget.js"]


async def test_a_conversation_in_the_frame(visitor, host):
    await opened(visitor, host.page("index.html", 'data-municipality="9999"'))
    await visitor.greeted()
    await visitor.press("Noe er vondt")
    await visitor.hears("Hvor lenge har det vært sånn?")
    await visitor.axe()
    assert [fault for fault in visitor.faults if "favicon" not in fault] == []
    stored = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert await visitor.page.evaluate(stored) == [0, 0, ""]


async def test_tells_the_bot_the_municipality_and_the_language(visitor, host):
    about = 'data-municipality="9999" data-language="nn"'
    async with visitor.page.expect_request("**/api/conversations") as asked:
        await opened(visitor, host.page("index.html", about))
    assert (await asked.value).post_data_json == {"language": "nn", "municipality": "9999"}
    await visitor.hears("Eg er ein chatbot")
    await expect(visitor.page.get_by_role("button", name="Gøym")).to_be_visible()


async def test_the_host_page_cannot_read_what_is_written(visitor, host):
    await opened(visitor, host.page("index.html"))
    await visitor.greeted()
    reads = """() => {
        const root = document.querySelector("ungveiviser-widget").shadowRoot;
        const inside = root.querySelector("iframe").contentWindow;
        try { return inside.document.body.textContent; } catch (error) { return error.name; }
    }"""
    assert await visitor.page.evaluate(reads) == "SecurityError"


async def test_hiding_and_opening_goes_on_with_the_same_chat(visitor, host):
    await opened(visitor, host.page("index.html"))
    await visitor.greeted()
    await visitor.say("hei")
    await visitor.hears("Jeg hører deg")
    await visitor.page.get_by_role("button", name="Skjul").click()
    opener = visitor.page.get_by_role("button", name="Chat med Ungveiviser")
    await expect(opener).to_be_focused()
    await opener.click()
    assert await visitor.said() == ["hei"]


async def test_a_reload_of_the_host_page_goes_on_with_the_same_chat(visitor, host):
    # Where the chat's address belongs to the host's site. From elsewhere a browser may refuse
    # the frame its storage, as this one does to `localhost`; the chat then lasts for one page.
    address = host.page("index.html").replace("localhost", "127.0.0.1")
    await opened(visitor, address)
    await visitor.greeted()
    await visitor.say("hei")
    await visitor.hears("Jeg hører deg")
    await opened(visitor, address)
    await visitor.hears("Jeg hører deg")
    assert await visitor.said() == ["hei"]


async def test_leaving_takes_the_whole_page_away(visitor, host):
    await opened(visitor, host.page("index.html"))
    await visitor.greeted()
    await visitor.find(".top .leave").click()
    await visitor.neutral()


async def test_three_escapes_in_the_frame_do_the_same(visitor, host):
    await opened(visitor, host.page("index.html"))
    await visitor.greeted()
    await visitor.box.click()
    for _ in range(3):
        await visitor.page.keyboard.press("Escape")
    await visitor.neutral()


async def test_three_escapes_on_the_host_page_do_the_same(visitor, host):
    await opened(visitor, host.page("index.html"))
    await visitor.greeted()
    await visitor.page.get_by_role("button", name="Skjul").focus()
    for _ in range(3):
        await visitor.page.keyboard.press("Escape")
    await visitor.neutral()


async def test_with_our_server_down_the_card_stands_in_the_host_page(visitor, host, house):
    await visitor.page.goto(host.page("index.html"))
    button = visitor.page.get_by_role("button", name="Chat med Ungveiviser")
    await expect(button).to_be_visible()
    house.stop_gateway()
    try:
        await button.click()
        await expect_card(visitor)
    finally:
        house.start_gateway()
    await visitor.page.get_by_role("button", name="Prøv igjen").click()
    await visitor.greeted()
    await expect(visitor.page.locator("ungveiviser-widget .card")).to_have_count(0)


async def test_a_host_with_a_copy_of_its_own_has_the_card_whatever_happens(visitor, host):
    (host.folder / "kopi.js").write_text(WIDGET.read_text("utf-8"), "utf-8")
    gone = f'data-origin="http://127.0.0.1:{free_port()}"'
    await opened(visitor, host.page("index.html", gone, "kopi.js"))
    await expect_card(visitor)
    for _ in range(3):
        await visitor.page.keyboard.press("Escape")
    await visitor.neutral()


async def expect_card(visitor):
    card = visitor.page.locator("ungveiviser-widget .card")
    await expect(card).to_contain_text("Chatten svarer ikke akkurat nå.")
    numbers = await card.locator("a").evaluate_all(HREFS)
    assert numbers == ["tel:113", "tel:112", "tel:110", "tel:116117", "tel:116111", "tel:22591300"]
    await visitor.axe()


async def test_on_a_phone_it_fills_the_screen(visitor, host):
    await visitor.page.set_viewport_size({"width": 320, "height": 568})
    await opened(visitor, host.page("index.html"))
    await visitor.greeted()
    box = await visitor.page.locator("ungveiviser-widget .panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 568}
    assert await visitor.overflow() == 0


async def test_nobody_else_can_make_the_host_page_leave(visitor, host):
    await opened(visitor, host.page("index.html"))
    await visitor.greeted()
    await visitor.page.evaluate(
        "postMessage({type: 'ungveiviser:leave', url: 'https://www.yr.no/'}, '*')"
    )
    await visitor.page.wait_for_timeout(300)
    assert visitor.page.url.startswith(host.url)
