"""A young person and a nurse, each in a browser, before the whole bot with all its parts."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.youth import Youth, with_neutral_page
from tests.conftest import Stack

PHONE = {"width": 360, "height": 740}
HERE = "/?municipality=9999"
WORD = "tyttebærlapp"  # stands nowhere else


@pytest.fixture(scope="module")
def stack(start_stack) -> Stack:
    """A bot of their own: the first case in the nurse's list is the one of the test."""
    return start_stack()


@pytest.fixture
async def visitor(browser: Browser, stack: Stack) -> AsyncIterator[Youth]:
    """Someone with a phone who has just opened Eksempelvik's page."""
    context = await with_neutral_page(await browser.new_context(locale="nb-NO", viewport=PHONE))
    context.set_default_timeout(20_000)
    yield await Youth(await context.new_page(), stack.url).open(HERE)
    await context.close()


@pytest.fixture
async def desk(browser: Browser, stack: Stack) -> AsyncIterator[Page]:
    """The staff pages, logged in with the demo account."""
    context = await browser.new_context(locale="nb-NO")
    context.set_default_timeout(20_000)
    page = await context.new_page()
    await page.goto(f"{stack.url}/staff/")
    await page.get_by_label("Brukernavn").fill("helsesykepleier")
    await page.get_by_label("Passord").fill((stack.var / "staff-demo.txt").read_text().strip())
    await page.get_by_role("button", name="Logg inn").click()
    await expect(page.get_by_role("heading", name="Saker")).to_be_visible()
    yield page
    await context.close()


async def test_from_the_first_message_to_a_service_nearby(visitor: Youth) -> None:
    await visitor.say("jeg er helt stressa over skolen og prøvene")
    await visitor.say("sover dårlig og har droppa trening")
    await visitor.say("siden skolestart")
    await visitor.press("Ja")
    card = visitor.find(".service").first
    await expect(card).to_be_visible()
    await expect(card.locator("a[href^='tel:']")).to_have_count(0)  # fictional: nothing to call
    await visitor.axe()
    assert await visitor.overflow() == 0 and not visitor.faults


async def test_a_cry_for_help_reaches_a_nurse_and_she_the_child(visitor: Youth, desk: Page) -> None:
    await visitor.say("jeg har bestemt meg for å ta livet mitt i kveld")
    await expect(visitor.find("a[href='tel:113']").first).to_be_visible()
    await expect(visitor.find(".state")).to_contain_text("Du kan skrive videre mens du venter.")

    await desk.get_by_role("link", name="Akutt: selvmord").first.click()
    await expect(desk.get_by_role("heading", name="Akutt: gjør dette")).to_be_visible()
    await desk.get_by_role("button", name="Ta saken").click()
    await expect(visitor.find(".state")).to_contain_text("Du skriver med et menneske nå.")
    await desk.get_by_role("textbox", name="Svar").fill("Hei. Jeg er her. Hvor er du nå?")
    await desk.get_by_role("button", name="Send").click()
    await expect(visitor.find(".message.human")).to_contain_text("Hvor er du nå?")

    said, calls = visitor.find(".message.bot"), visitor.find(".log a[href='tel:113']")
    before, numbers = await said.count(), await calls.count()
    await visitor.say("hjemme på rommet")
    await expect(desk.get_by_role("log")).to_contain_text("hjemme på rommet")
    await expect(said).to_have_count(before)  # the human answers, not the bot

    await desk.get_by_text("Gi tilbake til boten").click()
    await desk.get_by_role("button", name="Gi tilbake").click()
    await expect(visitor.find(".state")).to_contain_text("chatboten som svarer igjen")
    await visitor.hears("Nå er det meg, boten, igjen.")
    before = await said.count()
    await visitor.say("takk")
    await expect(said).not_to_have_count(before)
    await expect(calls).to_have_count(numbers)  # a thank-you is no new emergency
    assert not visitor.faults


async def test_a_nurse_sees_the_time_that_was_booked_and_cancelled(
    visitor: Youth, desk: Page
) -> None:
    await visitor.say("jeg vil ha time")
    await visitor.find(".choices button").filter(has_text="kl.").first.click()
    await visitor.press("Bestill anonymt")
    await visitor.hears("Timen er bestilt")
    await visitor.say("kan jeg få snakke med et menneske")
    await visitor.press("Ja, det vil jeg")
    await expect(visitor.find(".state")).to_contain_text("mens du venter")

    await desk.reload()
    await desk.get_by_role("link", name="Vil snakke med et menneske").first.click()
    time = desk.get_by_role("region", name="Time")
    await expect(time).to_contain_text("Timen er bestilt")
    await expect(desk.get_by_role("log")).to_contain_text("Timen er bestilt")
    await visitor.say("har jeg en time?")
    await visitor.press("Avbestill timen")
    await visitor.hears("Timen er avbestilt")
    await expect(desk.get_by_role("log")).to_contain_text("Timen er avbestilt")
    await desk.reload()
    await expect(time).to_contain_text("Timen er avbestilt")
    assert not visitor.faults


