"""The preview: refuses what has faults, touches nothing in service, leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from service_catalog.checking.check import check_file
from service_catalog.errors import CatalogError
from service_catalog.load import FOLDER, Catalogs
from service_catalog.onboarding.preview import free_port_or_refuse, stamp, take_up
from service_catalog.onboarding.preview_bot import PreviewBot
from tests.conftest import free_port
from tests.service_catalog.checking.test_check import ROOT, run
from tests.talk import Talk

Write = Callable[..., Path]


def test_faults_are_listed_and_nothing_is_started(write: Write, small: str) -> None:
    path = write(small.replace("cost: free", "cost: dyrt"))
    done = run("preview", str(path))
    assert done.returncode == 1
    assert f"{path}:" in done.stdout and "use one of: free" in done.stdout
    assert "mend them" in done.stderr and "Traceback" not in done.stderr
    assert "checking the models" not in done.stdout


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    assert "is a folder" in run("preview", str(tmp_path)).stderr
    assert "no such file" in run("preview", str(tmp_path / "x.yml")).stdout


def test_a_taken_port_is_told() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with pytest.raises(CatalogError, match="--port 8002"):
            free_port_or_refuse(holder.getsockname()[1])
    with pytest.raises(CatalogError):
        free_port_or_refuse(70000)


def test_a_folder_of_its_own_holds_this_catalog_and_the_country(
    tmp_path: Path, write: Write, small: str
) -> None:
    path = write(small)
    take_up(path, tmp_path / "room")
    assert set(Catalogs.load(tmp_path / "room").all) == {"3413", "national"}
    path.write_text(small.replace("minimum_age: 12", "minimum_age: 13"), "utf-8")
    take_up(path, tmp_path / "room")
    offer = Catalogs.load(tmp_path / "room").offer("3413-helsestasjon")
    assert offer is not None and offer.service.minimum_age == 13


def test_a_file_that_is_away_for_a_moment_is_no_change(tmp_path: Path) -> None:
    assert stamp(tmp_path / "x.yml") is None


def test_the_redis_in_service_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small: str, write: Write
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    bot = PreviewBot(tmp_path, 8001)
    assert "REDIS_URL" not in bot.env
    assert bot.env["UNGVEIVISER_CATALOGS"] == str(tmp_path / "catalogs")
    catalog = check_file(write(small)).catalog
    assert catalog is not None
    assert bot.address(catalog) == "http://127.0.0.1:8001/?municipality=3413"


def test_the_whole_bot_on_one_catalog_and_nothing_left_of_it(tmp_path: Path) -> None:
    """Eksempelvik alone: Stange, which is in service, has no list here."""
    file = FOLDER / "9999-eksempelvik.yml"
    log, var, port = tmp_path / "log.txt", tmp_path / "var", free_port()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "service_catalog", "preview", str(file), "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "UNGVEIVISER_VAR": str(var)},
            stdout=out,
            stderr=out,
        )
    try:
        deadline = time.monotonic() + 240
        while "is watched" not in log.read_text("utf-8"):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.5)
        assert f"http://127.0.0.1:{port}/?municipality=9999" in log.read_text("utf-8")
        talk = Talk(f"http://127.0.0.1:{port}", language="nb", municipality="9999")
        assert talk.say("jeg er stressa på skolen").turn["expects"]
        pids = [int(one) for one in re.findall(r"\d+", (var / "pids.json").read_text())]
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert len(pids) == 4
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
