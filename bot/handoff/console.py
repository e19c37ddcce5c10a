"""What staff do: look at the queue and at a case, take it, write, give it back, end it."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.clock import now
from bot.handoff.answers import STAFF, page_of_error
from bot.handoff.canned import canned, settled_choices
from bot.handoff.case import Case
from bot.handoff.desk import Visit
from bot.handoff.errors import (
    AlreadyClaimed,
    BadNote,
    BadReply,
    BadSettled,
    CaseEnded,
    DeletedByYouth,
    HandoffError,
    NotYours,
    TooManyChats,
    Unanswered,
    UnknownOutcome,
)
from bot.handoff.false_alarms import suggested
from bot.handoff.forms import read_care, read_settled
from bot.handoff.signs_shown import signs_of
from bot.handoff.targets import targets
from bot.handoff.views import CHANNEL, Shown, render
from bot.handoff.why_off import why_off

# What a change that was refused says to whoever tried it.
REFUSED: dict[type[HandoffError], str] = {
    AlreadyClaimed: "Noen andre har tatt denne saken.",
    CaseEnded: "Saken er allerede avsluttet eller gitt tilbake.",
    NotYours: "Du må ta saken før du kan gjøre dette.",
    DeletedByYouth: "Ungdommen har slettet samtalen. Meldingen kan ikke sendes.",
    TooManyChats: "Du har så mange samtaler som du kan ha på en gang. Avslutt en først.",
    BadReply: "Meldingen må ha mellom 1 og 2000 tegn.",
    UnknownOutcome: "Velg hvordan det gikk før du avslutter.",
    Unanswered: "Svar på om det er gitt helsehjelp, og om det er ført journal.",
    BadSettled: "Skriv en kommune i Norge og en alder i tall, og kryss av for høyst tre ting.",
    BadNote: "Notatet er tomt eller for langt, eller kan ikke lagres på denne saken.",
}


async def overview(visit: Visit) -> Response:
    """`GET /staff/`: the cases that wait, and one's own."""
    await visit.note("list")
    page = render(
        "overview.html", account=visit.account, csrf=visit.session.csrf, **await _lists(visit)
    )
    return HTMLResponse(page)


async def queue(visit: Visit) -> Response:
    """`GET /staff/queue`: the lists alone, for a page that is open."""
    return HTMLResponse(render("_lists.html", **await _lists(visit)))


async def view(visit: Visit) -> Response:
    """`GET /staff/cases/{case}`; `?names=1` shows names to who has the case, and notes it."""
    case = await visit.case()
    shown = shown_of(visit, case)
    await visit.note("view_names" if shown.names else "view", case)
    messages = await visit.desk.cases.transcript(case.id)
    had = case.had_by(visit.account.user)
    asks = had and case.outcome == "false_alarm" and not (case.excerpt_at or case.deleted_at)
    page = render(
        "case.html",
        account=visit.account,
        csrf=visit.session.csrf,
        shown=shown,
        case=case,
        had=had,
        targets=await targets(visit, case) if shown.mine else [],
        backup=visit.desk.duty.backup(case.unit.municipality),
        replies=canned(case, visit.account.person),
        settled=settled_choices(case.language),
        draft=_draft(visit, case),
        excerpt=suggested(messages, case.reasons) if asks else "",
        lines=shown.lines(messages),
        total=len(messages),
        key=secrets.token_urlsafe(12),
    )
    return HTMLResponse(page)


def _draft(visit: Visit, case: Case) -> str:
    """Return the canned reply that was chosen, where the page runs without its script."""
    query = visit.request.query_params
    found = {one.name: one for one in canned(case, visit.account.person)}
    chosen = found.get(query.get("canned", ""))
    return chosen.words(query.get("form", case.language)) if chosen else ""


async def news(visit: Visit) -> Response:
    """`GET /staff/cases/{case}/news?after=<lines seen>`: what has come since."""
    case = await visit.case()
    shown = shown_of(visit, case)
    seen = visit.request.query_params.get("after", "")
    start = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    messages = await visit.desk.cases.transcript(case.id, start)
    signs = await signs_of(visit, case)
    return JSONResponse(
        {
            "html": render("_lines.html", lines=shown.lines(messages)),
            "total": start + len(messages),
            "from_youth": sum(message.from_ == "youth" for message in messages),
            "why": render("_why.html", shown=shown),
            "reasons": len(case.reasons),
            "state": case.state,
            "deleted": case.deleted_at is not None,
            "signs": signs,
        }
    )


async def claim(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/claim`."""
    case = await visit.case()
    most = visit.desk.duty.max_chats(case.unit.municipality)
    return await done(case, lambda: visit.desk.cases.claim(case.id, visit.account.person, most))


async def reply(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/reply`: `text`, and `key`, so that two presses send once."""
    case = await visit.case()
    text, key = visit.form.get("text", ""), visit.form.get("key") or None
    return await done(
        case, lambda: visit.desk.cases.reply(case.id, visit.account.user, text, key), "write"
    )


async def hand_back(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/hand-back`: what is settled for the bot, `note` for colleagues."""
    case = await visit.case()
    note, user = visit.form.get("note", ""), visit.account.user
    return await done(
        case, lambda: visit.desk.cases.hand_back(case.id, user, note, read_settled(visit.form))
    )


async def close(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/close`: `outcome`, `care` given, and whether `journalled`."""
    case = await visit.case()
    outcome, user = visit.form.get("outcome", ""), visit.account.user
    return await done(
        case, lambda: visit.desk.cases.close(case.id, user, outcome, read_care(visit.form))
    )


async def done(case: Case, change: Callable[[], Awaitable[Any]], anchor: str = "") -> Response:
    """Make a change and go back to the case, or say why it cannot be made."""
    try:
        await change()
    except tuple(REFUSED) as error:
        return page_of_error(409, REFUSED[type(error)])
    return RedirectResponse(f"{STAFF}/cases/{case.id}{anchor and '#' + anchor}", 303)


def shown_of(visit: Visit, case: Case) -> Shown:
    """Return a case as this visitor may see it."""
    mine = case.owned_by(visit.account.user)
    return Shown(case, mine, mine and visit.request.query_params.get("names") == "1")


async def _lists(visit: Visit) -> dict[str, Any]:
    desk, served = visit.desk, visit.account.municipalities
    waiting = await desk.cases.waiting(served)
    sendings = [one for number in served for one in await desk.ledger.sendings(number)]
    mine = await desk.cases.claimed_by(visit.account.user, served)
    return {
        # Lists are masked even for the owner: they are what somebody else sees over a shoulder.
        "waiting": [Shown(case, mine=False) for case in waiting],
        "mine": [Shown(case, mine=False) for case in mine],
        "me": visit.account.user,
        "faults": sorted({CHANNEL[one.channel] for one in sendings if one.fault}),
        "duty": [
            (desk.duty.place(number), desk.duty.receiver(number, now()))
            for number in sorted(served)
        ],
        "off": [
            (desk.duty.place(number), reasons)
            for number in sorted(served)
            if (reasons := why_off(desk.duty.why_off(number), "staff"))
        ],
        "page_alone": [
            (desk.duty.place(number), decided_by)
            for number in sorted(served)
            if (decided_by := desk.duty.page_alone(number))
        ],
    }
