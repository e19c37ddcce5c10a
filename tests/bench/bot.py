"""A bot to load and to kill: its own Redis, gateway and engine, restarted as `make start` does.

`quick` takes an engine with known answers and a screen that starts at once, for the test suite;
otherwise everything is what `make start` runs, Rasa and the safety screen included.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import redis.asyncio
import yaml
from argon2 import PasswordHasher

from bot import processes, supervise
from bot.engine.quiet import ENVIRONMENT
from bot.settings import ROOT
from bot.supervise import Part, Supervisor
from tests.conftest import WEDNESDAY_EVENING

PASSWORD = "riktig hest batteri"
NURSE = "ingrid"
RED_FLAG = "jeg skal ta livet mitt i kveld, jeg vil dø i kveld"


class Bot:
    """The running parts. `kill` ends one as a crash would; the supervisor starts it again."""

    def __init__(self, folder: Path, quick: bool) -> None:
        self._folder = folder
        self._quick = quick
        self._parts: dict[str, Part] = {}
        self._supervisor = Supervisor(lambda line: None)
        self.url = ""
        self.redis: redis.asyncio.Redis[str]

    async def start(self) -> None:
        """Start every part and wait until each answers."""
        write_settings(self._folder)
        redis_port, engine_port, port = (processes.free_port() for _ in range(3))
        store = processes.redis_url(redis_port, "for-the-bench")
        env = {
            **ENVIRONMENT,
            "UNGVEIVISER_SECRET": "a-secret-only-for-the-bench",
            "UNGVEIVISER_ENGINE_SECRET": "another-one-for-the-bench",
            "UNGVEIVISER_SETTINGS": str(self._folder / "settings"),
            "UNGVEIVISER_VAR": str(self._folder),
            "UNGVEIVISER_NOW": WEDNESDAY_EVENING,
            "REDIS_URL": store,
            "RASA_PORT": str(engine_port),
        }
        self._parts = {
            "redis": processes.embedded_redis(redis_port, "for-the-bench", self._folder),
            "engine": self._engine(engine_port, env),
            "gateway": self._gateway(port, env),
        }
        for part in self._parts.values():
            await self._supervisor.run(part)
        for name, part in self._parts.items():
            if not await self._supervisor.wait_ready(part, 300):
                raise RuntimeError(f"{name} did not start")
        self.url = f"http://127.0.0.1:{port}"
        self.redis = redis.asyncio.from_url(store, decode_responses=True, socket_timeout=10)

    def kill(self, name: str) -> None:
        """kill -9."""
        process = self._parts[name].process
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)

    async def whole(self) -> None:
        """Wait until every part answers again."""
        for part in self._parts.values():
            await self._supervisor.wait_ready(part, 300)

    async def stop(self) -> None:
        """End every process."""
        with contextlib.suppress(AttributeError):
            await self.redis.close()
        await self._supervisor.close()

    def _engine(self, port: int, env: dict[str, str]) -> Part:
        part = processes.engine(port, env)
        if self._quick:
            part.command = [sys.executable, "-m", "tests.browser.engine", "--port", str(port)]
        return part

    def _gateway(self, port: int, env: dict[str, str]) -> Part:
        part = processes.gateway(port, env)
        if self._quick:
            part.command = [sys.executable, "-m", "tests.bench.gateway", "--port", str(port)]
        return part


@contextlib.asynccontextmanager
async def running(folder: Path, quick: bool) -> AsyncIterator[Bot]:
    """A bot that runs, and does no more afterwards."""
    # What is killed on purpose comes back at once; the longer waits are for what dies by itself.
    wait, supervise.LONGEST_WAIT = supervise.LONGEST_WAIT, supervise.FIRST_WAIT
    bot = Bot(folder, quick)
    try:
        await bot.start()
        yield bot
    finally:
        await bot.stop()
        supervise.LONGEST_WAIT = wait


def write_settings(folder: Path) -> None:
    """Write settings with one nurse who may have any number of chats."""
    target = folder / "settings"
    target.mkdir(parents=True, exist_ok=True)
    for path in (ROOT / "settings").glob("*.yml"):
        (target / path.name).write_text(path.read_text("utf-8"), "utf-8")
    values = yaml.safe_load((ROOT / "settings/handoff.yml").read_text("utf-8"))
    values["municipalities"]["9999"]["max_chats"] = 100_000
    nurse = {
        "user": NURSE,
        "name": "Ingrid",
        "role": "helsesykepleier",
        "access": ["reviewer"],
        "municipalities": ["9999"],
        "password": PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD),
    }
    values["accounts"] = [nurse]
    (target / "handoff.yml").write_text(yaml.safe_dump(values), "utf-8")
