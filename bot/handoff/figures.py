"""The page of numbers, and what an open page needs to ring for a case that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.handoff.alerts import duty_step
from bot.handoff.desk import Visit
from bot.handoff.ledger import Sending
from bot.handoff.views import CHANNEL, OUTCOME, STATE, URGENCY, render
from bot.handoff.waits import Waited


@dataclass(frozen=True)
class Row:
    """The numbers of one municipality."""

    place: str
    waiting: int
    taken: int
    waited: Waited
    sendings: list[Sending]
    ended: list[tuple[str, int, int]]  # how, this month, the last twelve months


async def show(visit: Visit) -> Response:
    """`GET /staff/numbers`: how long young people wait, and whether alerts arrive."""
    await visit.note("numbers")
    page = render(
        "numbers.html",
        account=visit.account,
        csrf=visit.session.csrf,
        rows=[await _row(visit, number) for number in sorted(visit.account.municipalities)],
        CHANNEL=CHANNEL,
    )
    return HTMLResponse(page)


async def bells(visit: Visit) -> Response:
    """`GET /staff/bells`: how many wait, and for each the moment at which it is to ring.

    A page rings once for each `id`: at once, and again when the next alert is due.
    """
    desk, now = visit.desk, datetime.now(timezone.utc)
    waiting = await desk.cases.waiting(visit.account.municipalities)
    rings = [
        {"id": f"{case.id}:{duty_step(case, now, desk.schedule)}", "words": URGENCY[case.urgency]}
        for case in waiting
    ]
    return JSONResponse({"waiting": len(waiting), "bells": rings})


async def _row(visit: Visit, number: str) -> Row:
    desk = visit.desk
    words = [*OUTCOME.items(), ("handed_back", STATE["handed_back"])]
    month, year = await desk.outcomes.of(number, f"{datetime.now(timezone.utc):%Y-%m}")
    return Row(
        place=desk.duty.place(number),
        waiting=len(await desk.cases.waiting([number])),
        taken=len(await desk.cases.taken([number])),
        waited=await desk.waits.of(number),
        sendings=await desk.ledger.sendings(number),
        ended=[(shown, month[name], year[name]) for name, shown in words],
    )
