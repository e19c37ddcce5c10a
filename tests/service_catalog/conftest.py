"""A small sound catalog, as text, that tests change one line of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
import yaml

from service_catalog.coverage.table import Table, coverage
from service_catalog.load import map_offers
from service_catalog.schema import Catalog

DAY = date(2026, 11, 22)
Make = Callable[..., Table]

SMALL = """\
municipality: "3413"
name: Stange
districts: [Nord]
find_more: {nb: "Se på nettsiden.", nn: "Sjå på nettsida."}
organizations:
  - id: kommunen
    name: Stange kommune
locations:
  - id: huset
    name: Huset
    district: Nord
services:
  - id: helsestasjon
    organization_id: kommunen
    name: Helsestasjonen
    type: helsestasjon
    description:
      nb: "Her hører noen på deg."
      nn: "Her høyrer nokon på deg."
    levels: [green, yellow]
    themes: [stress]
    minimum_age: 12
    maximum_age: 20
    who_may_come: [drop_in]
    attending_types: [meet]
    cost: free
    anonymity: {nb: "De har taushetsplikt.", nn: "Dei har teieplikt."}
    parents: your_choice
    location_ids: [huset]
    schedule:
      opening_hours: "Mo-Fr 08:00-15:30; PH off"
    phones:
      - number: 22 00 00 00
    url: https://www.eksempel.no
    assured_date: 2026-05-01
    source: Helsestasjonen selv
    confidence: verified
"""


@pytest.fixture
def small() -> str:
    return SMALL


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def _write(text: str | bytes, name: str = "3413-stange.yml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return _write


def catalog_of(small: str, services: Iterable[dict[str, object]], **head: object) -> Catalog:
    """A catalog of services that differ from the small one's in the fields given."""
    data = yaml.safe_load(small)
    base = {**data["services"][0], "assured_date": "2026-05-01"}
    made = []
    for number, changes in enumerate(services):
        one = {**base, "id": f"s{number}", **changes}
        made.append({name: value for name, value in one.items() if value is not None})
    return Catalog.parse_obj({**data, "services": made, **head})


@pytest.fixture
def table(small: str) -> Make:
    """What such a catalog offers: `table({"levels": ["red"]}, {})`."""

    def make(*services: dict[str, object], **head: object) -> Table:
        catalog = catalog_of(small, services, **head)
        return coverage(catalog, map_offers(catalog), DAY)

    return make
