"""A catalog as a spreadsheet: CSV as Norwegian Excel opens and saves it.

UTF-8 with a byte order mark, semicolons, CRLF; one row for the catalog and one for each thing
in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service_catalog.checking.check import check_file
from service_catalog.errors import CatalogError
from service_catalog.exchange.cell import written
from service_catalog.exchange.leaves import dotted, filled, leaves
from service_catalog.exchange.sheet import (
    Column,
    Pattern,
    first,
    heading,
    part_word,
    parts,
    pattern_of,
)
from service_catalog.exchange.sheet_words import PART
from service_catalog.schema import Catalog
from service_catalog.yaml_file import Where

Row = dict[Where, tuple[Any, Column]]  # {place in the part: value, its column}

_EXAMPLE = Path(__file__).parents[1] / "catalogs" / "9999-eksempelvik.yml"


def to_sheet(catalog: Catalog) -> bytes:
    """Return `catalog` as the bytes of a CSV file. Raises CatalogError for what no cell holds."""
    rows = [(name, _row(name, part)) for name, part in _parts_of(filled(catalog))]
    places = _places(rows)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([PART, *map(heading, places)])
    for name, row in rows:
        cells = (_cell(row, place) for place in places)
        writer.writerow([part_word(name), *cells])
    return text.getvalue().encode("utf-8-sig")


def template() -> bytes:
    """Return a sheet with every column and, as an example, a little of Eksempelvik."""
    catalog = check_file(_EXAMPLE).catalog
    if catalog is None:
        raise CatalogError(f"{_EXAMPLE.name} has faults; mend it, the template shows some of it")
    service = catalog.services[0]
    organizations = [one for one in catalog.organizations if one.id == service.organization_id]
    locations = [one for one in catalog.locations if one.id in service.location_ids]
    shown: dict[str, Any] = {name: [] for name in parts() if name}
    shown |= {"services": [service], "organizations": organizations, "locations": locations}
    shown |= {"school_holidays": catalog.school_holidays[:1], "notes": catalog.notes[:1]}
    return to_sheet(catalog.copy(update=shown))


def _parts_of(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield (list, part): the catalog itself first, then all that its lists hold."""
    lists = [name for name in parts() if name]
    yield "", {name: value for name, value in data.items() if name not in lists}
    for name in lists:
        for part in data.get(name, []):
            yield name, part


def _row(name: str, part: Any) -> Row:
    columns = parts()[name]
    row: Row = {}
    for where, value in leaves(part):
        pattern = pattern_of(where)
        column = columns.get(pattern[:-1])
        if column is not None and column.is_list and isinstance(where[-1], int):
            row.setdefault(where[:-1], ([], column))[0].append(value)
        elif pattern in columns:
            row[where] = (value, columns[pattern])
        else:
            raise CatalogError(f"{name}: {dotted(where)} is of a kind that no cell holds")
    return row


def _places(rows: list[tuple[str, Row]]) -> list[Where]:
    """Return the place of every column: services first, lists as long as the longest."""
    most: dict[Pattern, int] = {}
    for _, row in rows:
        for where in row:
            pattern = pattern_of(where)
            numbers = [key for key in where if isinstance(key, int)]
            most[pattern] = max([most.get(pattern, 0), *numbers])
    order = ["services", "", *(name for name in parts() if name not in ("services", ""))]
    patterns = list(dict.fromkeys(pattern for name in order for pattern in parts()[name]))
    return [place for group in _groups(patterns) for place in _numbered(group, most)]


def _groups(patterns: list[Pattern]) -> Iterator[list[Pattern]]:
    """Yield columns that belong to one list together, all others alone."""
    groups: dict[Pattern, list[Pattern]] = {}
    for pattern in patterns:
        key = pattern[: pattern.index(None)] if None in pattern else (*pattern, "")
        groups.setdefault(key, []).append(pattern)
    yield from groups.values()


def _numbered(group: list[Pattern], most: dict[Pattern, int]) -> Iterator[Where]:
    longest = max(most.get(pattern, 0) for pattern in group)
    for number in range(longest + 1 if None in group[0] else 1):
        yield from (first(pattern, number) for pattern in group)


def _cell(row: Row, place: Where) -> str:
    value, column = row.get(place, (None, None))
    text = written(value, column.field) if column else ""
    if "\0" in text:
        raise CatalogError(f"{dotted(place)} holds the sign NUL, which no sheet does; take it out")
    return text
