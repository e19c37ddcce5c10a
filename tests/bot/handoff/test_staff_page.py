"""The staff pages in a real browser: fresh by themselves, usable by all, at phone size and dark."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import redis
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, async_playwright, expect

from tests.bot.handoff.conftest import PASSWORD, RedisServer, Staff
from tests.bot.handoff.test_staff import open_case, with_cases
from tests.browser.conftest import MISSING, system_browser

# Milliseconds in which a page that asks every few seconds must have shown it, on a busy machine.
SOON = 15_000


@pytest.fixture(params=["light", "dark"])
async def page(request: pytest.FixtureRequest, shared_redis: RedisServer) -> AsyncIterator[Page]:
    with redis.Redis.from_url(shared_redis.url) as client:
        client.flushall()
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(
                executable_path=system_browser(), args=["--no-sandbox"]
            )
        except Exception:
            if system_browser():
                raise
            pytest.skip(MISSING)
        phone = {"width": 320, "height": 640}
        page = await browser.new_page(viewport=phone, color_scheme=request.param, locale="nb-NO")
        page.set_default_timeout(15_000)
        yield page
        await browser.close()


async def check(page: Page) -> None:
    """No accessibility fault, and nothing wider than the phone."""
    found = (await Axe().run(page)).response["violations"]
    assert not found, [(fault["id"], fault["nodes"][0]["html"]) for fault in found]
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_nurse_with_a_phone(staff: Staff, page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    await page.goto(f"{staff.url}/staff/")
    await check(page)
    await page.keyboard.type("ingrid")  # the first field has the focus
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Ingen venter.")).to_be_visible(timeout=SOON)

    open_case(staff, urgency="serious")  # comes into a list that is open
    await expect(page.get_by_text("Alvorlig: selvmord")).to_be_visible(timeout=SOON)
    await expect(page).to_have_title("(1) Saker – Ungveiviser")
    await expect(page.get_by_role("status")).to_have_text("Ny sak. 1 venter.")
    await check(page)

    await page.get_by_role("link", name="Alvorlig: selvmord").click()
    await check(page)
    await page.get_by_role("button", name="Ta saken").click()
    answer = page.get_by_role("textbox", name="Svar")
    await answer.fill("et utkast")
    line = {"id": "m2", "from": "youth", "text": "er du der?"}
    flag = {"flag": "overdose", "urgency": "acute"}
    with_cases(staff, lambda cases: cases.youth_message("conv", line))
    with_cases(staff, lambda cases: cases.add_flag("conv", flag))
    await expect(page.get_by_role("log")).to_contain_text("er du der?", timeout=SOON)
    await expect(page.get_by_role("alert")).to_contain_text("Nytt faresignal", timeout=SOON)
    await expect(page.get_by_text("Akutt: overdose")).to_be_visible(timeout=SOON)
    await expect(answer).to_have_value("et utkast")
    await check(page)

    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("log")).to_contain_text("et utkast", timeout=SOON)
    await page.get_by_text("Avslutt saken").click()
    await check(page)
    await page.get_by_label("Falsk alarm").check()
    await page.get_by_role("group", name="Er det gitt helsehjelp?").get_by_label("Nei").check()
    await page.get_by_label("Ikke gitt helsehjelp").check()
    await page.get_by_role("button", name="Avslutt").click()
    await expect(page.get_by_text("Avsluttet", exact=True)).to_be_visible(timeout=SOON)
    await check(page)  # with the words that gave the false alarm, to be read
    await page.get_by_label("Jeg har lest teksten").check()
    await page.get_by_role("button", name="Lagre i listen").click()
    await expect(page.get_by_text("lagt i listen over falske alarmer")).to_be_visible(timeout=SOON)
    await page.context.clear_cookies()
    await log_in_here(staff, page, "lead-9999")  # the list is for who leads the service
    await page.goto(f"{staff.url}/staff/false-alarms")
    await expect(page.get_by_text("hoppe fra brua")).to_be_visible()
    await check(page)
    assert not faults


async def press_to(page: Page, name: str) -> None:
    """Go to a field or button by the tab key alone."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        at = "(e => e.labels?.[0]?.innerText || e.innerText || '')(document.activeElement)"
        if str(await page.evaluate(at)).strip().startswith(name):
            return
    raise AssertionError(f"the tab key does not reach {name}")


