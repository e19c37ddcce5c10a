"""When something does not work: nothing is lost, nothing is said twice, help stays in reach."""

import json

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.usefixtures("house")


async def test_without_a_network_the_message_waits_and_is_sent(youth):
    await youth.page.context.set_offline(True)
    await youth.say("er noen der")
    await expect(youth.find(".fate")).to_have_text("Ikke sendt ennå. Prøver igjen.")
    await expect(youth.find(".state")).to_contain_text("Vi får ikke kontakt")
    await youth.find(".state").get_by_role("button", name="Haster det?").click()
    await expect(youth.find("dialog.card a[href='tel:113']")).to_be_visible()
    await youth.page.keyboard.press("Escape")
    await youth.page.context.set_offline(False)
    await youth.hears("Jeg hører deg")
    await expect(youth.find(".fate")).to_have_count(0)
    await expect(youth.find(".state")).to_be_empty()
    assert await youth.said() == ["er noen der"]


async def test_leaving_the_page_with_something_unsent_is_asked_about(youth):
    await youth.page.context.set_offline(True)
    await youth.say("er noen der")
    await expect(youth.find(".fate")).to_be_visible()
    asked = []

    async def stay(dialog):
        asked.append(dialog.type)
        await dialog.dismiss()

    youth.page.on("dialog", stay)
    await youth.page.evaluate("setTimeout(() => location.reload())")
    await youth.page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert await youth.said() == ["er noen der"]
    await youth.page.context.set_offline(False)
    await youth.hears("Jeg hører deg")


async def test_an_answer_that_was_lost_is_fetched_and_nothing_is_said_twice(youth):
    lost = []

    async def lose_the_first_answer(route):
        if lost:
            await route.continue_()
            return
        lost.append(await route.fetch())
        await route.abort()

    await youth.page.route("**/messages", lose_the_first_answer)
    await youth.say("er noen der")
    await youth.hears("Jeg hører deg")
    assert lost[0].status == 200
    await youth.page.reload()
    await youth.hears("Jeg hører deg")
    assert await youth.said() == ["er noen der"]


async def test_what_is_said_before_the_greeting_came_is_kept(open_youth):
    youth = await open_youth(greeted=False)
    await youth.page.route("**/api/conversations", lambda route: route.abort())
    await youth.page.goto(youth.url)
    await youth.hears("Hei. Jeg er en chatbot.")
    await youth.say("er noen der")
    await expect(youth.find(".fate")).to_be_visible()
    await youth.page.unroute("**/api/conversations")
    await youth.find(".state").get_by_role("button", name="Prøv nå").click()
    await youth.hears("Jeg hører deg")
    assert await youth.said() == ["er noen der"]
    await youth.hears("Hei. Jeg er en chatbot.")
    await expect(youth.find(".log .message").first).to_contain_text("Hei. Jeg er en chatbot.")


async def test_a_gateway_that_dies_and_comes_back_loses_nothing(youth, house):
    await youth.press("Noe er vondt")
    await youth.hears("Hvor lenge")
    house.stop_gateway()
    await youth.say("siden jul")
    await expect(youth.find(".fate")).to_be_visible()
    house.start_gateway()
    await youth.find(".state").get_by_role("button", name="Prøv nå").click()
    await youth.hears("Jeg hører deg")
    assert await youth.said() == ["Noe er vondt", "siden jul"]


async def refuse(youth, status, body):
    async def refused(route):
        await route.fulfill(status=status, body=json.dumps(body), content_type="application/json")

    await youth.page.route("**/messages", refused, times=1)


async def test_a_refusal_is_a_plain_sentence_and_the_words_can_be_sent_again(youth):
    sentence = "Det kom mange meldinger på kort tid. Vent litt, og send den siste igjen."
    await refuse(youth, 429, {"error": {"code": "too_many_messages", "message": sentence}})
    await youth.say("hei")
    await youth.hears(sentence)
    await youth.find(".fate").get_by_role("button", name="Send igjen").click()
    await youth.hears("Jeg hører deg")
    assert await youth.said() == ["hei"]


async def test_a_refusal_with_a_red_flag_carries_the_emergency_card(youth):
    body = {
        "error": {"code": "too_many_messages", "message": "Vent litt."},
        "safety": {"flag": "suicide", "response": "emergency"},
        "messages": [{"id": "1", "from": "bot", "text": "Ring 113 nå.", "at": ""}],
    }
    await refuse(youth, 429, body)
    await youth.say("hei")
    await youth.hears("Vent litt.")
    await expect(youth.find(".message.safe")).to_contain_text("Ring 113 nå.")
    await expect(youth.find(".log .numbers a[href='tel:116111']")).to_be_visible()
    await youth.axe()


async def test_a_conversation_that_is_gone_gives_the_words_back(youth):
    kept = await youth.stored()
    await youth.page.evaluate(
        """kept => fetch(`/api/conversations/${kept.id}`,
            {method: "DELETE", headers: {Authorization: `Bearer ${kept.token}`}})""",
        kept,
    )
    await youth.say("er du der fortsatt")
    await youth.hears("Samtalen er slettet. Du kan starte en ny når du vil.")
    assert await youth.box.input_value() == "er du der fortsatt"
    await youth.press("Start ny samtale")
    await youth.greeted()
    await youth.say("hei")
    await youth.hears("Jeg hører deg")


async def test_a_red_flag_is_answered_calmly_with_numbers_to_tap(youth):
    await youth.say("jeg vil ta livet mitt i natt")
    safe = youth.find(".message.safe")
    await expect(safe.first).to_be_visible()
    await expect(youth.find(".log a.phone[href='tel:113']").first).to_be_visible()
    await youth.axe()
