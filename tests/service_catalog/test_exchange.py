"""Out and in again: nothing is lost, whatever the schema comes to hold."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from service_catalog.hsds_in import changed_since, from_hsds
from service_catalog.hsds_out import to_page
from service_catalog.load import FOLDER
from service_catalog.schema import Catalog
from service_catalog.sheet_in import Sheet
from service_catalog.sheet_out import to_sheet
from service_catalog.sheet_text import lines

from .every_field import any_catalog, full_catalog
from .test_write import read

TODAY = date(2026, 11, 22)
CATALOGS = sorted(FOLDER.glob("*.yml"))


def through_hsds(catalog: Catalog) -> Catalog:
    page = json.loads(json.dumps(to_page(catalog, TODAY)))
    imported = from_hsds(page, TODAY)
    assert imported.told == []
    again = Catalog.parse_obj(imported.data)
    assert changed_since(page, again, TODAY) == []
    return again


def through_sheet(catalog: Catalog) -> Catalog:
    sheet = Sheet(Path("sheet.csv"))
    sheet.read(list(lines(to_sheet(catalog))))
    assert sheet.faults == []
    return Catalog.parse_obj(sheet.data)


@pytest.mark.parametrize("through", [through_hsds, through_sheet])
@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_every_catalog_comes_back_the_same(path: Path, through) -> None:
    catalog = read(path)
    assert through(catalog) == catalog


@pytest.mark.parametrize("through", [through_hsds, through_sheet])
@given(catalog=any_catalog())
def test_every_field_comes_back_the_same(through, catalog: Catalog) -> None:
    assert through(catalog) == catalog


@pytest.mark.parametrize("through", [through_hsds, through_sheet])
def test_a_catalog_with_every_field_set_comes_back_the_same(through) -> None:
    catalog = full_catalog()
    assert through(catalog) == catalog
