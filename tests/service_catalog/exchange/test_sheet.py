"""The spreadsheet: whoever saved it is understood, and bad cells are named by line and column."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Optional

import pytest
from hypothesis import given, settings

from service_catalog.errors import CatalogError
from service_catalog.exchange.cell import read as read_cell
from service_catalog.exchange.cell import written
from service_catalog.exchange.sheet import first, heading, parts, place
from service_catalog.exchange.sheet_in import SheetFaults, from_sheet
from service_catalog.exchange.sheet_out import template, to_sheet
from service_catalog.exchange.sheet_words import FIELDS, PARTS, VALUES
from service_catalog.load import FOLDER
from service_catalog.schema import Catalog, Service
from tests.service_catalog.exchange.every_field import texts
from tests.service_catalog.exchange.test_write import read

TODAY = date(2026, 11, 22)
EKSEMPELVIK = read(FOLDER / "9999-eksempelvik.yml")


def again(content: bytes, number: Optional[str] = None) -> Catalog:
    return from_sheet(content, Path("ark.csv"), number, TODAY)


def little(**changes: object) -> Catalog:
    """Return the catalog of the template with one thing changed in its service."""
    catalog = again(template())
    return catalog.copy(update={"services": [catalog.services[0].copy(update=changes)]})


def faults(content: bytes | str) -> list[str]:
    with pytest.raises(SheetFaults) as error:
        again(content.encode() if isinstance(content, str) else content)
    return [str(fault) for fault in error.value.faults]


def text() -> str:
    return template().decode("utf-8-sig")


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_template_is_a_sound_catalog_of_a_fictional_place() -> None:
    catalog = again(template())
    assert catalog.fictional and len(catalog.services) == 1


def test_it_is_what_norwegian_excel_opens() -> None:
    content = to_sheet(EKSEMPELVIK)
    assert content.startswith(b"\xef\xbb\xbfdel;id;")
    assert content.count(b"\r\n") == len(rows(content)) + 1
    service = next(row for row in rows(content) if row["id"] == "moteplassen")
    assert service["del"] == "tjeneste"
    assert service["nivåer"] == "grønn, gul, oransje, rød"
    assert service["hvordan man møtes"] == "møtes"
    assert service["kan være anonym"] == "ja"
    assert service["pris"] == "gratis"


@pytest.mark.parametrize(
    "content",
    [
        to_sheet(EKSEMPELVIK).removeprefix(b"\xef\xbb\xbf"),
        to_sheet(EKSEMPELVIK).decode("utf-8-sig").encode("cp1252"),
        to_sheet(EKSEMPELVIK).replace(b"\r\n", b"\n"),
        b"sep=;\r\n" + to_sheet(EKSEMPELVIK).removeprefix(b"\xef\xbb\xbf"),
        to_sheet(EKSEMPELVIK) + b";;;;\r\n\r\n",
    ],
    ids=["no BOM", "Windows-1252", "LF", "sep=", "empty rows"],
)
def test_however_it_was_saved(content: bytes) -> None:
    assert again(content) == EKSEMPELVIK


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), ("\t", "utf-16"), (";", "utf-8-sig")]
)
def test_whatever_parts_the_cells(separator: str, encoding: str) -> None:
    out = io.StringIO(newline="")
    given = csv.reader(io.StringIO(to_sheet(EKSEMPELVIK).decode("utf-8-sig")), delimiter=";")
    csv.writer(out, delimiter=separator).writerows(given)
    assert again(out.getvalue().encode(encoding)) == EKSEMPELVIK


def test_what_excel_makes_of_dates_yes_and_numbers() -> None:
    changed = text().replace("2026-10-15", "15.10.2026").replace(";ja;", ";SANN;")
    changed = changed.replace("00 10 00 01", "0010 00 01".replace(" ", ""))
    assert again(changed.encode()).services[0].assured_date == "2026-10-15"
    assert again(changed.encode()).fictional
    oslo = text().replace(";9999;Eksempelvik;", ";301;Oslo;").replace("Fjordbyen, Åskanten", "")
    assert again(oslo.encode()).municipality == "0301"


def test_words_may_be_norwegian_or_the_catalogs_own() -> None:
    assert again(text().replace("grønn, gul,", "green,GUL,").encode()) == again(template())
    spaced = text().replace("Éi dør inn;mottak", "Éi dør inn;Helsestasjon for ungdom")
    assert again(spaced.encode()).services[0].type == "helsestasjon_for_ungdom"


CHANGES = [
    ("grønn", "lilla", "6", "nivåer", "'lilla' is not known here; use one of: grønn, gul"),
    ("gratis", "billig", "6", "pris", "use one of: gratis, koster penger"),
    ("00 10 00 01", "ring", "6", "telefon 1: nummer", "digits in groups"),
    ("00 10 00 01", "22 40 00 40", "6", "telefon 1: nummer", "a fictional one begins with 00"),
    (";0;25;", ";tolv;25;", "6", "alder fra", "no whole number"),
    (";0;25;", ";;;", "6", "alder fra", "is missing"),
    (";mottak;Du", ";;Du", "6", "type", "is missing"),
    ("PH off", "PH of", "6", "åpningstider: uke", "cannot be read"),
    ("2026-10-15", "i går", "6", "kontrollert dato", "write it as in 2026-05-01"),
    ("\r\ntjeneste;", "\r\ntenseste;", "6", "del", "use one of: katalog, skoleferie"),
    ("\r\nsted;", "\r\nkatalog;", "5", "del", "stands twice"),
    ("om anonymitet (bokmål)", "anonymitet", "1", "anonymitet", "did you mean 'om anonymitet"),
    ("alder til", "alder fra", "1", "alder fra", "stands twice"),
    ("organisasjon;eksempelvik-kommune;", "organisasjon;x;y", "4", "organisasjon (id)", "does not"),
    (";2026-06-20;", ";20. juni;", "3", "fra dato", "write it as in 2026-05-01"),
    (";alder fra;", ";;", "6", "0", "under no heading"),
    (";alder fra;", ";xyzzy;", "1", "xyzzy", "is no column here; mend or remove it"),
    ("\r\ntjeneste;", "\r\n;", "6", "del", "merged cells don't; use one of: katalog"),
    ("grønn, gul,", "grønn / gul,", "6", "nivåer", "Several are parted by commas"),
    ("2026-10-15", "########", "6", "kontrollert dato", "what a spreadsheet shows for a fault"),
    (";Én dør inn;", ";#NAVN?;", "6", "navn (bokmål)", "what a spreadsheet shows for a fault"),
    ("\r\nsted;", ";;;;;;;;;;noe\r\nsted;", "4", "noe", "under no heading"),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "words"), CHANGES)
def test_a_bad_cell_is_named(old: str, new: str, line: str, column: str, words: str) -> None:
    assert old in text()
    told = faults(text().replace(old, new, 1))
    assert any(one.startswith(f"ark.csv:{line}: {column}: ") and words in one for one in told), told


def test_lines_are_those_of_the_file_when_cells_hold_several() -> None:
    changed = text().replace("Alltid", "").replace("Velkommen", '"Vel\nkommen', 1)
    changed = changed.replace("vil høre på deg.;", 'vil høre på deg.";', 1).replace("gratis", "gr")
    assert any(one.startswith("ark.csv:7: pris: ") for one in faults(changed))


def test_a_gap_among_numbered_columns_does_no_harm() -> None:
    phone = EKSEMPELVIK.services[0].phones[0]
    two = little(phones=[phone, phone.copy(update={"number": "00 99"})])
    gap = to_sheet(two).decode("utf-8-sig").replace("00 10 00 01", "")
    assert [phone.number for phone in again(gap.encode()).services[0].phones] == ["00 99"]
    told = faults(gap.replace("00 99", "99"))
    assert any(": telefon 2: nummer: " in one for one in told), told


@pytest.mark.parametrize("start", "=+-@")
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    source = f"{start}HYPERLINK(1)"
    content = to_sheet(little(source=source))
    for row in rows(content):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert again(content).services[0].source == source


@settings(deadline=None)
@given(texts())
def test_every_text_comes_back_from_its_cell(value: str) -> None:
    text_field, list_field = Service.__fields__["source"], Service.__fields__["keywords"]
    assert read_cell(written(value, text_field), text_field, False) == value
    items = [value, "a", value]
    assert read_cell(written(items, list_field), list_field, True) == items


def test_a_sign_that_no_sheet_holds_is_refused() -> None:
    with pytest.raises(CatalogError, match="NUL"):
        to_sheet(little(source="a\0b"))


def test_every_column_has_a_heading_of_its_own() -> None:
    for columns in parts().values():
        for pattern in columns:
            assert place(heading(first(pattern, 2))) == first(pattern, 2)


def test_every_field_and_fixed_word_has_a_norwegian_word() -> None:
    patterns = {key for columns in parts().values() for one in columns for key in one}
    assert {key for key in patterns if key} - {"nb", "nn"} <= FIELDS.keys()
    assert parts().keys() - {""} <= PARTS.keys()
    for name, words in VALUES.items():
        assert len(set(words.values())) == len(words), name


def test_the_municipality_may_be_given_beside_the_sheet() -> None:
    without = text().replace(";9999;Eksempelvik;", ";;;")
    assert again(without.encode(), "9999") == again(template())


def test_the_municipality_beside_the_sheet_must_be_its_own() -> None:
    with pytest.raises(SheetFaults) as told:
        again(template(), "3413")
    assert "'9999' is not '3413', which you asked for" in str(told.value.faults[0])
    assert told.value.faults[0].field == "kommunenummer"
