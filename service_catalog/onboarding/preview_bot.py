"""The bot of a preview: `bot.run` as a process of its own, with folders of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Optional

import httpx

from bot.settings import ROOT
from service_catalog.schema import Catalog

HOST = "127.0.0.1"
PATIENCE = 40  # seconds; its own parts get eight each


class PreviewBot:
    """Runs the whole bot on the catalogs in `room`/catalogs, on loopback."""

    def __init__(self, room: Path, port: int) -> None:
        self.catalogs = room / "catalogs"
        self._url = f"http://{HOST}:{port}"
        var = os.environ.get("UNGVEIVISER_VAR", str(room / "var"))
        own = {
            "PORT": str(port),
            "HOST": HOST,
            "UNGVEIVISER_CATALOGS": str(self.catalogs),
            "UNGVEIVISER_VAR": var,
        }
        self.env = {**os.environ, **own}
        # Never the Redis of the bot in service.
        self.env.pop("REDIS_URL", None)
        self._process: Optional[subprocess.Popen[bytes]] = None

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only us."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot.run"], cwd=ROOT, env=self.env, start_new_session=True
        )

    def stop(self) -> None:
        """End it and everything that it started."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    @property
    def ended(self) -> Optional[int]:
        """The exit code when it has ended of itself; None while it runs."""
        return None if self._process is None else self._process.poll()

    def answers(self) -> bool:
        """Say whether every part of it is up."""
        try:
            return httpx.get(f"{self._url}/health", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def address(self, catalog: Catalog) -> str:
        """Return where to chat, with the municipality chosen already."""
        chosen = f"?municipality={catalog.municipality}" if catalog.municipality else ""
        return f"{self._url}/{chosen}"
