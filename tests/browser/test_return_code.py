"""Leaving and coming back with a code: in a fresh browser, to the answer of a nurse."""

import re

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.youth import asked_about

CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


async def code_of(youth):
    """Get a code from the dialog; the dialog stays open."""
    await youth.tool("code")
    dialog = youth.find("dialog.return")
    await dialog.get_by_role("button", name="Få en kode").click()
    groups = dialog.locator(".digits span")
    await expect(groups).to_have_count(4)
    return " ".join(await groups.all_inner_texts())


async def come_back(youth, code):
    await youth.tool("code")
    await youth.find("dialog.return").get_by_label("De 16 sifrene i koden").fill(code)
    await youth.page.keyboard.press("Enter")


async def test_leaves_and_comes_back_in_another_browser_to_the_nurses_answer(open_youth, house):
    youth = await open_youth(viewport=PHONE)
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    kept = await youth.stored()
    code = await code_of(youth)
    assert CODE.fullmatch(code)
    await youth.find("dialog.return .leave").click()
    await youth.neutral()
    house.happen(kept["id"], {"type": "state", "state": "human"})
    house.human_says(kept["id"], "Hei, jeg er Kari. Jeg leste det du skrev.")

    back = await open_youth(viewport=DESKTOP)
    await come_back(back, code.replace(" ", ""))
    await back.hears("Hei, jeg er Kari. Jeg leste det du skrev.")
    assert await back.said() == ["hei"]
    assert (await back.stored())["id"] == kept["id"]
    await expect(back.find("dialog.return")).to_be_hidden()
    await expect(back.box).to_be_focused()
    await back.say("takk")
    await expect(back.find(".log .youth .text")).to_have_text(["hei", "takk"])
    house.human_says(kept["id"], "Og nå er jeg her.")
    await back.hears("Og nå er jeg her.")
    assert back.faults == []


async def test_the_code_is_seen_once_and_stands_nowhere(youth):
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    code = await code_of(youth)
    plain = code.replace(" ", "")
    dialog = youth.find("dialog.return")
    spoken = ", ".join(" ".join(group) for group in code.split())
    await expect(dialog.locator(".code-shown .unseen")).to_have_text(spoken)
    await expect(dialog).to_contain_text("Koden virker i 24 timer")
    await dialog.get_by_role("button", name="Lukk").click()
    page = await youth.page.content()
    stored = await youth.page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    for where in (page, stored, youth.page.url, *youth.asked):
        assert code not in where and plain not in where
    await youth.tool("code")
    await expect(dialog.locator(".code-shown")).to_be_empty()


async def test_a_copy_is_offered_only_where_home_is_not_the_danger(open_youth):
    youth = await open_youth(permissions=["clipboard-write", "clipboard-read"])
    code = await code_of(youth)
    await youth.find("dialog.return").get_by_role("button", name="Kopier").click()
    await expect(youth.find(".code-shown")).to_contain_text("Kopiert")
    assert await youth.page.evaluate("navigator.clipboard.readText()") == code
    await youth.page.keyboard.press("Escape")
    await youth.say("pappa slår meg")
    await expect(youth.find(".log .message.bot:not(.greeting)").first).to_be_visible()
    await code_of(youth)
    dialog = youth.find("dialog.return")
    await expect(dialog).to_contain_text("Kan noen hjemme finne den?")
    await expect(dialog.get_by_role("button", name="Kopier")).to_have_count(0)


async def test_a_wrong_code_is_said_kindly_and_changes_nothing(youth):
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    kept = await youth.stored()
    dialog = youth.find("dialog.return")
    await come_back(youth, "1234 5678")
    await expect(dialog.get_by_role("alert")).to_contain_text("En kode har 16 siffer.")
    await dialog.get_by_label("De 16 sifrene i koden").fill("0000 0000 0000 0000")
    await dialog.get_by_role("button", name="Åpne chatten").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Den koden virker ikke.")
    await youth.page.keyboard.press("Escape")
    assert (await youth.stored())["id"] == kept["id"] and await youth.said() == ["hei"]


async def test_a_cry_for_help_in_the_box_for_codes_shows_the_numbers(youth):
    await come_back(youth, "jeg skal ta livet mitt nå")
    await expect(youth.find("dialog.return")).to_be_hidden()
    await expect(youth.find(".log a[href='tel:113']").first).to_be_visible()


async def test_without_a_network_it_is_said(youth):
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    await youth.page.context.set_offline(True)
    await come_back(youth, "1234567890123456")
    alert = youth.find("dialog.return").get_by_role("alert")
    await expect(alert).to_contain_text("Vi får ikke kontakt nå.")


async def test_an_unused_chat_is_not_left_behind(open_youth):
    youth = await open_youth()
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    code = await code_of(youth)
    other = await open_youth()
    unused = await other.stored()
    await come_back(other, code)
    await other.hears("Jeg hører deg")
    await expect(other.find(".log .youth")).to_have_count(1)
    for _ in range(50):
        if asked_about(other, unused).status_code == 404:
            return
        await other.page.wait_for_timeout(100)
    raise AssertionError("the unused conversation is still there")


async def test_by_keyboard_alone(youth):
    await youth.find("[data-act=code]").focus()
    await youth.page.keyboard.press("Enter")
    await expect(youth.find("[data-act=code-get]")).to_be_focused()
    await youth.page.keyboard.press("Enter")
    await expect(youth.find(".digits span")).to_have_count(4)
    await youth.page.keyboard.press("Escape")
    await expect(youth.find("[data-act=code]")).to_be_focused()


async def test_asked_whether_help_was_had_only_when_that_was_ticked(open_youth):
    youth = await open_youth()
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    await youth.tool("code")
    await youth.find("dialog.return").get_by_label("Spør meg om jeg fikk hjelp").check()
    await youth.page.keyboard.press("Escape")
    await youth.tool("code")  # opened anew nothing is ticked
    await expect(youth.find("input.ask-helped")).not_to_be_checked()
    await youth.find("input.ask-helped").check()
    await youth.find("[data-act=code-get]").click()
    await expect(youth.find(".digits span")).to_have_count(4)
    code = "".join(await youth.find(".digits span").all_inner_texts())
    other = await open_youth()
    await come_back(other, code)
    await other.hears("Fikk du hjelp?")
    await other.press("Nei")
    await other.hears("Det var ikke din feil.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_axe_finds_nothing_in_the_dialog(open_youth, scheme, size):
    youth = await open_youth(viewport=size, color_scheme=scheme)
    await code_of(youth)
    await youth.axe()
    assert await youth.overflow() <= 0
    small = await youth.page.evaluate(
        """() => [...document.querySelectorAll("dialog[open] :is(button, label.check, input.code)")]
            .filter(node => node.getBoundingClientRect().height < 43.9).map(node => node.id)"""
    )
    assert small == []


async def test_in_nynorsk(open_youth):
    youth = await open_youth("/?language=nn")
    await youth.tool("code")
    dialog = youth.find("dialog.return")
    await dialog.get_by_role("button", name="Få ein kode").click()
    await expect(dialog).to_contain_text("Koden verkar i 24 timar")
    await expect(dialog).to_contain_text("Eg har ein kode")


def test_the_page_asks_for_a_code_with_no_form(bot_url):
    page = httpx.get(bot_url).text
    assert "<form" not in page and 'name="' not in page.split("<body")[1]
