"""The quick way out: nothing left to see, nothing left in the tab, and the case stays open."""

import pytest
from playwright.async_api import expect

from tests.browser.youth import NEUTRAL, asked_about


async def begun(youth):
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    return await youth.stored()


async def three_escapes(youth):
    for _ in range(3):
        await youth.page.keyboard.press("Escape")


async def test_the_button_goes_to_a_neutral_page(youth):
    await begun(youth)
    await youth.find(".top .leave").click()
    await youth.neutral()


async def test_three_escapes_do_the_same_from_the_box(youth):
    await begun(youth)
    await youth.box.fill("noe halvskrevet")
    await three_escapes(youth)
    await youth.neutral()


async def test_three_escapes_do_the_same_from_a_dialog(youth):
    await youth.tool("urgent")
    await three_escapes(youth)
    await youth.neutral()


@pytest.mark.parametrize("act", ["urgent", "delete"])
async def test_the_way_out_is_there_in_a_dialog_too(youth, act):
    await youth.tool(act)
    await youth.find("dialog[open] .leave").click()
    await youth.neutral()


async def test_three_slow_escapes_do_nothing(youth):
    for _ in range(3):
        await youth.page.keyboard.press("Escape")
        await youth.page.wait_for_timeout(1100)
    await expect(youth.find(".log")).to_be_visible()


@pytest.mark.parametrize("way", ["button", "keys"])
async def test_the_screen_is_empty_and_the_tab_remembers_nothing_at_once(youth, way):
    await begun(youth)
    # The neutral page never comes: what is left here is all that can be seen.
    await youth.page.route(f"{NEUTRAL}**", lambda route: route.abort("aborted"))
    if way == "keys":
        await three_escapes(youth)
    else:
        await youth.find(".top .leave").click(no_wait_after=True)
    left = await youth.page.evaluate(
        "[document.body.textContent.trim(), document.title.trim(), sessionStorage.length]"
    )
    assert left == ["", "", 0]


async def test_going_back_does_not_lead_to_the_chat(youth):
    await youth.page.goto("about:blank")
    await youth.open()
    await begun(youth)
    await youth.find(".top .leave").click()
    await youth.neutral()
    await youth.page.go_back()
    assert youth.page.url == "about:blank"


async def test_the_conversation_and_its_case_live_on(youth):
    kept = await begun(youth)
    await youth.find(".top .leave").click()
    await youth.neutral()
    found = asked_about(youth, kept)
    assert found.status_code == 200
    assert "hei" in [message["text"] for message in found.json()["messages"]]


async def test_coming_back_starts_afresh(youth):
    kept = await begun(youth)
    await youth.find(".top .leave").click()
    await youth.neutral()
    await youth.open()
    assert await youth.said() == []
    assert (await youth.stored())["id"] != kept["id"]


async def test_leaving_asks_no_questions_even_with_something_unsent(youth):
    await youth.page.context.set_offline(True)
    await youth.say("hei")
    await expect(youth.find(".fate")).to_be_visible()
    await youth.page.context.set_offline(False)
    await youth.page.route("**/messages", lambda route: route.abort())
    youth.page.on("dialog", lambda dialog: pytest.fail(f"asked: {dialog.message}"))
    await youth.find(".top .leave").click()
    await youth.neutral()


async def test_on_paper_there_is_nothing(youth):
    await begun(youth)
    await youth.page.emulate_media(media="print")
    await expect(youth.find("ungveiviser-chat")).to_be_hidden()
