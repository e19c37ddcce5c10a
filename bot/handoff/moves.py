"""Handing cases over: one case to a colleague or another unit, and at the end of a shift all."""

from __future__ import annotations

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.handoff.answers import STAFF, page_of_error
from bot.handoff.console import REFUSED, shown_of
from bot.handoff.desk import Visit
from bot.handoff.errors import HandoffError
from bot.handoff.targets import targets, targets_of_all
from bot.handoff.views import render

NO_SUCH_RECEIVER = "Velg hvem som skal ta over. Den du valgte, er ikke logget inn eller på vakt nå."


async def transfer(visit: Visit) -> Response:
    """`POST /staff/cases/{case}/transfer`: `to`, the value of one of `targets`."""
    case = await visit.case()
    found = {one.value: one for one in await targets(visit, case)}
    to = found.get(visit.form.get("to", ""))
    if to is None:
        return page_of_error(409, NO_SUCH_RECEIVER)
    try:
        await visit.desk.cases.transfer(case.id, visit.account.user, to.person, to.unit)
    except tuple(REFUSED) as error:
        return page_of_error(409, REFUSED[type(error)])
    return RedirectResponse(f"{STAFF}/", 303)


async def shift(visit: Visit) -> Response:
    """`GET /staff/shift`: what is open with its notes, and to whom the shift can be handed."""
    await visit.note("shift")
    cases, served = visit.desk.cases, visit.account.municipalities
    mine = await cases.claimed_by(visit.account.user, served)
    others = [*await cases.waiting(served), *await cases.taken(served)]
    page = render(
        "shift.html",
        account=visit.account,
        csrf=visit.session.csrf,
        mine=[shown_of(visit, case) for case in mine],
        others=[shown_of(visit, case) for case in others if not case.owned_by(visit.account.user)],
        targets=await targets_of_all(visit, mine),
    )
    return HTMLResponse(page)


async def hand_over(visit: Visit) -> Response:
    """`POST /staff/shift`: hand all of one's own cases to `to`, a colleague who is there."""
    mine = await visit.desk.cases.claimed_by(visit.account.user, visit.account.municipalities)
    found = {one.value: one for one in await targets_of_all(visit, mine)}
    to = found.get(visit.form.get("to", ""))
    if to is None:
        return page_of_error(409, NO_SUCH_RECEIVER)
    for case in mine:
        try:
            await visit.desk.cases.transfer(case.id, visit.account.user, to.person)
        except HandoffError as error:  # one that has just ended holds up none of the others
            if type(error) not in REFUSED:
                raise
    return RedirectResponse(f"{STAFF}/shift", 303)
