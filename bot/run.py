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
import subprocess
import sys
from pathlib import Path

import redis.asyncio
from redis.exceptions import RedisError

from bot import processes
from bot.engine.quiet import ENVIRONMENT
from bot.handoff.accounts import ensure_demo_account
from bot.processes import HOST, free_port
from bot.settings import ROOT
from bot.supervise import Supervisor

VAR = Path(os.environ.get("UNGVEIVISER_VAR", ROOT / "var"))


class CannotStart(RuntimeError):
    """Something outside hinders the start; one sentence on what to do."""


def main() -> int:
    """Start everything. Returns the exit code."""
    try:
        port = free_or_refuse(os.environ.get("PORT", "8000"))
        VAR.mkdir(parents=True, exist_ok=True)
        print("Ungveiviser: checking the models", flush=True)
        train_apart()
        asyncio.run(serve(port))
    except CannotStart as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # while the models are looked at; nothing runs yet
        print("\n  stopped", flush=True)
        return 130
    return 0


def train_apart() -> None:
    """Train what is not current in a process of its own, which gives its memory back.

    Raises CannotStart when training failed; it has said why.
    """
    done = subprocess.run([sys.executable, "-W", "ignore", "-m", "bot.train"], check=False)
    if done.returncode:
        raise CannotStart("Without its models the bot cannot start.")


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
        "REDIS_URL": await find_redis(supervisor),
        "RASA_PORT": str(engine_port),
        **processes.booking_env(booking_port),
    }
    gateway = processes.gateway(port, env)
    engine = processes.engine(engine_port, env)
    for part in (processes.booking_demo(booking_port, VAR, env), gateway, engine):
        await supervisor.run(part)
    if not await supervisor.wait_ready(gateway, 120):
        _unless_stopped(supervisor, "The gateway did not answer within two minutes")
    print("  the page is up; the engine is loading its model …", flush=True)
    if not await supervisor.wait_ready(engine, 240):
        _unless_stopped(supervisor, "Rasa did not answer within four minutes: try `make train`")
    announce(port)


def announce(port: int) -> None:
    """Print where to go, and how to log in to the demo's staff console."""
    account = ensure_demo_account()
    login = f" (user {account[0]}, password {account[1]})" if account else ""
    print(
        f"\n  Chat:           http://{HOST}:{port}/"
        f"\n  Staff console:  http://{HOST}:{port}/staff{login}"
        "\n  Ctrl-C ends everything.\n",
        flush=True,
    )


async def find_redis(supervisor: Supervisor) -> str:
    """Return the URL of the operator's Redis, or start the embedded one. Raises CannotStart."""
    given = os.environ.get("REDIS_URL")
    if given:
        await _ping(given)
        return given
    port, password = free_port(), secrets.token_hex(16)
    part = processes.embedded_redis(port, password, VAR)
    await supervisor.run(part)
    if not await supervisor.wait_ready(part, 30):
        _unless_stopped(supervisor, f"The embedded Redis did not start: see {VAR}/redis/redis.log")
    return processes.redis_url(port, password)


async def _ping(url: str) -> None:
    try:
        async with redis.asyncio.from_url(url, socket_connect_timeout=3) as client:
            await client.ping()
    except (RedisError, OSError, ValueError) as error:
        raise CannotStart(f"REDIS_URL is set, but that Redis does not answer ({error}).") from None


def _unless_stopped(supervisor: Supervisor, trouble: str) -> None:
    if not supervisor.stopping:
        raise CannotStart(f"{trouble}; the lines above may say why.")


def free_or_refuse(wanted: str) -> int:
    """Return the port `wanted` when it can be had. Raises CannotStart with what to do."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            port = int(wanted)
            probe.bind((os.environ.get("HOST", HOST), port))
        except (OSError, OverflowError, ValueError):
            raise CannotStart(
                f"PORT={wanted} is taken or cannot be used: try `PORT=8080 make start`."
            ) from None
    return port


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