def files_with(stack: Stack, word: str) -> list[str]:
    """Return the files of the running bot that hold `word`: Redis', the journals, the logs."""
    found = []
    for path in stack.var.rglob("*"):
        try:
            if path.is_file() and word.encode() in path.read_bytes():
                found.append(path.name)
        except FileNotFoundError:  # Redis has just rewritten it
            continue
    return found


async def take_the_acute_case(desk: Page) -> None:
    await desk.get_by_role("link", name="Akutt: selvmord").first.click()
    await desk.get_by_role("button", name="Ta saken").click()
    await expect(desk.get_by_role("textbox", name="Svar")).to_be_visible()


async def test_side_by_side_until_only_the_trace_is_left(
    visitor: Youth, desk: Page, stack: Stack
) -> None:
    waiting = await desk.get_by_role("link", name="venter siden").count()
    await visitor.say(f"jeg har bestemt meg for å ta livet mitt i kveld. {WORD}")
    await expect(visitor.find("a[href='tel:113']").first).to_be_visible()
    # The open queue tells by itself.
    await expect(desk).to_have_title(re.compile(rf"\({waiting + 1}\) "))
    await take_the_acute_case(desk)
    address = desk.url
    bot = visitor.find(".message.bot")
    await expect(visitor.find(".state")).to_contain_text("Du skriver med et menneske nå.")
    before = await bot.count()
    asked, answered = [], []
    for number in range(1, 11):
        asked.append(f"{number}. spørsmål, {WORD}")
        await desk.get_by_role("textbox", name="Svar").fill(asked[-1])
        await desk.get_by_role("button", name="Send").click()
        await expect(visitor.find(".message.human")).to_have_count(number)
        answered.append(f"{number}. svar, {WORD}")
        await visitor.say(answered[-1])
        await expect(desk.get_by_role("log")).to_contain_text(answered[-1])
    assert await visitor.find(".message.human .text").all_inner_texts() == asked
    assert (await visitor.said())[1:] == answered
    log = await desk.get_by_role("log").inner_text()
    places = [log.index(text) for pair in zip(asked, answered, strict=True) for text in pair]
    assert places == sorted(places) and all(log.count(text) == 1 for text in [*asked, *answered])
    assert await bot.count() == before  # the bot was silent

    await desk.get_by_text("Gi tilbake til boten").click()
    await desk.get_by_role("button", name="Gi tilbake").click()
    await visitor.hears("Nå er det meg, boten, igjen.")
    await visitor.say("hvor kan jeg få hjelp i nærheten?")
    await expect(visitor.find(".service").first).to_be_visible()

    assert files_with(stack, WORD)
    await visitor.tool("delete")
    await visitor.find("dialog.confirm").get_by_role("button", name="Ja, slett").click()
    await visitor.hears("Samtalen er slettet.")
    await desk.goto(address)
    await expect(desk.get_by_text("Slettet av ungdommen")).to_be_visible()
    assert WORD not in await desk.content()
    deadline = time.monotonic() + 60
    while left := files_with(stack, WORD):
        assert time.monotonic() < deadline, left
        await asyncio.sleep(0.5)
    assert not visitor.faults


async def test_a_parent_walks_in(visitor: Youth, desk: Page) -> None:
    await visitor.say("jeg har bestemt meg for å ta livet mitt i kveld")
    await take_the_acute_case(desk)
    await expect(visitor.find(".state")).to_contain_text("Du skriver med et menneske nå.")
    await visitor.find(".top .leave").click()
    await visitor.neutral()
    await visitor.page.go_back()
    assert "ta livet" not in await visitor.page.content()  # the screen tells nothing
    # The nurse knows, and the case lives: what she writes stands in it.
    await expect(desk.get_by_role("alert")).to_contain_text("trykket på «Forlat siden»")
    await desk.get_by_role("textbox", name="Svar").fill("Jeg er her hvis du kommer tilbake.")
    await desk.get_by_role("button", name="Send").click()
    await expect(desk.get_by_role("log")).to_contain_text("Jeg er her hvis du kommer tilbake.")
    await expect(desk.get_by_role("heading", name="Akutt: gjør dette")).to_be_visible()
    assert not visitor.faults
