"""What the tab remembers, for how long, and how all of it is deleted."""

from playwright.async_api import expect

from tests.browser.youth import asked_about


async def begun(youth):
    await youth.press("Noe er vondt")
    await youth.hears("Hvor lenge har det vært sånn?")
    return await youth.stored()


async def aged(youth, minutes):
    """Let the tab believe that so many minutes have passed."""
    await youth.page.evaluate(
        """minutes => {
            const kept = JSON.parse(sessionStorage.getItem("ungveiviser"));
            kept.at -= minutes * 60_000;
            sessionStorage.setItem("ungveiviser", JSON.stringify(kept));
        }""",
        minutes,
    )


async def test_a_reload_goes_on_with_the_chat(youth):
    kept = await begun(youth)
    await youth.page.reload()
    await youth.hears("Hvor lenge har det vært sånn?")
    assert await youth.said() == ["Noe er vondt"]
    assert (await youth.stored())["id"] == kept["id"]
    # Only the newest buttons are there, and they still work.
    await expect(youth.find(".choices")).to_have_count(1)
    await youth.press("Noen uker")
    await youth.hears("Hvilken kommune er du i?")


async def test_a_reload_within_fifteen_minutes_does(youth):
    kept = await begun(youth)
    await aged(youth, 14)
    await youth.page.reload()
    await youth.hears("Hvor lenge")
    assert (await youth.stored())["id"] == kept["id"]


async def test_a_reload_after_fifteen_minutes_starts_afresh(youth):
    kept = await begun(youth)
    await aged(youth, 16)
    await youth.page.reload()
    await youth.greeted()
    assert await youth.said() == []
    assert (await youth.stored())["id"] != kept["id"]


async def test_another_tab_knows_nothing(youth):
    await begun(youth)
    other = await youth.page.context.new_page()
    await other.goto(youth.url)
    await expect(other.locator(".choices button").first).to_be_visible()
    assert await other.locator(".youth").count() == 0


async def test_nothing_else_is_stored_anywhere(youth):
    await begun(youth)
    await youth.say("en hemmelighet")
    await youth.hears("Jeg hører deg")
    kept = await youth.stored()
    assert sorted(kept) == ["at", "id", "token"]
    found = await youth.page.evaluate(
        """async () => ({
            local: localStorage.length,
            session: Object.keys(sessionStorage),
            cookies: document.cookie,
            databases: (await indexedDB.databases()).length,
            caches: await (self.caches?.keys() ?? []),
            workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
        })"""
    )
    assert found == {
        "local": 0,
        "session": ["ungveiviser"],
        "cookies": "",
        "databases": 0,
        "caches": [],
        "workers": 0,
    }
    assert await youth.page.context.cookies() == []


async def test_the_address_never_tells(youth):
    await begun(youth)
    assert youth.page.url == f"{youth.url}/"
    kept = await youth.stored()
    assert [url for url in youth.asked if kept["token"] in url] == []


async def test_deleting_says_what_happens_and_does_it(youth):
    kept = await begun(youth)
    await youth.tool("delete")
    dialog = youth.find("dialog.confirm")
    await expect(dialog).to_contain_text("Alt vi har skrevet, blir slettet med en gang.")
    await dialog.get_by_role("button", name="Ja, slett").click()
    await expect(dialog).to_be_hidden()
    await youth.hears("Samtalen er slettet.")
    await youth.greeted()
    assert await youth.said() == []
    assert asked_about(youth, kept).status_code == 404


async def test_one_can_think_better_of_deleting(youth):
    kept = await begun(youth)
    await youth.tool("delete")
    await youth.find("dialog.confirm").get_by_role("button", name="Nei, behold").click()
    assert await youth.said() == ["Noe er vondt"]
    assert asked_about(youth, kept).status_code == 200


async def test_deleting_that_fails_says_so_and_deletes_nothing(youth):
    await begun(youth)
    await youth.page.context.set_offline(True)
    await youth.tool("delete")
    dialog = youth.find("dialog.confirm")
    await dialog.get_by_role("button", name="Ja, slett").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Samtalen ligger der ennå.")
    await youth.page.context.set_offline(False)
    await dialog.get_by_role("button", name="Ja, slett").click()
    await youth.hears("Samtalen er slettet.")
