"""Written catalogs are read back the same, and look as if a person had written them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_catalog.checking.check import check_file
from service_catalog.exchange.leaves import filled, leaves, tree
from service_catalog.exchange.write import write, write_data
from service_catalog.load import FOLDER
from service_catalog.schema import Catalog
from service_catalog.yaml_file import parse
from tests.service_catalog.exchange.every_field import any_catalog

CATALOGS = sorted(FOLDER.glob("*.yml"))


def read(path: Path) -> Catalog:
    checked = check_file(path)
    assert checked.catalog is not None, checked.faults
    return checked.catalog


def again(text: str) -> Catalog:
    return Catalog.parse_obj(parse(text.encode()).data)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_every_catalog_is_read_back_the_same(path: Path) -> None:
    catalog = read(path)
    assert again(write(catalog)) == catalog


@given(any_catalog())
def test_every_field_is_read_back_the_same(catalog: Catalog) -> None:
    assert again(write(catalog)) == catalog


@given(st.text())
def test_every_text_is_read_back_the_same(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    data = {"name": text, "districts": [text], "find_more": {"nb": text, "nn": text}}
    assert parse(write_data(data).encode()).data == data


@given(any_catalog())
def test_leaves_make_the_same_tree(catalog: Catalog) -> None:
    assert tree(leaves(filled(catalog))) == filled(catalog)


def test_the_form_of_the_house(small: str, write_small: Callable[[str], Path]) -> None:
    text = write(read(write_small(small)))
    assert text.startswith('municipality: "3413"\nname: Stange\ndistricts: [Nord]\nfind_more:\n')
    assert '  nb: "Se på nettsiden."\n' in text
    assert "    levels: [green, yellow]\n    themes: [stress]\n    minimum_age: 12\n" in text
    assert "    name: Helsestasjonen\n" in text
    assert '      - number: "22 00 00 00"\n' in text
    assert "specialised" not in text


def test_comments_stand_where_something_is_missing() -> None:
    data = {"name": "Stange", "services": [{"id": "a", "type": "bup", "phones": [{"number": "1"}]}]}
    comments = {
        (): ["øverst"],
        ("services", 0): ["om\nalt"],
        ("services", 0, "levels"): ["TODO nivå"],
        ("services", 0, "phones", 0, "number"): ["TODO nummer"],
    }
    assert write_data(data, comments).splitlines() == [
        "# øverst",
        "name: Stange",
        "services:",
        "  # om alt",
        "  - id: a",
        "    type: bup",
        "    # TODO nivå",
        "    phones:",
        "      # TODO nummer",
        '      - number: "1"',
    ]
    assert parse(write_data(data, comments).encode()).data == data


@pytest.fixture
def write_small(tmp_path: Path) -> Callable[[str], Path]:
    def _write(text: str) -> Path:
        path = tmp_path / "3413-stange.yml"
        path.write_text(text, "utf-8")
        return path

    return _write
