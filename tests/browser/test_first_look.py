"""The first 20 seconds: what is there before anything has been said."""

import httpx
from playwright.async_api import expect

GREETING = "Hei. Jeg er en chatbot. Ingen mennesker leser dette nå. Skriv som du vil."


def test_the_greeting_is_there_before_any_script(bot_url):
    page = httpx.get(bot_url).text
    assert GREETING in page.split("<script")[-1].split("</script>")[-1]


async def test_greets_offers_ways_in_and_asks_nothing(youth):
    await youth.hears(GREETING)
    labels = await youth.find(".choices button").all_inner_texts()
    assert labels == [
        "Noe er vondt",
        "Noe hjemme er ikke greit",
        "Redd for en venn",
        "Vet ikke hvor jeg skal begynne",
    ]
    assert await youth.find("dialog[open]").count() == 0
    assert await youth.page.title() == "Ungveiviser – chat"


async def test_warns_that_school_computers_may_be_watched(youth):
    await expect(youth.find(".watch")).to_contain_text("på pc fra skolen")
    await expect(youth.find(".watch")).to_contain_text("sletter ikke")


async def test_says_that_it_is_a_trial(youth):
    await expect(youth.find(".demo")).to_contain_text("ingen kommune har tatt dette i bruk")


async def test_all_of_the_first_screen_fits_on_a_phone(phone):
    last = await phone.find(".choices button").last.bounding_box()
    box = await phone.find(".composer").bounding_box()
    assert last["y"] + last["height"] <= box["y"]


async def test_breaks_no_policy_and_asks_nobody_else(youth):
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    await youth.tool("urgent")
    assert youth.faults == []
    assert [url for url in youth.asked if not url.startswith(youth.url)] == []


async def test_without_scripts_the_numbers_stand_there(open_youth):
    youth = await open_youth(greeted=False, java_script_enabled=False)
    await youth.page.goto(youth.url)
    await expect(youth.find(".stuck")).to_be_visible()
    await expect(youth.find(".stuck a[href='tel:116111']")).to_be_visible()
    await expect(youth.find(".top .leave")).to_have_attribute("href", "https://www.yr.no/")
    await expect(youth.box).to_be_hidden()


async def test_when_the_scripts_do_not_come_the_numbers_do(open_youth):
    youth = await open_youth(greeted=False)
    await youth.page.route("**/chat.js", lambda route: route.abort())
    await youth.page.goto(youth.url)
    await expect(youth.find(".stuck")).to_be_hidden()
    await expect(youth.find(".stuck a[href='tel:113']")).to_be_visible(timeout=8000)


async def test_begins_in_nynorsk_and_with_the_hosts_municipality_when_told(open_youth):
    youth = await open_youth("/?language=nn&municipality=9999")
    await youth.hears("Eg er ein chatbot")
    assert await youth.page.evaluate("document.documentElement.lang") == "nn"


async def test_passes_over_nonsense_in_the_address(open_youth):
    youth = await open_youth('/?language="><script>alert(1)</script>&municipality=99x9')
    await youth.hears(GREETING)
    assert youth.faults == []
