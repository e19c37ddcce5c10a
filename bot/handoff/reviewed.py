"""The list of false alarms, for those who mend the lexicon: a page, and a file of the same."""

from __future__ import annotations

import json
from datetime import datetime, timezone

from starlette.responses import HTMLResponse, Response

from bot.handoff.desk import Visit
from bot.handoff.false_alarms import Excerpt
from bot.handoff.views import FLAG, render


async def show(visit: Visit) -> Response:
    """`GET /staff/false-alarms`."""
    await visit.note("false_alarms")
    found = [one for _, one in await _found(visit)]
    rows = [(_day(one), [FLAG[flag] for flag in one.flags if flag in FLAG], one) for one in found]
    page = render(
        "false_alarms.html",
        account=visit.account,
        csrf=visit.session.csrf,
        rows=rows,
        days=visit.desk.keep.false_alarms // 86400,
    )
    return HTMLResponse(page)


async def export(visit: Visit) -> Response:
    """`GET /staff/false-alarms.jsonl`: one excerpt a line."""
    await visit.note("false_alarms")
    lines = [
        json.dumps({"municipality": number, **one.dict()}, ensure_ascii=False)
        for number, one in await _found(visit)
    ]
    headers = {"Content-Disposition": 'attachment; filename="false-alarms.jsonl"'}
    text = "".join(f"{line}\n" for line in lines)
    return Response(text, media_type="application/jsonl", headers=headers)


async def _found(visit: Visit) -> list[tuple[str, Excerpt]]:
    return [
        (number, one)
        for number in sorted(visit.account.municipalities)
        for one in await visit.desk.false_alarms.of(number)
    ]


def _day(excerpt: Excerpt) -> str:
    return datetime.fromtimestamp(excerpt.kept, timezone.utc).strftime("%d.%m.%Y")
