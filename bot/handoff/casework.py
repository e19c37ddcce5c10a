"""What staff write down about a case: notes, times, the journal, the words of a false alarm."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from bot.handoff import paperwork, steps
from bot.handoff.answers import page_of_error
from bot.handoff.console import REFUSED, done
from bot.handoff.desk import Visit
from bot.handoff.errors import NotYours
from bot.handoff.journal import journal_text

UNREAD = "Kryss av for at du har lest teksten og at ingen kan kjennes igjen."


async def note(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/note`: `text`, and `key`, so that two presses write once."""
    case = await visit.case()
    text, key = visit.form.get("text", ""), visit.form.get("key", "")
    step = paperwork.add_note
    return await done(
        case, lambda: visit.desk.cases.take(case.id, step(visit.account.person, text, key)), "notes"
    )


async def log(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/done`: `what` of `DONE` was done now."""
    case = await visit.case()
    what, key = visit.form.get("what", ""), visit.form.get("key", "")
    step = paperwork.note_done
    return await done(
        case, lambda: visit.desk.cases.take(case.id, step(visit.account.person, what, key)), "done"
    )


async def journalled(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/journalled`: the journal has been written since."""
    case = await visit.case()
    step = paperwork.journalled(visit.account.user)
    return await done(case, lambda: visit.desk.cases.take(case.id, step))


async def journal(visit: Visit) -> Response:
    """`GET /staff/cases/{case}/journal.txt`: all of it, unmasked, to who has or had the case."""
    case = await visit.case()
    if not case.had_by(visit.account.user):
        await visit.note("denied", case)
        return page_of_error(403, REFUSED[NotYours])
    await visit.note("journal", case)
    text = journal_text(case, await visit.desk.cases.transcript(case.id), steps.now())
    name = f"ungveiviser-sak-{case.id[:4]}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return PlainTextResponse(text, headers=headers)


async def false_alarm(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/false-alarm`: `text` masked, and `read`, that it was looked at."""
    case = await visit.case()
    if visit.form.get("read") != "1":
        return page_of_error(409, UNREAD)
    text = visit.form.get("text", "")
    step = paperwork.keep_excerpt
    return await done(case, lambda: visit.desk.cases.take(case.id, step(visit.account.user, text)))
