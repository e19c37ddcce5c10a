"""The record of who saw and did what, for those who answer for it: by day, as CSV or JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from starlette.responses import HTMLResponse, Response

from bot.clock import now
from bot.handoff.desk import Visit
from bot.handoff.errors import NoSuchCase
from bot.handoff.views import NORWAY, render

FIELDS = ("at", "who", "what", "case", "municipality", "why", "id")
MAX_DAYS = 92
DAYS = f"Velg to datoer, den første først, med høyst {MAX_DAYS} dager mellom."


class BadDays(ValueError):
    """Two days that the record can't be shown for."""


async def show(visit: Visit) -> Response:
    """`GET /staff/record`: choose days, and get a file."""
    await visit.note("record")
    return _page(visit)


async def as_csv(visit: Visit) -> Response:
    """`GET /staff/record.csv?from=2026-01-01&to=2026-01-31`."""
    return await _file(visit, "csv")


async def as_lines(visit: Visit) -> Response:
    """`GET /staff/record.jsonl?from=…&to=…`: one entry as JSON on each line."""
    return await _file(visit, "jsonl")


async def _file(visit: Visit, kind: str) -> Response:
    try:
        first, last = _days(visit)
    except BadDays:
        return _page(visit, DAYS, 400)
    await visit.note("record_export")
    rows = [row async for row in _rows(visit, first, last)]
    text = _csv(rows) if kind == "csv" else "".join(f"{json.dumps(row)}\n" for row in rows)
    name = f"record-{first.isoformat()}-{last.isoformat()}.{kind}"
    media = "text/csv" if kind == "csv" else "application/x-ndjson"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{media}; charset=utf-8", headers=headers)


def _csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS)
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _plain(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t")) else value


async def _rows(visit: Visit, first: date, last: date) -> AsyncIterator[dict[str, str]]:
    """Yield the entries that concern the municipalities of this person, oldest first."""
    since = datetime.combine(first, time(), NORWAY)
    until = datetime.combine(last + timedelta(days=1), time(), NORWAY)
    async for entry_id, fields in visit.desk.audit.between(since, until):
        if await _concerns(visit, fields):
            moment = datetime.fromtimestamp(int(entry_id.split("-")[0]) / 1000, timezone.utc)
            at = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            about = {**fields, "at": at, "id": entry_id}
            yield {name: about.get(name, "") for name in FIELDS}


async def _concerns(visit: Visit, fields: dict[str, str]) -> bool:
    """Say whether an entry is of a municipality served, or of somebody who asked for its case."""
    mine = visit.account.municipalities
    if fields["who"] == "unknown" or mine & set(fields["municipality"].split(",")):
        return True
    if fields["what"] != "denied" or not fields["case"]:
        return False
    try:
        return (await visit.desk.cases.get(fields["case"])).unit.municipality in mine
    except NoSuchCase:
        return False


def _days(visit: Visit) -> tuple[date, date]:
    asked = visit.request.query_params
    try:
        first, last = (date.fromisoformat(asked.get(name, "")) for name in ("from", "to"))
    except ValueError:
        raise BadDays from None
    if not timedelta(0) <= last - first <= timedelta(days=MAX_DAYS) or last.year > 9000:
        raise BadDays
    return first, last


def _page(visit: Visit, words: str = "", status: int = 200) -> Response:
    today = now().date()
    about: dict[str, Any] = {"first": today - timedelta(days=30), "last": today, "words": words}
    page = render("record.html", account=visit.account, csrf=visit.session.csrf, **about)
    return HTMLResponse(page, status)
