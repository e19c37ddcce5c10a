"""What staff write about a case: notes, times, the end of it, the journal, false alarms."""

from __future__ import annotations

import json
import time

import pytest
import redis

from bot.handoff.canned import SETTLED
from bot.handoff.cases import Cases
from bot.handoff.contents import Care
from bot.handoff.errors import BadNote, BadSettled, CaseEnded, DeletedByYouth, NotYours, Unanswered
from bot.handoff.false_alarms import FalseAlarms
from bot.handoff.forms import read_care, read_settled
from bot.handoff.paperwork import add_note, keep_excerpt, note_done
from bot.handoff.roster import Keep
from tests.bot.handoff.conftest import Staff, field
from tests.bot.handoff.test_cases import INGRID, JONAS, opened
from tests.bot.handoff.test_staff import (  # noqa: F401
    NO_CARE,
    _empty,
    act,
    audit,
    open_case,
    stream,
    with_cases,
)


async def everything(client: redis.asyncio.Redis) -> str:
    kept = []
    for name in await client.keys("*"):
        kind = await client.type(name)
        read = {"hash": client.hgetall, "string": client.get}.get(kind)
        kept.append(str(await read(name)) if read else "")
        if kind == "list":
            kept.append(str(await client.lrange(name, 0, -1)))
    return "".join(kept)


async def test_a_note_is_kept_once_and_goes_with_the_words(cases: Cases, client) -> None:
    case = await opened(cases)
    for key in ("a", "a", "b"):
        await cases.take(case.id, add_note(JONAS, " mor kommer ", key))
    found = (await cases.get(case.id)).notes
    assert [(one.name, one.text) for one in found] == [("Jonas", "mor kommer")] * 2
    assert not any("mor kommer" in line.text for line in await cases.transcript(case.id))
    await cases.youth_deleted("conv")
    assert "mor kommer" not in await everything(client)
    with pytest.raises(DeletedByYouth):
        await cases.take(case.id, add_note(JONAS, "en til", "c"))
    for text in ("", " ", "x" * 2001):
        with pytest.raises(BadNote):
            add_note(JONAS, text, "d")


async def test_what_was_done_has_its_time_and_who(cases: Cases) -> None:
    case = await opened(cases)
    for _ in range(2):
        await cases.take(case.id, note_done(JONAS, "called_113", "k"))
    await cases.claim(case.id, INGRID)
    done = (await cases.get(case.id)).done
    assert [(one.what, one.name) for one in done] == [("called_113", "Jonas"), ("claim", "Ingrid")]
    assert done[0].at[:10] == time.strftime("%Y-%m-%d", time.gmtime())
    with pytest.raises(BadNote):
        note_done(JONAS, "called_999", "k")
    await cases.close(case.id, "ingrid", "emergency", Care(given=False))
    with pytest.raises(CaseEnded):
        await cases.take(case.id, note_done(JONAS, "called_112", "k2"))


async def test_the_words_of_a_false_alarm_are_masked_twice_and_go_with_the_youth(
    cases: Cases, client: redis.asyncio.Redis
) -> None:
    case = await opened(cases)
    await cases.claim(case.id, INGRID)
    with pytest.raises(BadNote):  # no false alarm
        await cases.take(case.id, keep_excerpt("ingrid", "hoppe fra brua"))
    await cases.close(case.id, "ingrid", "false_alarm", Care(given=False))
    with pytest.raises(NotYours):
        await cases.take(case.id, keep_excerpt("jonas", "hoppe fra brua"))
    for text in ("hoppe fra brua, jeg heter Kari", "noe annet"):
        await cases.take(case.id, keep_excerpt("ingrid", text))
    found = FalseAlarms(client, Keep())
    [one] = await found.of("9999")
    assert one.text == "hoppe fra brua, jeg heter [navn]"
    assert (one.flags, one.grounds) == (["suicide"], ["plan"])
    assert await found.of("3413") == []
    assert await FalseAlarms(client, Keep(false_alarms=-1)).of("9999") == []  # too old: removed
    assert await client.hlen("ung:false-alarms:9999") == 0

    other = await opened(cases, "conv2")
    await cases.claim(other.id, INGRID)
    await cases.close(other.id, "ingrid", "false_alarm")
    await cases.take(other.id, keep_excerpt("ingrid", "bare en film"))
    assert 0 < await client.ttl("ung:false-alarms:9999") <= Keep().false_alarms
    await cases.youth_deleted("conv2")
    assert "bare en film" not in await everything(client)
    with pytest.raises(BadNote):
        await cases.take(other.id, keep_excerpt("ingrid", "bare en film"))


@pytest.mark.parametrize(
    ("care", "journalled", "expected"),
    [
        ("yes", "yes", Care(given=True, journalled=True)),
        ("yes", "no", Care(given=True, journalled=False)),
        ("no", "nothing", Care(given=False, journalled=None)),
        ("yes", "nothing", None),  # there is something for the journal
        ("", "yes", None),
        ("no", "", None),
    ],
)
def test_both_questions_are_answered(care: str, journalled: str, expected: object) -> None:
    form = {"care": care, "journalled": journalled}
    if expected is None:
        with pytest.raises(Unanswered):
            read_care(form)
    else:
        assert read_care(form) == expected


def test_what_is_settled_is_read_as_fixed_facts() -> None:
    form = {"helped_talk": "1", "helped_nonsense": "1", "place": "Stange", "age": "15"}
    found = read_settled(form)
    assert (found.helped_with, found.place, found.age) == (["talk"], "3413", 15)
    with pytest.raises(BadSettled):
        read_settled({f"helped_{name}": "1" for name in SETTLED[:4]})
    assert read_settled({}).dict() == {"helped_with": [], "place": None, "age": None}


