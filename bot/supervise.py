"""Keeps processes alive: starts them, restarts what dies, ends them all together."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FIRST_WAIT = 0.5
LONGEST_WAIT = 15.0
STEADY_AFTER = 30.0  # seconds alive after which a death counts as the first again
GRACE = 8.0


@dataclass
class Part:
    """One process of the bot. `ready` says whether it answers."""

    name: str
    command: Sequence[str]
    ready: Callable[[], Awaitable[bool]]
    env: Mapping[str, str] = field(default_factory=dict)
    stdin: str | None = None
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches only us."""
        self.process = await asyncio.create_subprocess_exec(
            *self.command,
            env={**os.environ, **self.env},
            stdin=asyncio.subprocess.PIPE if self.stdin else asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        if self.stdin and self.process.stdin:
            self.process.stdin.write(self.stdin.encode())
            await self.process.stdin.drain()
            self.process.stdin.close()

    async def stop(self) -> None:
        """End the process and its children: politely, then for certain."""
        if self.process is None or self.process.returncode is not None:
            return
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.process.wait(), GRACE)
        except asyncio.TimeoutError:
            self._signal(signal.SIGKILL)
            await self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


class Supervisor:
    """Runs parts until told to stop."""

    def __init__(self, say: Callable[[str], None], pids: Path | None = None) -> None:
        self._say = say
        self._pids = pids
        self._parts: list[Part] = []
        self._watchers: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    async def run(self, part: Part) -> None:
        """Start `part` and restart it whenever it dies."""
        self._parts.append(part)
        await part.start()
        self._note_pids()
        self._watchers.append(asyncio.create_task(self._watch(part)))

    async def wait_ready(self, part: Part, seconds: float) -> bool:
        """Wait until `part` answers; False when it has not within `seconds`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._stopping.is_set():
            with contextlib.suppress(Exception):
                if await part.ready():
                    return True
            await asyncio.sleep(0.25)
        return False

    async def until_stopped(self) -> None:
        await self._stopping.wait()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def stop(self) -> None:
        self._stopping.set()

    async def close(self) -> None:
        """End every process, the last started first."""
        self._stopping.set()
        for watcher in self._watchers:
            watcher.cancel()
        for part in reversed(self._parts):
            await part.stop()

    async def _watch(self, part: Part) -> None:
        wait = FIRST_WAIT
        while True:
            assert part.process is not None
            started = time.monotonic()
            code = await part.process.wait()
            if self._stopping.is_set():
                return
            if time.monotonic() - started > STEADY_AFTER:
                wait = FIRST_WAIT
            self._say(f"{part.name} ended (exit {code}); starting it again in {wait:g} s")
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            await part.start()
            self._note_pids()

    def _note_pids(self) -> None:
        """Write which process is which, for operators and fault tests."""
        if self._pids:
            running = {part.name: part.process.pid for part in self._parts if part.process}
            self._pids.write_text(json.dumps(running))