async def test_a_case_is_worked_with_the_keyboard_alone(staff: Staff, page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    case = open_case(staff)
    await log_in_here(staff, page)
    await page.goto(f"{staff.url}/staff/cases/{case.id}")
    marked = page.get_by_role("log").locator("mark")
    await expect(marked).to_have_text("hoppe fra brua")
    said = await marked.evaluate("one => getComputedStyle(one, '::before').content")
    assert "tegn på fare" in said  # heard, not only seen
    await press_to(page, "Ta saken")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Tatt", exact=True)).to_be_visible(timeout=SOON)
    await check(page)

    await press_to(page, "Ringte 113")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Ingrid ringte 113")).to_be_visible(timeout=SOON)
    await press_to(page, "Svar (")
    await page.keyboard.type("Hei.")
    await press_to(page, "Ferdige svar")
    await page.keyboard.type("Akutt: hvor")
    await press_to(page, "Målform")
    await page.keyboard.type("Nyn")
    await press_to(page, "Sett inn")
    await page.keyboard.press("Enter")
    answer = page.get_by_role("textbox", name="Svar")
    await expect(answer).to_be_focused()
    await expect(answer).to_have_value(re.compile(r"Hei\.\nKvar er du no, og på kva nummer"))
    await press_to(page, "Send")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Besvart", exact=True)).to_be_visible(timeout=SOON)

    await press_to(page, "Nytt notat")
    await page.keyboard.type("Mor er på vei.")
    await press_to(page, "Lagre notatet")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Mor er på vei.")).to_be_visible(timeout=SOON)
    await press_to(page, "Gi tilbake til boten")
    await page.keyboard.press("Enter")
    await check(page)
    await press_to(page, "en avtale videre")
    await page.keyboard.press("Space")
    await press_to(page, "Gi tilbake")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Gitt tilbake til boten", exact=True)).to_be_visible(timeout=SOON)
    await check(page)
    assert not faults


async def test_a_shift_is_handed_over_on_a_phone(staff: Staff, page: Page) -> None:
    case = open_case(staff)
    await log_in_here(staff, page)
    await page.goto(f"{staff.url}/staff/cases/{case.id}")
    await page.get_by_role("button", name="Ta saken").click()
    await page.get_by_label("Nytt notat til kolleger").fill("Ring mor kl. 22.")
    await page.get_by_role("button", name="Lagre notatet").click()
    with staff.log_in("jonas"):
        await page.get_by_role("link", name="Vaktskifte").click()
        await expect(page.get_by_text("Ring mor kl. 22.")).to_be_visible()
        await check(page)
        await page.get_by_label("Hvem tar over").select_option(label="Jonas, helsesykepleier")
        await page.get_by_role("button", name="Overlat vakta").click()
        await expect(page.get_by_text("Dine åpne saker (0)")).to_be_visible(timeout=SOON)
        await expect(page.get_by_text("Ingrid overførte den til Jonas")).to_be_visible()
        await check(page)


# Keeps what the page would have sounded and shown: a test has no ears, and no desktop.
RECORD = """
window.tones = 0;
AudioContext.prototype.createOscillator = new Proxy(AudioContext.prototype.createOscillator, {
  apply(make, context) {
    document.documentElement.dataset.tones = window.tones += 1;
    return Reflect.apply(make, context, []);
  },
});
window.shown = [];
window.Notification = class {
  static permission = "default";
  static async requestPermission() { return (this.permission = "granted"); }
  constructor(title, about) { window.shown.push(`${title}: ${about.body}`); }
};
"""


async def log_in_here(staff: Staff, page: Page, user: str = "ingrid") -> None:
    await page.goto(f"{staff.url}/staff/login")
    await page.get_by_label("Brukernavn").fill(user)
    await page.get_by_label("Passord").fill(PASSWORD)
    await page.get_by_role("button", name="Logg inn").click()


async def test_a_new_case_rings_where_the_nurse_has_turned_it_on(staff: Staff, page: Page) -> None:
    await page.add_init_script(RECORD)
    await log_in_here(staff, page)
    state = page.locator("#alerts-state")
    await expect(state).to_have_text("Lyd og varsel er av.")
    open_case(staff, "conv-1")
    await expect(page).to_have_title("(1) Saker – Ungveiviser", timeout=SOON)
    assert await page.evaluate("[tones, shown.length]") == [0, 0]

    await page.get_by_role("button", name="Slå på lyd og varsel").click()
    await expect(state).to_have_text("Lyd og varsel er på.")
    await expect(page.locator("html")).to_have_attribute("data-tones", "3", timeout=SOON)
    assert await page.evaluate("shown") == ["Ungveiviser: Slik høres et varsel ut."]
    open_case(staff, "conv-2", urgency="serious")
    await expect(page.locator("html")).to_have_attribute("data-tones", "6", timeout=SOON)
    assert await page.evaluate("shown[1]") == "Ungveiviser: Alvorlig. 2 venter."
    await check(page)

    await page.get_by_role("link", name="Tall").click()  # known cases don't ring again there
    await expect(page).to_have_title("(2) Tall – Ungveiviser", timeout=SOON)
    await check(page)
    open_case(staff, "conv-3")
    await expect(page).to_have_title("(3) Tall – Ungveiviser", timeout=SOON)
    assert await page.evaluate("shown") in ([], ["Ungveiviser: Akutt. 3 venter."])
    assert await page.evaluate("tones") in (0, 3)


async def test_who_is_logged_out_hears_of_it(staff: Staff, page: Page) -> None:
    await page.add_init_script(RECORD)
    await log_in_here(staff, page)
    await page.get_by_role("button", name="Slå på lyd og varsel").click()
    await expect(page.locator("html")).to_have_attribute("data-tones", "3", timeout=SOON)
    with redis.Redis.from_url(staff.redis_url) as client:
        client.delete(*client.keys("ung:staff:session:*"))
    state = page.locator("#alerts-state")
    await expect(state).to_have_text("Du er logget ut og får ingen varsler.", timeout=SOON)
    await expect(page.locator("html")).to_have_attribute("data-tones", "6", timeout=SOON)


async def test_a_case_page_counts_the_minutes(staff: Staff, page: Page) -> None:
    case = open_case(staff)
    await log_in_here(staff, page)
    await page.goto(f"{staff.url}/staff/cases/{case.id}")
    since = page.locator("[data-since]")
    await expect(since).to_have_text("under 1 min")
    await since.evaluate("node => { node.dataset.since = new Date(Date.now() - 190e3).toJSON(); }")
    await expect(since).to_have_text("3 min", timeout=SOON)


async def test_who_is_logged_out_is_told_and_keeps_the_words(staff: Staff, page: Page) -> None:
    case = open_case(staff)
    await page.goto(f"{staff.url}/staff/login")
    await page.get_by_label("Brukernavn").fill("ingrid")
    await page.get_by_label("Passord").fill(PASSWORD)
    await page.get_by_role("button", name="Logg inn").click()
    await page.goto(f"{staff.url}/staff/cases/{case.id}")
    await page.get_by_role("button", name="Ta saken").click()
    await page.get_by_role("textbox", name="Svar").fill("lang tekst")
    with redis.Redis.from_url(staff.redis_url) as client:
        client.delete(*client.keys("ung:staff:session:*"))
    await expect(page.get_by_role("alert")).to_contain_text("Du er logget ut", timeout=SOON)
    await expect(page.get_by_role("textbox", name="Svar")).to_have_value("lang tekst")


async def test_what_the_municipality_lacks(staff: Staff, page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    await page.goto(f"{staff.url}/staff/login")
    await page.get_by_label("Brukernavn").fill("berit")
    await page.get_by_label("Passord").fill(PASSWORD)
    await page.get_by_role("button", name="Logg inn").click()
    with redis.Redis.from_url(staff.redis_url) as client:
        client.hset("ung:unmet:3413:2026-W41", "orange:13-15", 7)
    await page.get_by_role("link", name="Tilbudet").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Tilbudet til unge i Stange")
    await expect(page.get_by_text("Ingen egen dør på nivå mørkerødt")).to_be_visible()
    await expect(page.get_by_role("cell", name="7", exact=True)).to_be_visible()
    picture = page.get_by_role("img", name="Når har unge i Stange en dør å gå til?")
    await expect(picture).to_be_visible()
    drawn = await picture.evaluate("async one => { await one.decode(); return one.naturalWidth }")
    assert drawn > 100
    await check(page)
    table = page.get_by_role("region", name="Det samme i ord")
    await table.focus()
    await page.keyboard.press("End")  # the keyboard reaches what is wider than the phone
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Last ned uketallene (CSV)").click()
    assert (await download.value).suggested_filename == "unmet-needs-3413.csv"
    assert not faults