def test_notes_and_times_in_the_staff_pages(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as ingrid, staff.log_in("jonas") as jonas, staff.log_in("berit") as berit:
        act(ingrid, case, "claim")
        page = act(ingrid, case, "note", text="Kari er hos tante <b>", key="k").text
        assert "[navn] er hos tante &lt;b&gt;" in page
        assert "er hos tante" in jonas.get(f"/staff/cases/{case.id}").text
        page = act(jonas, case, "done", what="called_113", key="k").text
        assert "Jonas ringte 113" in page and "Solveig, 00 00 00 10" in page
        assert "er hos tante" in jonas.get("/staff/shift").text
        for what in ("note", "done", "journalled", "false-alarm", "transfer"):
            assert act(berit, case, what, text="x", what="called_113", read="1").status_code == 404
        assert berit.get(f"/staff/cases/{case.id}/journal.txt").status_code == 404
        assert act(ingrid, case, "done", what="nothing").status_code == 409
        assert act(ingrid, case, "note", text=" ").status_code == 409
    assert "tante" not in stream(staff)
    assert {("note", "ingrid"), ("done", "jonas")} <= set(audit(staff))


def test_the_journal_is_whole_and_for_who_had_the_case(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as ingrid, staff.log_in("jonas") as jonas:
        act(ingrid, case, "claim")
        act(ingrid, case, "reply", text="Hei, hvor er du?", key="k")
        act(ingrid, case, "note", text="avtalt time", key="k")
        address = f"/staff/cases/{case.id}/journal.txt"
        assert jonas.get(address).status_code == 403
        text = ingrid.get(address).text
        assert text.startswith("UTSKRIFT FRA UNGVEIVISER")
        for part in ("Kari", "Storgata 5", "Ingrid: avtalt time", "§§ 39–40", "Ingrid tok saken"):
            assert part in text
        assert "Helsepersonell: Hei, hvor er du?" in text and "«hoppe fra brua»" in text

        answers = {"care": "yes", "journalled": "no"}
        assert act(ingrid, case, "close", outcome="reached", care="yes").status_code == 409
        page = act(ingrid, case, "close", outcome="reached", **answers).text
        assert "Journalen mangler" in page
        assert act(jonas, case, "journalled").status_code == 409
        assert "Journalen mangler" not in act(ingrid, case, "journalled").text
        assert "Kari" in ingrid.get(address).text
        assert jonas.get(address).status_code == 403
    seen = audit(staff)
    assert seen.count(("journal", "ingrid")) == 2 and ("denied", "jonas") in seen
    assert seen.count(("journalled", "ingrid")) == 1


def test_a_false_alarm_is_read_by_a_nurse_before_it_is_kept(staff: Staff) -> None:
    case = open_case(staff)
    with (
        staff.log_in() as ingrid,
        staff.log_in("lead-9999") as lead,
        staff.log_in("lead-3413") as stranger,
    ):
        act(ingrid, case, "claim")
        page = act(ingrid, case, "close", outcome="false_alarm", **NO_CARE).text
        draft = page.split('id="excerpt"')[1].split(">", 1)[1].split("</textarea>")[0]
        assert "hoppe fra brua" in draft and "Kari" not in draft and "Storgata" not in draft
        assert act(ingrid, case, "false-alarm", text="hoppe fra brua").status_code == 409
        page = act(ingrid, case, "false-alarm", text="hoppe fra brua i spillet", read="1").text
        assert "lagt i listen" in page and 'id="excerpt"' not in page
        numbers = ingrid.get("/staff/numbers").text
        assert '<th scope="row">Falsk alarm</th><td>1</td><td>1</td>' in numbers
        assert ingrid.get("/staff/false-alarms").status_code == 403
        assert "hoppe fra brua i spillet" in lead.get("/staff/false-alarms").text
        assert "spillet" not in stranger.get("/staff/false-alarms").text
        line = json.loads(lead.get("/staff/false-alarms.jsonl").text)
        assert line["text"] == "hoppe fra brua i spillet" and case.id not in str(line)
    assert {("false_alarm", "ingrid"), ("false_alarms", "lead-3413")} <= set(audit(staff))


def test_the_bot_takes_up_the_thread_with_fixed_words_alone(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as browser:
        act(browser, case, "claim")
        form = {
            "helped_meeting": "1",
            "helped_adult": "1",
            "note": "mor vet",
            "place": "Stange",
        }
        assert act(browser, case, "hand-back", **{**form, "place": "Storgata"}).status_code == 409
        assert act(browser, case, "hand-back", **{**form, "age": "99"}).status_code == 409
        act(browser, case, "hand-back", **form, age="15")
    heard = stream(staff)
    assert (
        "Nå er det meg, boten, igjen. Du har fått hjelp med en avtale videre og å fortelle" in heard
    )
    assert "mor vet" not in heard
    kept = with_cases(staff, lambda cases: cases.get(case.id))
    assert (kept.settled.place, kept.settled.age, kept.note) == ("3413", 15, "mor vet")


def test_a_ready_reply_is_there_in_the_written_form_of_the_youth(staff: Staff) -> None:
    case = open_case(staff)
    with staff.log_in() as browser:
        act(browser, case, "claim")
        page = browser.get(f"/staff/cases/{case.id}").text
        assert '<option value="nb" selected>' in page
        assert "Hei, jeg heter Ingrid og er helsesykepleier i Eksempelvik kommune." in page
        page = browser.get(f"/staff/cases/{case.id}?canned=where&form=nn").text  # no script
        assert ">Kvar er du no, og på kva nummer" in page
        assert field(page, "key")
        assert browser.get(f"/staff/cases/{case.id}?canned=x&form=y").status_code == 200
    assert "Kvar er du no" not in stream(staff)
