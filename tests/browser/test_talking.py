"""Saying things and reading what comes."""

from playwright.async_api import expect

from bot.texts import say
from tests.browser.youth import HREFS


async def test_a_choice_is_said_and_its_buttons_go(youth):
    await youth.press("Noe er vondt")
    await youth.hears("Hvor lenge har det vært sånn?")
    assert await youth.said() == ["Noe er vondt"]
    assert await youth.find(".choices button").all_inner_texts() == [
        "Noen uker",
        "Flere måneder",
        "Vil ikke si",
    ]
    await youth.say("siden jul")
    await expect(youth.find(".choices")).to_have_count(0)


async def test_enter_sends_and_shift_enter_makes_a_line(youth):
    await youth.box.press_sequentially("en")
    await youth.box.press("Shift+Enter")
    await youth.box.press_sequentially("to")
    assert await youth.box.input_value() == "en\nto"
    await youth.box.press("Enter")
    await youth.hears("Jeg hører deg")
    assert await youth.said() == ["en\nto"]
    assert await youth.box.input_value() == ""


async def test_a_calendar_file_is_saved_only_when_it_is_asked_for(youth):
    await youth.say("kalender")
    await youth.hears("Her er timen som en fil.")
    async with youth.page.expect_download() as caught:
        await youth.press("Last ned fila")
    file = await caught.value
    assert file.suggested_filename == "avtale.ics"
    written = (await file.path()).read_text("utf-8")
    assert "SUMMARY:Avtale" in written and "DTSTART:20261015T110000Z" in written
    assert not youth.faults


async def test_no_calendar_file_where_home_may_be_the_danger(youth):
    await youth.say("utrygt")
    await youth.press("Last ned fila")
    await youth.hears("Det er ingen kalenderfil her.")
    youth.faults.clear()  # the browser notes the refusal


async def test_nothing_is_not_sent(youth):
    await youth.say("   ")
    await youth.find("[data-act=send]").click()
    assert await youth.said() == []


async def test_counts_near_the_limit(youth):
    await youth.box.fill("a" * 1799)
    await expect(youth.find(".count")).to_have_text("")
    await youth.box.fill("a" * 1950)
    await expect(youth.find(".count")).to_have_text("Du har 50 tegn igjen.")
    await youth.box.fill("😀" * 2003)
    await expect(youth.find(".count")).to_have_text("Meldingen er 3 tegn for lang. Del den i to.")


async def test_a_message_that_is_too_long_is_given_back(youth):
    await youth.say("a" * 2001)
    await youth.hears("lengre enn 2000 tegn")
    assert await youth.box.input_value() == "a" * 2001
    assert await youth.said() == []


async def test_shows_that_an_answer_is_on_its_way(youth):
    await youth.say("tregt")
    await expect(youth.find(".typing")).to_be_visible()
    await youth.hears("Beklager at det tok tid.")
    await expect(youth.find(".typing")).to_be_hidden()


async def test_two_messages_at_once_are_answered_in_order(youth):
    await youth.say("tregt")
    await youth.say("numre")
    await youth.hears("Ring 113")
    texts = await youth.find(".log .message:not(.youth) .text").all_inner_texts()
    assert [text[:8] for text in texts[1:]] == ["Beklager", "Ring 113"]


async def test_only_known_numbers_and_sites_become_links(youth):
    await youth.say("numre")
    await youth.hears("Ring 113")
    last = youth.find(".log .message.bot").last
    links = await last.locator("a").evaluate_all(HREFS)
    assert links == [
        "tel:113",
        "tel:116117",
        "tel:22591300",
        "tel:02800",
        "https://ung.no/oss",
        "https://www.nettros.no/",
    ]
    site = last.locator("a[href^=https]").first
    assert await site.get_attribute("target") == "_blank"
    assert "noreferrer" in await site.get_attribute("rel")
    await expect(site).to_contain_text("(åpnes i ny fane)")


async def test_a_real_service_can_be_called_and_opened(youth):
    await youth.say("kort")
    card = youth.find(".service", has_text="Alarmtelefonen")
    await expect(card.get_by_role("heading")).to_have_text("Alarmtelefonen for barn og unge")
    await expect(card).to_contain_text("Åpent nå Hele døgnet")
    await expect(card).to_contain_text("Sist sjekket 1. november 2026")
    await expect(card.get_by_role("link", name="Ring 116 111")).to_have_attribute(
        "href", "tel:116111"
    )
    await expect(card.get_by_role("link", name="Gå til 116111.no")).to_have_attribute(
        "href", "https://www.116111.no/"
    )


async def test_a_fictional_service_has_no_links(youth):
    await youth.say("kort")
    card = youth.find(".service", has_text="Eksempelvik")
    await expect(card).to_contain_text("Oppdiktet")
    await expect(card).to_contain_text("00 12 34 56")
    await expect(card).to_contain_text("Stengt nå")
    assert await card.locator("a").count() == 0


async def test_a_number_that_begins_with_00_is_never_a_link(youth):
    await youth.say("merket")
    await youth.hears("Stangehjelpa")
    assert await youth.find(".service a").count() == 0
    await expect(youth.find(".service").last).to_contain_text("Sist sjekket 2021")


async def test_words_are_never_markup(youth):
    await youth.say("<b>html</b><script>alert(1)</script>")
    await youth.hears("<img src=x onerror=alert(1)> <b>hei</b>")
    assert await youth.find(".log img, .log b, .log script").count() == 0
    assert await youth.said() == ["<b>html</b><script>alert(1)</script>"]
    assert youth.faults == []


async def test_nynorsk_before_anything_is_said_greets_anew(youth):
    before = await youth.stored()
    await youth.tool("language")
    await youth.hears("Eg er ein chatbot")
    await expect(youth.find(".choices button").first).to_have_text("Noko er vondt")
    await expect(youth.find("[data-act=human]")).to_have_text("Snakk med eit menneske")
    await expect(youth.find("[data-act=language]")).to_have_text("Bokmål")
    assert (await youth.stored())["id"] != before["id"]


async def test_nynorsk_in_the_middle_goes_on_with_the_same_chat(youth):
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    before = await youth.stored()
    async with youth.page.expect_request("**/messages") as asked:
        await youth.tool("language")
        await youth.hears("Frå no av skriv eg nynorsk.")
        await youth.say("takk")
    sent = (await asked.value).post_data_json
    assert len(sent.pop("id")) == 32
    assert sent == {"text": "takk", "language": "nn"}
    assert (await youth.stored())["id"] == before["id"]
    bubbles = youth.find(".log .message")
    assert await bubbles.nth(0).get_attribute("lang") == "nb"
    assert await youth.find(".log .system").get_attribute("lang") == "nn"


async def test_says_honestly_when_no_human_is_there(youth):
    await youth.tool("human")
    assert await youth.said() == ["Jeg vil snakke med et menneske"]
    await youth.hears(say("gateway.human.nobody", "nb"))
    await expect(youth.find(".log .numbers a[href='tel:116111']")).to_be_visible()


async def test_the_emergency_card_needs_no_server(youth):
    await youth.page.context.set_offline(True)
    await youth.tool("urgent")
    card = youth.find("dialog.card")
    numbers = await card.locator(".numbers a").evaluate_all(HREFS)
    assert numbers == ["tel:113", "tel:112", "tel:110", "tel:116117", "tel:116111", "tel:22591300"]
    await expect(card).to_contain_text("hvisk")
    await youth.page.context.set_offline(False)
