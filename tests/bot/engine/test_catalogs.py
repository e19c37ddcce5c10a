"""The real engine, a process of its own, keeps its catalogs fresh and says how they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import yaml

from bot.train import DIALOGUE
from service_catalog.load import FOLDER
from tests.conftest import ROOT, free_port


def test_a_running_engine_takes_up_a_changed_catalog_and_tells_of_a_faulty_one(
    tmp_path: Path,
) -> None:
    folder, settings = tmp_path / "catalogs", tmp_path / "settings"
    shutil.copytree(FOLDER, folder)
    shutil.copytree(ROOT / "settings", settings)
    given = yaml.safe_load((settings / "catalogs.yml").read_text("utf-8"))
    given |= {"folder": str(folder), "look_seconds": 0.2}
    (settings / "catalogs.yml").write_text(yaml.safe_dump(given), "utf-8")
    port, secret = free_port(), "a-secret-of-this-test"
    environment = {
        **os.environ,
        "UNGVEIVISER_SETTINGS": str(settings),
        "UNGVEIVISER_ENGINE_SECRET": secret,
        "UNGVEIVISER_VAR": str(tmp_path / "var"),
    }
    command = ["bot.engine.serve", "--model", str(DIALOGUE), "--port", str(port)]
    engine = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *command], cwd=ROOT, env=environment
    )

    def state() -> dict[str, Any]:
        try:
            told = httpx.get(f"http://127.0.0.1:{port}/webhooks/gateway/health", trust_env=False)
        except httpx.HTTPError:
            return {}
        return dict(next(iter(told.json().get("catalogs", [])), {}))

    catalog = folder / "9999-eksempelvik.yml"
    sound = catalog.read_text("utf-8")
    try:
        wait_until(lambda: state().get("state") == "ok", 200)
        catalog.write_text(sound.replace("cost: free", "cost: gratis", 1), "utf-8")
        wait_until(lambda: state().get("state") == "faulty", 20)
        assert str(state()["reason"]).startswith("9999-eksempelvik.yml:")
        catalog.write_text(sound.replace("name: Eksempelvik kommune", "name: Byens kommune", 1))
        wait_until(lambda: state().get("state") == "ok", 20)
    finally:
        engine.terminate()
        assert engine.wait(20) is not None


def wait_until(true: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.2)
