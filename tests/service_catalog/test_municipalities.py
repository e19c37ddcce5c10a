"""The municipalities and bydeler are known without reading every name of a place."""

from __future__ import annotations

import subprocess
import sys

from service_catalog.municipalities import districts_of, municipalities, municipality
from service_catalog.place_table import table


def test_each_is_found_by_its_number() -> None:
    stange = municipality("3413")
    assert stange is not None and stange.name == "Stange" and not stange.fictional
    assert municipality("0000") is None
    assert len(municipalities()) == 358  # and fictional Eksempelvik


def test_only_the_largest_have_bydeler() -> None:
    assert "Grünerløkka" in districts_of("0301") and districts_of("3413") == []
    districts_of("0301").clear()
    assert districts_of("0301")


def test_the_names_of_places_speak_of_the_same() -> None:
    assert table().municipalities == municipalities()
    assert table().districts["4601"] == districts_of("4601")


def test_reading_catalogs_needs_neither_the_names_of_places_nor_hsds() -> None:
    """A reader of catalogs is started for seconds; what it does not need costs a tenth of them."""
    asked = "import sys, service_catalog.reading as _; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "service_catalog.place_table" not in loaded and "rapidfuzz" not in loaded
    assert "service_catalog.exchange.hsds_in" not in loaded
