"""Reading the spreadsheet that an adviser has filled in.

Every fault names its row and column: `file:line: column: what is wrong and how to mend it`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from itertools import zip_longest
from pathlib import Path
from typing import Any, Optional

from pydantic import ValidationError

from service_catalog.checking.explain import explain
from service_catalog.checking.rules import broken_rules
from service_catalog.errors import CatalogError, Fault, Unreadable
from service_catalog.exchange.cell import read
from service_catalog.exchange.leaves import tree
from service_catalog.exchange.sheet import first, heading, part_word, parts, pattern_of, place
from service_catalog.exchange.sheet_text import Line, lines
from service_catalog.exchange.sheet_words import PART
from service_catalog.municipalities import municipality
from service_catalog.schema import Catalog
from service_catalog.yaml_file import Where


class SheetFaults(CatalogError):
    """What is wrong with a sheet, each with its line and column."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"the sheet has {len(faults)} faults")
        self.faults = sorted(faults, key=lambda fault: fault.line)


def from_sheet(content: bytes, path: Path, number: Optional[str], today: date) -> Catalog:
    """Return the catalog in a sheet; `number` is its municipality when the sheet says none.

    Raises SheetFaults.
    """
    sheet = Sheet(path)
    try:
        sheet.read(list(lines(content)))
    except Unreadable as error:
        raise SheetFaults([Fault(path, error.line, "file", str(error))]) from None
    if number is not None:
        sheet.belongs_to(number)
    return sheet.catalog(today)


class Sheet:
    """The rows read so far, as `data` of a catalog; where each value stood, for the faults."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.faults: list[Fault] = []
        self._headings: list[str] = []
        self._places: list[Optional[Where]] = []
        self._row_of: dict[Where, int] = {}
        self._column_of: dict[Where, str] = {}
        self._told: set[Where] = set()
        self.data: dict[str, Any] = {}

    def read(self, rows: list[Line]) -> None:
        """Take up the headings and every row.

        Raises Unreadable for another sheet, SheetFaults for wrong headings.
        """
        if not rows or rows[0].cells[0].strip().casefold() != PART:
            raise Unreadable(1, f"does not begin with the heading {PART!r}; use the template")
        self._read_headings(rows[0])
        if self.faults:
            raise SheetFaults(self.faults)
        words = {part_word(name): name for name in parts()}
        for row in rows[1:]:
            word = row.cells[0].strip().casefold()
            if word in words:
                self._read_row(row, words[word])
            else:
                known = f"use one of: {', '.join(words)}"
                message = f"{row.cells[0]!r} is not known here; {known}"
                if not word:  # Excel keeps the word of merged cells in the first of them only
                    message = f"is empty; every row says what it is, merged cells don't; {known}"
                self._fault(row.number, PART, message)

    def belongs_to(self, number: str) -> None:
        """Say whose catalog it is to be. A sheet that says otherwise is no mistake to hide."""
        found = municipality(number)
        said = self.data.setdefault("municipality", number)
        if said != number:
            message = f"{said!r} is not {number!r}, which you asked for; mend one of them"
            self._tell([(("municipality",), message)])
        self.data.setdefault("name", found.name if found else number)

    def catalog(self, today: date) -> Catalog:
        """Return the catalog. Raises SheetFaults when anything is wrong with it."""
        try:
            catalog = Catalog.parse_obj(self.data)
        except ValidationError as error:
            self._tell(explain(error, self.data))
        else:
            self._tell(broken_rules(catalog, today))
            if not self.faults:
                return catalog
        raise SheetFaults(self.faults)

    def _read_headings(self, row: Line) -> None:
        self._headings = [" ".join(cell.split()) for cell in row.cells]
        self._places = [None, *map(place, self._headings[1:])]
        known = [heading(first(pattern)) for columns in parts().values() for pattern in columns]
        for name, where in zip(self._headings[1:], self._places[1:], strict=True):
            if where is None and name:
                near = get_close_matches(name, known, n=1)
                hint = f"did you mean {near[0]!r}? Mend" if near else "mend"
                self._fault(row.number, name, f"is no column here; {hint} or remove it")
            elif where is not None and self._places.count(where) > 1:
                self._fault(row.number, name, "stands twice; keep one of them")

    def _read_row(self, row: Line, name: str) -> None:
        under: Where = (name, len(self.data.get(name, []))) if name else ()
        if under in self._row_of:
            self._fault(row.number, PART, "stands twice; one sheet holds one catalog")
            return
        self._row_of[under] = row.number
        cells = self._cells(row, name)
        moved = _without_gaps([where for where, _, _ in cells])
        values = []
        for where, column, text in cells:
            here = (*under, *moved[where])
            self._column_of[here] = column
            values.append((moved[where], self._value(row, name, where, here, text)))
        part = tree((where, value) for where, value in values if value is not None)
        if name:
            self.data.setdefault(name, []).append(part)
        else:
            self.data.update(part)

    def _cells(self, row: Line, name: str) -> list[tuple[Where, str, str]]:
        """Return (place, heading, text) of every cell that is filled in and belongs here."""
        found = []
        columns = zip_longest(self._places, self._headings, row.cells)
        for where, column, cell in list(columns)[1:]:
            text = (cell or "").strip()
            if not text:
                continue
            if where is None:
                self._fault(row.number, text, "stands under no heading; move or remove it")
            elif pattern_of(where) in parts()[name]:
                found.append((where, column, text))
            else:
                message = f"does not belong to {part_word(name)!r}; leave the cell empty"
                self._fault(row.number, column, message)
        return found

    def _value(self, row: Line, name: str, where: Where, here: Where, text: str) -> Any:
        column = parts()[name][pattern_of(where)]
        try:
            return read(text, column.field, column.is_list)
        except ValueError as error:
            self._fault(row.number, self._column_of[here], str(error))
            self._told.add(here)
            return text

    def _tell(self, found: Iterable[tuple[Where, str]]) -> None:
        for where, message in found:
            if where not in self._told:
                under: Where = where[:2] if where[:1] and where[0] in parts() else ()
                line = self._row_of.get(under, 1)
                self._fault(line, self._column(where, len(under)), message)

    def _column(self, where: Where, under: int) -> str:
        """Return the heading for a place, by the number that the column has in the sheet."""
        for end in (len(where), len(where) - 1):
            if where[:end] in self._column_of:
                return self._column_of[where[:end]]
        inside = where[under:]
        return heading(inside[:-1] if inside and isinstance(inside[-1], int) else inside) or PART

    def _fault(self, line: int, column: str, message: str) -> None:
        self.faults.append(Fault(self._path, line, column, message))


def _without_gaps(places: list[Where]) -> dict[Where, Where]:
    """Return {place: the same with the things of each list numbered from 0 without gaps}."""
    numbers: dict[Where, list[int]] = {}
    for where in places:
        for end, key in enumerate(where):
            if isinstance(key, int):
                numbers.setdefault(where[:end], []).append(key)
    ranks = {before: sorted(set(found)) for before, found in numbers.items()}
    return {
        where: tuple(
            ranks[where[:end]].index(key) if isinstance(key, int) else key
            for end, key in enumerate(where)
        )
        for where in places
    }
