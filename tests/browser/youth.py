"""A young person at a page: opens it, says things, presses buttons, reads what comes."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, FrameLocator, Locator, Page, Route, expect

NEUTRAL = "https://www.yr.no/"
HREFS = "all => all.map(a => a.getAttribute('href'))"
# What axe calls best practice is held too, not only the WCAG rules.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Youth:
    """One tab. `faults` are errors that the page wrote to its console, policy breaches included."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.chat: Page | FrameLocator = page
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    async def open(self, path: str = "/") -> Youth:
        await self.page.goto(self.url + path)
        await self.greeted()
        return self

    async def greeted(self) -> None:
        await expect(self.chat.locator(".choices button").first).to_be_visible()

    def find(self, selector: str, **about: Any) -> Locator:
        return self.chat.locator(selector, **about)

    @property
    def box(self) -> Locator:
        return self.find("textarea")

    @property
    def messages(self) -> Locator:
        return self.find(".log .message .text")

    async def say(self, text: str) -> Youth:
        await self.box.fill(text)
        await self.box.press("Enter")
        return self

    async def press(self, label: str) -> Youth:
        await self.find(".log").get_by_role("button", name=label).click()
        return self

    async def hears(self, text: str, *, times: int = 1) -> Youth:
        found = self.find(".log .message:not(.youth)").filter(has_text=text)
        await expect(found).to_have_count(times)
        return self

    async def tool(self, act: str) -> Youth:
        await self.find(f"[data-act={act}]").click()
        return self

    async def said(self) -> list[str]:
        return await self.find(".log .youth .text").all_inner_texts()

    async def stored(self) -> dict[str, Any]:
        kept = await self.page.evaluate("sessionStorage.getItem('ungveiviser')")
        found: dict[str, Any] = json.loads(kept or "{}")
        return found

    async def axe(self) -> None:
        """Fail with what axe-core finds."""
        options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
        # What is half scrolled out of sight would be measured as too small to press.
        size = self.page.viewport_size
        if size is not None:
            await self.page.set_viewport_size({"width": size["width"], "height": 2400})
        # A fade-in that has not ended would be measured as poor contrast.
        await self.page.wait_for_timeout(300)
        result = await Axe().run(self.page, options=options)
        if size is not None:
            await self.page.set_viewport_size(size)
        assert result.violations_count == 0, result.generate_report()

    async def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        found: int = await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return found

    async def neutral(self) -> None:
        """Wait until the tab shows the neutral page."""
        await self.page.wait_for_url(NEUTRAL)
        await expect(self.page.locator("body")).to_have_text("Været")


OpenYouth = Callable[..., Awaitable[Youth]]


async def with_neutral_page(context: BrowserContext) -> BrowserContext:
    """Answer for the neutral page, so that no test reaches the net."""

    async def weather(route: Route) -> None:
        await route.fulfill(body="<title>Yr</title>Været", content_type="text/html; charset=utf-8")

    await context.route(f"{NEUTRAL}**", weather)
    return context


def asked_about(youth: Youth, kept: dict[str, Any]) -> httpx.Response:
    """Ask the API about a conversation whose id and key are `kept`."""
    return httpx.get(
        f"{youth.url}/api/conversations/{kept['id']}",
        headers={"Authorization": f"Bearer {kept['token']}"},
    )
