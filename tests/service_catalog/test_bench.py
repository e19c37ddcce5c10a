"""The benchmark runs; what it measures is not tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from service_catalog.bench import main, write_catalogs
from service_catalog.checking.check import check_paths


def test_runs_at_a_small_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--municipalities", "3", "--services", "5"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("4 catalogs")
    assert [line.split(",")[0].split(" ")[0] for line in shown[1:]] == [
        *("load", "load", "memory", "memory", "find", "find", "worst", "worst", "reload")
    ]


def test_what_it_writes_is_sound_and_of_the_size_asked_for(tmp_path: Path) -> None:
    write_catalogs(tmp_path, 12, 40)
    files, faults = check_paths([tmp_path])
    assert (files, faults) == (13, [])
    assert (tmp_path / "0301.yml").read_text("utf-8").count("- id: sted-") == 40
