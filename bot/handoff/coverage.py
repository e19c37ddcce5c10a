"""What a municipality's help lacks, for the staff who serve it: page, picture, CSV files.

Tables and pictures take a while to make, so they are made in a thread beside the gateway's
loop, where young people are answered, and kept until a catalog or the day changes.
"""

from __future__ import annotations

import asyncio
import operator
from dataclasses import dataclass
from datetime import date
from typing import Optional

from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.clock import now
from bot.handoff.answers import STAFF
from bot.handoff.desk import Visit
from bot.handoff.errors import NoSuchCase
from bot.handoff.needs import needs_csv
from bot.handoff.views import place_name, render
from bot.unmet import AGE_BANDS, KEPT_WEEKS
from service_catalog.coverage.pages import cells_csv, gaps_csv, shown, words_in
from service_catalog.coverage.table import Table, coverage_of
from service_catalog.load import up_to_date
from service_catalog.schema import Catalog

HOME = f"{STAFF}/coverage"


@dataclass
class _Kept:
    """A table with the catalogs that it was made of."""

    day: date
    catalogs: tuple[Catalog, ...]
    table: Optional[Table]
    picture: Optional[str] = None


_kept: dict[str, _Kept] = {}


async def overview(visit: Visit) -> Response:
    """`GET /staff/coverage`: the municipalities that one serves; straight on when it is one."""
    served = sorted(visit.account.municipalities)
    if len(served) == 1:
        return RedirectResponse(f"{HOME}/{served[0]}", 303)
    places = [(number, place_name(number)) for number in served]
    page = render(
        "coverage_list.html", account=visit.account, csrf=visit.session.csrf, places=places
    )
    return HTMLResponse(page)


async def view(visit: Visit) -> Response:
    """`GET /staff/coverage/{number}`."""
    number = await visit.municipality("coverage")
    kept = await asyncio.to_thread(_keep, number)
    told = await visit.desk.needs.told(number, now().date())
    helped = await visit.desk.needs.helped(number, now().date())
    nothing = {**words_in("nb"), "table": None, "place": place_name(number)}
    page = render(
        "coverage_page.html",
        account=visit.account,
        csrf=visit.session.csrf,
        base=f"{HOME}/{number}",
        needs=[row for row in told if row.tells],
        age_bands=AGE_BANDS,
        weeks=KEPT_WEEKS,
        helped=[week for week in helped if week.tells],
        **(shown(kept.table) if kept.table else nothing),
    )
    return HTMLResponse(page)


async def picture(visit: Visit) -> Response:
    """`GET /staff/coverage/{number}/picture.svg`."""
    number = await visit.municipality("coverage")
    drawn = await asyncio.to_thread(_draw, number)
    return Response(drawn, media_type="image/svg+xml")


async def cells(visit: Visit) -> Response:
    """`GET /staff/coverage/{number}/cells.csv`."""
    number = await visit.municipality("coverage")
    return _csv(cells_csv(await _table(number)), f"coverage-{number}-cells")


async def gaps(visit: Visit) -> Response:
    """`GET /staff/coverage/{number}/gaps.csv`."""
    number = await visit.municipality("coverage")
    return _csv(gaps_csv(await _table(number)), f"coverage-{number}-gaps")


async def needs(visit: Visit) -> Response:
    """`GET /staff/coverage/{number}/needs.csv`."""
    number = await visit.municipality("coverage")
    told = await visit.desk.needs.told(number, now().date())
    return _csv(needs_csv(number, told), f"unmet-needs-{number}")


async def _table(number: str) -> Table:
    kept = await asyncio.to_thread(_keep, number)
    if kept.table is None:
        raise NoSuchCase(number)
    return kept.table


def _keep(number: str) -> _Kept:
    """Return the table of a municipality, made anew only when something has changed."""
    day, serving = now().date(), up_to_date()
    every = tuple(serving.all.values())
    kept = _kept.get(number)
    if kept and kept.day == day and _same(kept.catalogs, every):
        return kept
    _kept[number] = made = _Kept(day, every, coverage_of(serving, number, day))
    return made


def _same(before: tuple[Catalog, ...], after: tuple[Catalog, ...]) -> bool:
    return len(before) == len(after) and all(map(operator.is_, before, after))


def _draw(number: str) -> str:
    """Return the picture. Raises NoSuchCase where there is no catalog."""
    from service_catalog.coverage.picture import draw  # a second to load: only when it draws

    kept = _keep(number)
    if kept.table is None:
        raise NoSuchCase(number)
    if kept.picture is None:
        kept.picture = draw(kept.table)
    return kept.picture


def _csv(text: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
