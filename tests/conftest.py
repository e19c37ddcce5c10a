"""The whole bot, started once for all tests that talk to it: real Rasa, Redis, booking, gateway."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import settings

# How fast an example runs says something of the machine, not of the code.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
ROOT = Path(__file__).resolve().parent.parent
# A Wednesday evening in term time: Eksempelvik has somebody on duty.
WEDNESDAY_EVENING = "2026-10-14T18:30:00+02:00"

FIGURES = "UNGVEIVISER_TEST_FIGURES"
"""The file that holds what was measured on the test split, for every process of this run."""
SCORING = pytest.StashKey[subprocess.Popen[bytes]]()


def pytest_configure(config: pytest.Config) -> None:
    """Name the file before other test processes start, so that they know it too."""
    if not hasattr(config, "workerinput"):
        os.environ[FIGURES] = str(Path(tempfile.mkdtemp()) / "figures.json")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Where all tests run in this process, begin the scoring."""
    if not hasattr(session.config, "workerinput"):
        _score(session.config, [item.nodeid for item in session.items])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any, ids: list[str]) -> None:
    """Where the tests run in several processes, begin it in the one that leads them."""
    _score(node.config, ids)


def _score(config: pytest.Config, tests: list[str]) -> None:
    """Score the test split beside the other tests; test_figures.py, the last file, reads it."""
    if SCORING in config.stash or not any("test_figures.py" in name for name in tests):
        return
    split = ROOT / "tests" / "evaluation" / "test.jsonl"
    command = [sys.executable, "-W", "ignore", "-m", "bot.evaluate", str(split)]
    command = ["nice", *command, "--json", os.environ[FIGURES]]
    # Its tables and its progress would stand in the midst of pytest's own.
    config.stash[SCORING] = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the scoring when the tests ended before it."""
    if SCORING in config.stash:
        config.stash[SCORING].kill()


@pytest.fixture(scope="session")
def figures() -> dict[str, Any]:
    """What `bot.evaluate` measured on the test split, by group."""
    out = Path(os.environ[FIGURES])
    wait_for(out.exists, 1200, "bot.evaluate did not end; run `make evaluate` to see why")
    return json.loads(out.read_text("utf-8"))["figures"]


@dataclass
class Stack:
    """A running bot: where it answers and how to hurt it."""

    url: str
    var: Path
    process: subprocess.Popen[bytes]

    def pid(self, part: str) -> int:
        return int(json.loads((self.var / "pids.json").read_text())[part])

    def kill(self, part: str) -> None:
        """Kill one process as a crash would. The supervisor starts it again."""
        os.kill(self.pid(part), signal.SIGKILL)

    def freeze(self, part: str) -> None:
        """Stop a process without ending it: it answers nobody, and is not restarted."""
        os.kill(self.pid(part), signal.SIGSTOP)

    def thaw(self, part: str) -> None:
        os.kill(self.pid(part), signal.SIGCONT)

    def wait_healthy(self, seconds: float = 90) -> None:
        wait_for(lambda: _healthy(self.url), seconds, f"{self.url}/health did not become healthy")


def wait_for(true, seconds: float, otherwise: str) -> None:
    """Wait until `true()` holds; fail with `otherwise` after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return
        time.sleep(0.2)
    raise AssertionError(otherwise)


def _healthy(url: str) -> bool:
    try:
        found = httpx.get(f"{url}/health", timeout=5)
    except httpx.HTTPError:
        return False
    return found.status_code == 200


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def start_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """A function that starts a bot of its own: `start_stack(**environment) -> Stack`."""
    started: list[Stack] = []

    def start(**environment: str) -> Stack:
        port, var = free_port(), tmp_path_factory.mktemp("var")
        given = {"UNGVEIVISER_NOW": WEDNESDAY_EVENING, **environment}
        env = {**os.environ, "PORT": str(port), "UNGVEIVISER_VAR": str(var), **given}
        log = (var / "log.txt").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.run"], cwd=ROOT, env=env, stdout=log, stderr=log
        )
        stack = Stack(f"http://127.0.0.1:{port}", var, process)
        started.append(stack)
        stack.wait_healthy(240)
        return stack

    yield start
    for stack in started:
        stack.process.send_signal(signal.SIGINT)
    for stack in started:
        try:
            stack.process.wait(30)
        except subprocess.TimeoutExpired:
            stack.process.kill()


@pytest.fixture(scope="session")
def stack(start_stack) -> Stack:
    """The bot that most conversation tests share."""
    return start_stack()
