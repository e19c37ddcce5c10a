"""Processes that are kept alive, on real ones."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from bot.supervise import Part, Supervisor


async def _always() -> bool:
    return True


async def wait_until(true, seconds: float = 10) -> None:
    for _ in range(int(seconds / 0.05)):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen in time")


def sleeper(name: str = "sleeper") -> Part:
    return Part(name, [sys.executable, "-c", "import time; time.sleep(60)"], _always)


def is_alive(pid: int) -> bool:
    """Say whether a process runs; one that is dead but not yet buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def test_what_dies_is_started_again_and_told(tmp_path: Path) -> None:
    lines: list[str] = []
    supervisor = Supervisor(lines.append, tmp_path / "pids.json")
    part = sleeper()
    await supervisor.run(part)
    first = part.process.pid
    os.kill(first, signal.SIGKILL)
    await wait_until(lambda: part.process.pid != first)
    await wait_until(lambda: json.loads((tmp_path / "pids.json").read_text())["sleeper"] != first)
    assert "sleeper ended" in lines[0]
    await supervisor.close()


SPAWNS = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(60)
"""


async def test_closing_ends_every_process_and_its_children(tmp_path: Path) -> None:
    supervisor = Supervisor(lambda line: None)
    note = tmp_path / "child"
    parts = [sleeper("one"), Part("parent", [sys.executable, "-c", SPAWNS, str(note)], _always)]
    for part in parts:
        await supervisor.run(part)
    await wait_until(lambda: note.exists() and note.read_text())
    child = int(note.read_text())
    assert is_alive(child)
    await supervisor.close()
    assert not any(is_alive(part.process.pid) for part in parts)
    await wait_until(lambda: not is_alive(child))


async def test_one_that_never_answers_is_told() -> None:
    async def never() -> bool:
        raise ConnectionError

    supervisor = Supervisor(lambda line: None)
    part = Part("mute", [sys.executable, "-c", "import time; time.sleep(60)"], never)
    await supervisor.run(part)
    assert not await supervisor.wait_ready(part, 0.6)
    await supervisor.close()
