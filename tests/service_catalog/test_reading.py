"""Many catalogs are read by processes beside this one, and nothing that stands in them is lost."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from service_catalog import reading
from service_catalog.checking.check import Checked, check_file
from service_catalog.place_table import table
from service_catalog.reading import FEW, read_files


@pytest.fixture
def many(tmp_path: Path, small: str, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Give more files than are read here, one of them faulty and one gone; two cores at least."""
    monkeypatch.setattr(reading, "_cores", lambda: 2)
    numbers = [number for number in table().municipalities if number not in table().districts]
    paths = [tmp_path / f"{number}.yml" for number in numbers[: FEW + 3]]
    for path in paths[:-2]:
        name = table().municipalities[path.stem].name
        path.write_text(small.replace("3413", path.stem).replace("Stange", name), "utf-8")
    paths[-2].write_text("a: [", "utf-8")
    return paths


def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Return the readers that start from now on."""
    readers: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def noted(*rest: Any, **more: Any) -> subprocess.Popen[bytes]:
        readers.append(real(*rest, **more))
        return readers[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    return readers


def test_readers_find_what_is_found_here(many: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    readers = started(monkeypatch)
    found = dict(read_files(many))
    assert len(readers) == 2 and all(reader.returncode == 0 for reader in readers)
    assert found.keys() == set(many)
    for path in many:
        here = check_file(path)
        assert (found[path].catalog, found[path].faults) == (here.catalog, here.faults)
    assert found[many[0]].catalog is not None and found[many[-1]].faults and found[many[-2]].faults


def test_a_reader_that_is_killed_leaves_nothing_unread(
    many: list[Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = subprocess.Popen

    def killed(*rest: Any, **more: Any) -> subprocess.Popen[bytes]:
        reader: subprocess.Popen[bytes] = real(*rest, **more)
        os.kill(reader.pid, signal.SIGKILL)
        return reader

    monkeypatch.setattr(subprocess, "Popen", killed)
    found = dict(read_files(many))
    assert found.keys() == set(many) and found[many[0]].catalog is not None
    assert "reading on here" in caplog.text


def test_where_no_process_can_be_started_they_are_read_here(
    many: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.sys, "executable", "/finnes/ikke")
    assert {path for path, checked in read_files(many) if checked.catalog} == set(many[:-2])


def test_few_are_read_without_a_reader(many: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    readers = started(monkeypatch)
    assert len(dict(read_files(many[:FEW]))) == FEW
    assert readers == []


def test_who_has_nothing_else_to_do_reads_along(
    many: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = started(monkeypatch)
    here: list[Path] = []

    def noted(path: Path) -> Checked:
        here.append(path)
        return check_file(path)

    monkeypatch.setattr(reading, "check_file", noted)
    found = dict(read_files(many, idle=True))
    assert found.keys() == set(many) and len(readers) == 1 and here
    assert found[many[0]].catalog is not None


def test_files_that_are_no_longer_wanted_are_not_read(
    many: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_files(many, idle=True)
    next(read)
    read.close()  # type: ignore[attr-defined]
    assert list(read) == []


def test_a_small_pile_starts_few_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_cores", lambda: 64)
    assert [reading._readers(files, idle=False) for files in (FEW, FEW + 1, 357)] == [0, 2, 9]
    assert reading._readers(FEW + 1, idle=True) == 2
    monkeypatch.setattr(reading, "_cores", lambda: 2)
    assert reading._readers(357, idle=True) == 1
    monkeypatch.setattr(reading, "_cores", lambda: 1)
    assert reading._readers(357, idle=False) == 0
