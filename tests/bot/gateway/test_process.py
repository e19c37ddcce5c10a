"""The gateway as its operator runs it: a process, real sockets, signals."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.bot.gateway.conftest import SECRET, free_port
from tests.bot.gateway.standins import ACUTE

ROOT = Path(__file__).resolve().parents[3]


class Process:
    """A gateway process; `log` is all that it wrote."""

    def __init__(self, redis_url: str, folder: Path) -> None:
        settings = shutil.copytree(ROOT / "settings", folder / "settings")
        lines = (settings / "bot.yml").read_text("utf-8")
        lines = re.sub(r"(?m)^body_timeout_seconds: .*", "body_timeout_seconds: 1.0", lines)
        (settings / "bot.yml").write_text(lines, "utf-8")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = folder / "log.txt"
        self.environment = {
            **os.environ,
            "UNGVEIVISER_SECRET": SECRET,
            "REDIS_URL": redis_url,
            "RASA_PORT": str(free_port()),  # nobody listens there
            "UNGVEIVISER_VAR": str(folder),
            "UNGVEIVISER_SETTINGS": str(settings),
        }

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.gateway.serving", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log_file.open("ab"),
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/alive", trust_env=False).status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(self.log)

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def gateway(redis_server, tmp_path_factory):
    redis_server.mend()
    process = Process(redis_server.url, tmp_path_factory.mktemp("process"))
    process.start()
    yield process
    process.stop()


@pytest.fixture
def client(gateway):
    with httpx.Client(base_url=gateway.url, timeout=10, trust_env=False) as one:
        yield one


def begin(client) -> tuple[str, dict[str, str]]:
    started = client.post("/api/conversations", json={"municipality": "9999"}).json()
    return f"/api/conversations/{started['id']}", {"Authorization": f"Bearer {started['token']}"}


def test_rasa_is_not_there_at_all(gateway, client):
    path, key = begin(client)
    answer = client.post(f"{path}/messages", json={"text": f"jeg {ACUTE}"}, headers=key)
    assert answer.status_code == 200 and answer.json()["safety"]["response"] == "emergency"
    answer = client.post(f"{path}/messages", json={"text": "jeg gruer meg"}, headers=key)
    assert answer.status_code == 200 and "116 111" in answer.text
    assert "server" not in answer.headers


def test_killed_and_started_again_nothing_acknowledged_is_lost(gateway, client):
    path, key = begin(client)
    for number in range(3):
        client.post(f"{path}/messages", json={"text": f"melding {number}"}, headers=key)
    gateway.stop()
    gateway.start()
    with httpx.Client(base_url=gateway.url, trust_env=False) as again:
        messages = again.get(path, headers=key).json()["messages"]
    said = [message["text"] for message in messages if message["from"] == "youth"]
    assert said == ["melding 0", "melding 1", "melding 2"]


def test_no_words_and_no_address_in_the_log(gateway, client):
    path, key = begin(client)
    for body in (
        b'{"text": "hemmelige ord"}',
        b"hemmelige ord",
        b'{"text": "hemmelige ord \\ud800"}',
    ):
        client.post(
            f"{path}/messages", content=body, headers={**key, "X-Forwarded-For": "198.51.100.7"}
        )
    client.get(f"{path}?hemmelige=ord", headers=key)
    token = key["Authorization"].split()[1]
    for word in ("hemmelige", "198.51", "127.0.0.1", token, path):
        assert word not in gateway.log, gateway.log


def test_a_client_that_never_finishes_does_not_hold_anything_up(gateway, client):
    path, key = begin(client)
    lines = [f"POST {path}/messages HTTP/1.1", "Host: x", "Content-Length: 900"]
    lines += [f"{name}: {value}" for name, value in key.items()]
    with socket.create_connection(("127.0.0.1", gateway.port)) as slow:
        slow.sendall("\r\n".join([*lines, "", '{"text": "jeg ']).encode())
        answer = client.post(f"{path}/messages", json={"text": "hei"}, headers=key)
        assert answer.status_code == 200
        slow.settimeout(15)
        slow.sendall(f"{ACUTE}".encode())
        got = b"".join(iter(lambda: slow.recv(65536), b"")).decode()
    assert got.startswith("HTTP/1.1 408") and re.search(r'"response":\s*"emergency"', got)


def test_without_a_secret_it_says_what_to_do(tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("UNGVEIVISER_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot.gateway"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "UNGVEIVISER_SECRET" in done.stderr


def test_ctrl_c_ends_it_also_with_an_open_stream(gateway, client):
    path, key = begin(client)
    seen = []

    def listen() -> None:
        with (
            contextlib.suppress(httpx.HTTPError),
            httpx.stream(
                "GET", f"{gateway.url}{path}/events", headers=key, timeout=20, trust_env=False
            ) as answer,
        ):
            seen.append(answer.status_code)
            for _ in answer.iter_lines():
                pass

    thread = threading.Thread(target=listen)
    thread.start()
    time.sleep(0.5)
    gateway.process.send_signal(signal.SIGINT)
    gateway.process.wait(8)
    thread.join(8)
    assert seen == [200] and not thread.is_alive()
