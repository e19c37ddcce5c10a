"""A real headless browser before a real gateway.

`bot_url` is where the pages under test are: UNGVEIVISER_TEST_URL, or else a
house of this folder's own (real gateway, real Redis, an engine with known
answers). Tests that need to foresee an answer take `house`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Playwright, async_playwright, expect

from tests.browser.house import House
from tests.browser.youth import OpenYouth, Youth, with_neutral_page

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MISSING = (
    "NO BROWSER FOUND: the page was not tested. Install chromium, "
    "or run `playwright install chromium`, or set CHROMIUM=/path/to/it."
)
# The machine may be busy with other tests.
expect.set_options(timeout=15_000)


def system_browser() -> str | None:
    """Return a Chromium of this machine, if there is one."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def has_own(playwright: Playwright) -> bool:
    """Say whether Playwright has fetched a browser of its own."""
    return Path(playwright.chromium.executable_path).exists()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly when the page went untested."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(MISSING in str(report.longrepr) for report in skipped):
        terminalreporter.write_sep("!", MISSING, red=True, bold=True)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    opened = House(tmp_path_factory.mktemp("house"))
    try:
        yield opened.open()
    finally:
        opened.close()


@pytest.fixture(scope="session")
def bot_url(request: pytest.FixtureRequest) -> str:
    """Where the page is that any bot must serve."""
    given = os.environ.get("UNGVEIVISER_TEST_URL")
    return given.rstrip("/") if given else str(request.getfixturevalue("house").url)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = system_browser()
        if path is None and not has_own(playwright):
            pytest.skip(MISSING)
        started = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        await started.close()


@pytest.fixture
async def open_youth(browser: Browser, bot_url: str) -> AsyncIterator[OpenYouth]:
    """A function that opens the page: `await open_youth(path="/", **context)`."""
    contexts: list[BrowserContext] = []

    async def opened(path: str = "/", *, greeted: bool = True, **about: object) -> Youth:
        context = await with_neutral_page(await browser.new_context(locale="nb-NO", **about))
        context.set_default_timeout(15_000)
        contexts.append(context)
        youth = Youth(await context.new_page(), bot_url)
        return await youth.open(path) if greeted else youth

    yield opened
    for context in contexts:
        await context.close()


@pytest.fixture
async def youth(open_youth: OpenYouth) -> Youth:
    """Someone who has just opened the page on a laptop."""
    return await open_youth(viewport={"width": 1280, "height": 800})


@pytest.fixture
async def phone(open_youth: OpenYouth) -> Youth:
    """Someone who has just opened the page on a phone."""
    return await open_youth(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
