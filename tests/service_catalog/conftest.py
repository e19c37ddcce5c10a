"""A small sound catalog, as text, that tests change one line of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
