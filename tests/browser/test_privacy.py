"""The page on data protection: reached from the chat with the keyboard, readable by everybody."""

import pytest
from playwright.async_api import expect

from tests.browser.youth import Youth


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
async def test_axe_finds_nothing_and_nothing_sticks_out(open_youth, scheme, width):
    size = {"width": width, "height": 700}
    youth = await open_youth("/personvern", greeted=False, viewport=size, color_scheme=scheme)
    await youth.page.goto(f"{youth.url}/personvern?language=nn")
    await expect(youth.page.locator("h1")).to_have_text("Kva vi tek vare på")
    await youth.axe()
    assert await youth.overflow() == 0
    assert youth.faults == []


async def test_from_the_chat_with_the_keyboard_and_the_chat_stays(youth):
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    await youth.tool("language")
    link = youth.find("a.privacy")
    await expect(link).to_have_attribute("href", "/personvern?language=nn")
    await link.focus()
    async with youth.page.context.expect_page() as opened:
        await youth.page.keyboard.press("Enter")
    other = Youth(await opened.value, youth.url)
    await expect(other.page.locator("h1")).to_have_text("Kva vi tek vare på")
    for name in ("Forlat sida", "Til chatten", "Bokmål"):
        await other.page.keyboard.press("Tab")
        focused = await other.page.evaluate("document.activeElement.textContent.trim()")
        assert focused == name
    await other.page.keyboard.press("Enter")
    await expect(other.page.locator("h1")).to_have_text("Hva vi tar vare på")
    assert await youth.said() == ["hei"]
