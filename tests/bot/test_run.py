"""What hinders the start is told in one sentence that says what to do."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot import run
from bot.settings import ROOT


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "bot.run"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_taken_port_is_told_with_another_to_try() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        done = start(PORT=str(holder.getsockname()[1]))
    assert done.returncode == 1
    assert "taken" in done.stderr and "make start" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["eighty", "70000", "-1"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(run.CannotStart, match="PORT="):
        run.free_or_refuse(port)


async def test_a_redis_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    with pytest.raises(run.CannotStart, match="REDIS_URL"):
        await run.find_redis(run.Supervisor(lambda line: None))


def test_the_secret_outlives_a_restart_and_is_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("UNGVEIVISER_SECRET", raising=False)
    monkeypatch.setattr(run, "VAR", tmp_path)
    first = run.lasting_secret()
    assert run.lasting_secret() == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
