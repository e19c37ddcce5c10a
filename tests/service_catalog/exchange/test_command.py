"""Out and in again: nothing is lost, whatever the schema comes to hold."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from service_catalog.__main__ import main
from service_catalog.checking.check import check_file
from service_catalog.exchange.hsds_in import changed_since, from_hsds
from service_catalog.exchange.hsds_out import to_page
from service_catalog.exchange.leaves import filled, leaves, model_of
from service_catalog.exchange.sheet_in import Sheet
from service_catalog.exchange.sheet_out import to_sheet
from service_catalog.exchange.sheet_text import lines
from service_catalog.load import FOLDER
from service_catalog.schema import Catalog
from tests.service_catalog.exchange.every_field import any_catalog, full_catalog
from tests.service_catalog.exchange.test_write import read

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
CATALOGS = sorted(FOLDER.glob("*.yml"))
EKSEMPELVIK = FOLDER / "9999-eksempelvik.yml"
Through = Callable[[Catalog], Catalog]


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


both_ways = pytest.mark.parametrize("through", [through_hsds, through_sheet])


@both_ways
@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_every_catalog_comes_back_the_same(path: Path, through: Through) -> None:
    catalog = read(path)
    assert through(catalog) == catalog


@both_ways
@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(catalog=any_catalog())
def test_every_field_comes_back_the_same(through: Through, catalog: Catalog) -> None:
    assert through(catalog) == catalog


@both_ways
def test_a_catalog_with_every_field_set_comes_back_the_same(through: Through) -> None:
    catalog = full_catalog()
    assert through(catalog) == catalog


def test_the_full_catalog_has_every_field_of_every_part_set() -> None:
    def fields(model: Any, under: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
        inside = {(*under, name): model_of(field) for name, field in model.__fields__.items()}
        return {
            place
            for here, inner in inside.items()
            for place in (fields(inner, here) if inner else {here})
        }

    found = {
        tuple(key for key in where if isinstance(key, str))
        for where, _ in leaves(filled(full_catalog()))
    }
    assert found == fields(Catalog)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "service_catalog", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("form", ["hsds", "csv"])
def test_the_commands_there_and_back(form: str, tmp_path: Path) -> None:
    out, back = tmp_path / "out", tmp_path / "back.yml"
    assert run("export", EKSEMPELVIK, "--as", form, "--out", out).returncode == 0
    done = run("import", out, "--out", back)
    assert (done.returncode, done.stdout) == (0, "")
    assert read(back) == read(EKSEMPELVIK)


def test_a_file_that_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, mine = tmp_path / "sheet.csv", tmp_path / "mine.yml"
    sheet.write_bytes(to_sheet(read(EKSEMPELVIK)))
    mine.write_text("# mitt arbeid\n", "utf-8")
    assert main(["import", str(sheet), "--out", str(mine)]) == 1
    assert "is there already" in capsys.readouterr().out
    assert mine.read_text("utf-8") == "# mitt arbeid\n"
    assert main(["import", str(sheet), "--out", str(mine), "--force"]) == 0
    assert check_file(mine).catalog is not None


def test_a_faulty_catalog_is_not_exported(
    tmp_path: Path, small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "3413-stange.yml"
    path.write_text(small.replace("cost: free", "cost: gratis"), "utf-8")
    assert main(["export", str(path), "--as", "csv"]) == 1
    assert ".cost: 'gratis' is not known here" in capsys.readouterr().out


def test_a_confidential_address_is_told_of(
    tmp_path: Path, small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = small.replace("name: Huset", "name: Huset\n    address: Gata 1")
    path = tmp_path / "3413-stange.yml"
    path.write_text(text.replace("parents:", "confidential: true\n    parents:"), "utf-8")
    assert main(["export", str(path), "--as", "hsds", "--out", str(tmp_path / "x.json")]) == 0
    assert "locations[huset]: its address is confidential" in capsys.readouterr().err
    page = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert "addresses" not in page["locations"][0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "does not begin with the heading 'del'"),
        (b"{", "is not valid JSON"),
        (b"[" * 5000, "is not valid JSON"),
        (b"[" * 100 + b"]" * 100, "nested more than"),
        (b'{"a": 1}', "no service of HSDS 3"),
        (b"[3]", "no service of HSDS 3"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b'{"services.csv": []}', "not the tabular form"),
        (b"\x81\x8d\x8f", "is no text"),
    ],
)
def test_what_is_no_catalog_is_told_plainly(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert main(["import", str(path)]) == 1
    assert words in capsys.readouterr().out
    assert main(["import", str(tmp_path / "nothing")]) == 1
