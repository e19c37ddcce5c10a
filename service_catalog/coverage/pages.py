"""The coverage of a municipality as a page that stands alone, and as rows for spreadsheets.

The staff console shows the same with `shown` and the template `_coverage.html`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.turn import Language
from service_catalog.coverage.gaps import Gap, gaps
from service_catalog.coverage.table import (
    BANDS,
    LEVELS,
    POSSIBLE,
    SLOTS,
    Cell,
    Door,
    Slot,
    Source,
    Table,
)
from service_catalog.coverage.words import ages_in_words, word

TEMPLATES = Path(__file__).with_name("templates")
OUTSIDE: tuple[Source, ...] = ("neighbour", "everywhere", "national")
LEGEND = ("open", "unknown", "closed", "none")
CELL_COLUMNS = (
    *("municipality", "name", "day", "level", "ages", "when", "state", "days_open"),
    *("days_possible", "doors_sure", "doors_unsure", "ages_without", "doors"),
)
_pages = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(table: Table, picture: str, language: Language = "nb") -> str:
    """Return the page of one municipality with its picture (SVG, as `draw` makes it) inside."""
    inside = Markup(picture)  # noqa: S704 – our own drawing, words escaped there
    return _render("coverage.html", **shown(table, language), picture=inside)


def index(tables: Sequence[Table], language: Language = "nb") -> str:
    """Return the page that leads to those of all municipalities, most and gravest holes first."""
    rows = [(table, [count_of(gaps(table), gravity) for gravity in (1, 2, 3)]) for table in tables]
    rows.sort(key=lambda row: ([-count for count in row[1]], row[0].catalog.name))
    return _render("coverage_index.html", rows=rows, file_of=file_of, **words_in(language))


def shown(table: Table, language: Language = "nb") -> dict[str, Any]:
    """Return what `_coverage.html` needs to show a table."""
    found = gaps(table)
    return {
        **words_in(language),
        "table": table,
        "place": table.catalog.name,
        "day": f"{table.day.day}.{table.day.month}.{table.day.year}",
        "gaps": [(g, [one.say(language) for one in found if one.gravity == g]) for g in (1, 2, 3)],
        "levels": [
            (level, [_row(table.cell(level, band), language) for band in BANDS]) for level in LEVELS
        ],
        "besides": [(one.service.name.say(language), one.reason) for one in table.besides],
        "outside": [
            (source, [name_of(door, language) for door in table.from_source(source)])
            for source in OUTSIDE
        ],
        "slots": SLOTS,
        "legend": LEGEND,
        "file_of": file_of,
    }


def words_in(language: Language) -> dict[str, Any]:
    """Return what every template needs: `word`, and the language it speaks."""

    def say(key: str, **values: object) -> str:
        return word(key, language, **values)

    return {"word": say, "language": language}


def _row(cell: Cell, language: Language) -> dict[str, Any]:
    lacking = word("lacking", language, ages=ages_in_words(cell.lacking, language))
    return {
        "band": ages_in_words(BANDS[cell.band], language),
        "states": [(cell.states[slot], state_in_words(cell, slot, language)) for slot in SLOTS],
        "doors": [name_of(door, language) for door in cell.doors],
        "unsure": cell.unsure,
        "lacking": lacking if cell.uneven else "",
    }


def state_in_words(cell: Cell, slot: Slot, language: Language) -> str:
    """Return "åpent 4 av 5", "vet ikke", "stengt" or "ingen dør"."""
    days = cell.days[slot]
    return word(f"state.{cell.states[slot]}", language, days=days, all=POSSIBLE[slot])


def name_of(door: Door, language: Language) -> str:
    """Return the name of a service, with its municipality when that is a neighbour."""
    name = door.service.name.say(language)
    return f"{name} ({door.offer.catalog.name})" if door.source == "neighbour" else name


def count_of(found: Iterable[Gap], gravity: int) -> int:
    return sum(gap.gravity == gravity for gap in found)


def cells_csv(table: Table, language: Language = "nb") -> str:
    """Return the cells, one row for each level, age band and part of the week."""
    return as_csv(CELL_COLUMNS, _cell_rows(table, language))


def _cell_rows(table: Table, language: Language) -> Iterator[Sequence[object]]:
    for cell in table.cells():
        names = ", ".join(name_of(door, language) for door in cell.doors)
        lacking = " ".join(map(str, cell.lacking))
        for slot in SLOTS:
            yield (
                *_where(table),
                cell.level,
                cell.band,
                slot,
                cell.states[slot],
                cell.days[slot],
                POSSIBLE[slot],
                cell.sure,
                cell.unsure,
                lacking,
                names,
            )


def gaps_csv(table: Table, language: Language = "nb") -> str:
    """Return the gaps, one a row, the gravest first."""
    head = ("municipality", "name", "day", "gravity", "rule", "level", "ages", "sentence")
    return as_csv(
        head,
        (
            (
                *_where(table),
                gap.gravity,
                gap.rule,
                gap.level or "",
                " ".join(map(str, gap.ages)),
                gap.say(language),
            )
            for gap in gaps(table)
        ),
    )


def _where(table: Table) -> tuple[str, str, str]:
    return table.catalog.key, table.catalog.name, table.day.isoformat()


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as spreadsheets in Norway open them: semicolons, and a mark for UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[_harmless(value) for value in row] for row in rows])
    return f"\ufeff{written.getvalue()}"


def _harmless(value: object) -> object:
    """A name that begins like a formula must not be one in the reader's spreadsheet."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def file_of(table: Table) -> str:
    """Return what the files of a municipality are called, without ending."""
    return f"coverage-{table.catalog.key}"


def _render(name: str, **values: Any) -> str:
    return _pages.get_template(name).render(**values)
