"""When a human comes: waiting, their messages as they come, and nothing lost on the way."""

from playwright.async_api import expect


async def begun(youth):
    await youth.say("hei")
    await youth.hears("Jeg hører deg")
    return (await youth.stored())["id"]


async def test_shows_that_a_human_has_been_called_and_then_is_there(youth, house):
    talk = await begun(youth)
    house.happen(talk, {"type": "state", "state": "waiting"})
    await expect(youth.find(".state")).to_contain_text("Du kan skrive videre mens du venter.")
    await expect(youth.find("[data-act=human]")).to_be_hidden()
    house.happen(talk, {"type": "state", "state": "human"})
    await expect(youth.find(".state")).to_contain_text("Du skriver med et menneske nå.")
    house.human_says(talk, "Hei, jeg heter Kari og er helsesykepleier. Ring 116 117 om natta.")
    message = youth.find(".message.human")
    await expect(message).to_contain_text("Et menneske")
    await expect(message.locator("a[href='tel:116117']")).to_be_visible()
    await youth.axe()
    house.happen(talk, {"type": "state", "state": "bot"})
    await expect(youth.find(".state")).to_contain_text("chatboten som svarer igjen")


async def test_shows_that_a_human_is_writing(youth, house):
    talk = await begun(youth)
    house.happen(talk, {"type": "typing", "from": "human"})
    await expect(youth.find(".typing")).to_be_visible()
    house.human_says(talk, "Hei")
    await youth.hears("Hei", times=2)
    await expect(youth.find(".typing")).to_be_hidden()


async def test_messages_while_the_line_was_down_come_once_and_in_order(youth, house):
    talk = await begun(youth)
    house.human_says(talk, "nummer 1")
    await youth.hears("nummer 1")
    house.stop_gateway()
    house.human_says(talk, "nummer 2")
    house.human_says(talk, "nummer 3")
    house.start_gateway()
    await youth.hears("nummer 3")
    texts = await youth.find(".message.human .text").all_inner_texts()
    assert texts == ["nummer 1", "nummer 2", "nummer 3"]


async def test_a_reload_shows_a_humans_messages_once(youth, house):
    talk = await begun(youth)
    house.human_says(talk, "nummer 1")
    await youth.hears("nummer 1")
    await youth.page.reload()
    await youth.hears("nummer 1")
    house.human_says(talk, "nummer 2")
    await youth.hears("nummer 2")
    texts = await youth.find(".message.human .text").all_inner_texts()
    assert texts == ["nummer 1", "nummer 2"]


async def test_reading_further_up_is_not_torn_away(phone, house):
    talk = await begun(phone)
    for _ in range(4):
        await phone.say("kort")
    await expect(phone.find(".service")).to_have_count(8)
    await phone.page.wait_for_timeout(1000)  # the way down to the newest ends
    await phone.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    house.human_says(talk, "Hei, jeg er her nå.")
    await expect(phone.find(".newer")).to_be_visible()
    assert await phone.page.evaluate("scrollY") == 0
    await phone.find(".newer").click()
    await expect(phone.find(".message.human")).to_be_in_viewport()
    await expect(phone.find(".newer")).to_be_hidden()


async def test_the_network_gone_both_ways_nothing_is_lost_or_said_twice(youth, house):
    talk = await begun(youth)
    house.happen(talk, {"type": "state", "state": "human"})
    house.human_says(talk, "nummer 1")
    await youth.hears("nummer 1")
    await youth.page.context.set_offline(True)
    await youth.say("er du der")
    await expect(youth.find(".fate")).to_be_visible()
    house.human_says(talk, "nummer 2")
    house.human_says(talk, "nummer 3")
    await youth.page.wait_for_timeout(2000)
    await youth.page.context.set_offline(False)
    await youth.hears("nummer 3")
    await expect(youth.find(".fate")).to_have_count(0)
    texts = await youth.find(".message.human .text").all_inner_texts()
    assert texts == ["nummer 1", "nummer 2", "nummer 3"]
    assert await youth.said() == ["hei", "er du der"]


async def test_a_page_that_slept_catches_up_when_it_is_seen_again(youth, house):
    """As a phone after ten minutes: its line is dead and nobody told it."""
    talk = await begun(youth)
    house.human_says(talk, "nummer 1")
    await youth.hears("nummer 1")
    await youth.page.route("**/events", lambda route: route.abort())
    house.stop_gateway()
    house.human_says(talk, "nummer 2")
    house.start_gateway()
    await youth.page.unroute("**/events")
    await youth.page.evaluate("dispatchEvent(new Event('online'))")
    await youth.hears("nummer 2")
    texts = await youth.find(".message.human .text").all_inner_texts()
    assert texts == ["nummer 1", "nummer 2"]


async def test_two_tabs_each_hear_everything_once(open_youth, house):
    one = await open_youth()
    talk = await begun(one)
    kept = await one.stored()
    two = await open_youth(greeted=False)
    keep = "kept => sessionStorage.setItem('ungveiviser', JSON.stringify(kept))"
    await two.page.goto(two.url)
    await two.greeted()
    await two.page.evaluate(keep, kept)
    await two.page.reload()
    await two.hears("Jeg hører deg")
    for number in range(1, 4):
        house.human_says(talk, f"nummer {number}")
    for tab in (one, two):
        await tab.hears("nummer 3")
        texts = await tab.find(".message.human .text").all_inner_texts()
        assert texts == ["nummer 1", "nummer 2", "nummer 3"]
