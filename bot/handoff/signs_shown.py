"""What a nurse sees of the youth besides words: writing, read, away, left in haste."""

from __future__ import annotations

from typing import Any

from bot.handoff.case import Case
from bot.handoff.desk import Visit
from bot.handoff.signs import Presence, Stage
from bot.handoff.views import clock_time

# Among so many of the last lines each side's newest is looked for.
NEWEST = 40
AWAY = {
    "left": (
        "Ungdommen trykket på «Forlat siden» kl. {at}. Noen kan ha kommet inn i rommet. Samtalen "
        "er borte fra skjermen, og det du skriver, vises ikke der. De kan bare komme tilbake hit "
        "med en kode, hvis de har laget en. Er det fare for liv, ring 113 eller 112 med det du vet."
    ),
    "away": "Siden til ungdommen er ikke åpen nå. Den var åpen sist kl. {at}.",
}


async def signs_of(visit: Visit, case: Case) -> dict[str, Any]:
    """Return what the youth does besides writing, and let them see what the owner does.

    `?writing=1`: the owner is writing an answer; `?read=1`: the page is in sight. `answer`: whether
    the owner's last one is "delivered" or "read"; "" when neither is known. `away`: a sentence when
    the page of the youth is not open; `left`: because they pressed the way out.
    """
    if case.conversation_id is None or not case.owned_by(visit.account.user):
        return {"typing": False, "answer": "", "away": "", "left": False}
    signs, talk, asked = visit.desk.signs, case.conversation_id, visit.request.query_params
    newest = await visit.desk.cases.transcript(case.id, -NEWEST)
    theirs = [message.id for message in newest if message.from_ == "youth"][-1:]
    mine = [message.id for message in newest if message.from_ == "human"][-1:]
    if asked.get("writing") == "1":
        await signs.typing(talk, "human")
    if asked.get("read") == "1" and theirs:
        await signs.note(talk, "human", "read", theirs[0])
    seen = await signs.last(talk, "youth")
    stages: tuple[Stage, ...] = ("read", "delivered")
    answer = [stage for stage in stages if mine and seen.get(stage) == mine[0]]
    presence = await signs.presence(talk)
    return {
        "typing": await signs.is_typing(talk, "youth"),
        "answer": answer[0] if answer else "",
        "away": away_words(presence),
        "left": presence.state == "left",
    }


def away_words(presence: Presence) -> str:
    """Say in a sentence that the page of the youth is not open; "" when it is, or nobody knows."""
    if presence.state not in AWAY:
        return ""
    return AWAY[presence.state].format(at=clock_time(presence.at))
