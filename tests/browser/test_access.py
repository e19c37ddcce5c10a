"""WCAG 2.2 AA, as far as a machine can tell, and what it cannot: keys, sizes, zoom, motion."""

import pytest
from playwright.async_api import expect

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
SMALL = {"width": 320, "height": 568}

TARGETS = """() => [...document.querySelectorAll("button, a, textarea")]
    .filter(node => node.checkVisibility({checkVisibilityCSS: true}))
    .filter(node => !node.closest(".text, .demo"))
    .map(node => [node.textContent.trim(), node.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
    .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_axe_finds_nothing(open_youth, scheme, size):
    youth = await open_youth(viewport=size, color_scheme=scheme)
    await youth.axe()
    await youth.press("Noe er vondt")
    await youth.hears("Hvor lenge")
    await youth.axe()
    await youth.say("kort")
    await youth.hears("Dette finnes nær deg")
    await youth.axe()
    await youth.tool("urgent")
    await youth.axe()
    await youth.page.keyboard.press("Escape")
    await youth.tool("delete")
    await youth.axe()
    await youth.page.keyboard.press("Escape")
    await youth.tool("language")
    await youth.page.context.set_offline(True)
    await youth.say("x" * 1900)
    await expect(youth.find(".fate")).to_be_visible()
    await youth.axe()


async def test_axe_finds_nothing_in_forced_colours(open_youth):
    youth = await open_youth(forced_colors="active")
    await youth.say("kort")
    await youth.hears("Dette finnes nær deg")
    await youth.axe()


async def test_messages_are_announced_politely_and_whole(youth):
    log = youth.find("[role=log]")
    assert await log.get_attribute("aria-live") == "polite"
    await youth.page.evaluate(
        """() => {
            window.added = [];
            new MutationObserver(changes => changes.forEach(change =>
                change.addedNodes.forEach(node => added.push(node.textContent))))
                .observe(document.querySelector("[role=log]"), {childList: true});
        }"""
    )
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    assert await youth.page.evaluate("added") == [
        "Duhei",
        "UngveiviserJeg hører deg. Fortell gjerne litt mer.",
    ]


async def test_a_whole_conversation_with_the_keyboard_alone(youth):
    keys = youth.page.keyboard
    seen = []
    for _ in range(12):
        await keys.press("Tab")
        seen.append(await youth.page.evaluate("document.activeElement.textContent.trim()"))
        if seen[-1] == "Redd for en venn":
            break
    assert seen[0] == "Forlat siden"
    assert seen[-1] == "Redd for en venn"
    await keys.press("Enter")
    await youth.hears("Hvor lenge har det vært sånn?")
    assert await youth.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    await keys.press("Shift+Tab")
    assert await youth.page.evaluate("document.activeElement.textContent") == "Vil ikke si"
    await keys.press("Tab")
    await keys.type("hei")
    await keys.press("Tab")
    await keys.press("Enter")
    await youth.hears("Jeg hører deg")
    assert await youth.said() == ["Redd for en venn", "hei"]


@pytest.mark.parametrize("act", ["urgent", "delete"])
async def test_a_dialog_keeps_the_focus_and_gives_it_back(youth, act):
    await youth.find(f"[data-act={act}]").focus()
    await youth.page.keyboard.press("Enter")
    await expect(youth.find("dialog[open]")).to_be_visible()
    # Never on the way out: a press too many must not lead there.
    assert await youth.page.evaluate("document.activeElement.dataset.act") == "close"
    for _ in range(10):
        await youth.page.keyboard.press("Tab")
        # The browser's own bars may have a turn; nothing behind the dialog may.
        inside = "document.activeElement.matches('body, dialog[open] *')"
        assert await youth.page.evaluate(inside)
    await youth.page.keyboard.press("Escape")
    await expect(youth.find("dialog[open]")).to_have_count(0)
    assert await youth.page.evaluate("document.activeElement.dataset.act") == act


async def test_the_focus_is_seen(youth):
    for selector in (".top .leave", "[data-act=human]", ".choices button", "textarea"):
        await youth.page.keyboard.press("Tab")
        await youth.find(selector).first.focus()
        style = await youth.find(selector).first.evaluate(
            "node => getComputedStyle(node).outlineStyle"
        )
        assert style != "none", selector


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
async def test_everything_one_presses_is_big_enough(open_youth, size):
    youth = await open_youth(viewport=size)
    assert await youth.page.evaluate(TARGETS) == []
    await youth.say("kort")
    await youth.hears("Dette finnes nær deg")
    assert await youth.page.evaluate(TARGETS) == []
    await youth.tool("urgent")
    assert await youth.page.evaluate(TARGETS) == []


@pytest.mark.parametrize(
    "size",
    [SMALL, {"width": 320, "height": 256}, {"width": 640, "height": 400}],
    ids=["320", "400 percent", "200 percent"],
)
async def test_nothing_is_cut_off_or_scrolls_sideways(open_youth, size):
    youth = await open_youth(viewport=size)
    await youth.say("kort og " + "ordutenmellomrom" * 20)
    await youth.hears("Dette finnes nær deg")
    assert await youth.overflow() == 0
    await expect(youth.find(".top .leave")).to_be_in_viewport(ratio=1)
    await youth.tool("urgent")
    assert await youth.overflow() == 0
    await youth.page.keyboard.press("Escape")
    await youth.box.focus()
    await expect(youth.box).to_be_in_viewport(ratio=1)


async def test_great_letters_fit(open_youth):
    youth = await open_youth(viewport=PHONE)
    await youth.page.evaluate("document.documentElement.style.fontSize = '200%'")
    await youth.say("kort")
    await youth.hears("Dette finnes nær deg")
    assert await youth.overflow() == 0


async def test_nothing_moves_when_that_is_asked(open_youth):
    youth = await open_youth(reduced_motion="reduce")
    await youth.say("tregt")
    await expect(youth.find(".typing")).to_be_visible()
    await expect(youth.find(".typing i").first).to_be_hidden()
    await youth.hears("Beklager at det tok tid.")
    moving = (
        "document.getAnimations().map(one => one.animationName).filter(name => name !== 'stuck')"
    )
    assert await youth.page.evaluate(moving) == []


async def test_the_way_out_is_always_in_sight(phone):
    for _ in range(3):
        await phone.say("kort")
    await expect(phone.find(".service")).to_have_count(6)
    await expect(phone.find(".top .leave")).to_be_in_viewport(ratio=1)
    await phone.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    await expect(phone.find(".top .leave")).to_be_in_viewport(ratio=1)
