"""The demo booking server in a process of its own, and the ways to hurt it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import httpx

from service_catalog.booking.client import BookingClient
from service_catalog.booking.login import Login
from tests.conftest import free_port, wait_for

CLIENT = {"BOOKING_DEMO_CLIENT_ID": "ungveiviser", "BOOKING_DEMO_CLIENT_SECRET": "hemme lig/1"}


class Server:
    """A booking server; `env` and `options` as it is started with."""

    def __init__(self, database: str, *options: str, **env: str) -> None:
        self.port, self.database, self.options, self.env = free_port(), database, options, env
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "demo.booking_server", "--port", str(self.port)]
        command += ["--database", self.database, "--faults", *self.options]
        self.process = subprocess.Popen(command, env={**os.environ, **self.env})
        wait_for(self._up, 20, "the booking server did not start")

    def _up(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health").status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def revive(self) -> None:
        """Start it again after it has died by itself."""
        assert self.process.wait(10) == -signal.SIGKILL
        self.start()

    def fault(self, mode: str | None, **more: Any) -> None:
        httpx.put(f"{self.url}/fault", json={"mode": mode, **more}).raise_for_status()

    def booked(self) -> list[dict[str, Any]]:
        """Return everything in its book, cancelled ones too."""
        found: list[dict[str, Any]] = httpx.get(f"{self.url}/booked").json()
        return found

    def held(self) -> list[str]:
        """Return the slots that somebody has."""
        return [one["slot"][0]["reference"] for one in self.booked() if one["status"] == "booked"]

    def client(self, **about: Any) -> BookingClient:
        return BookingClient(f"{self.url}/fhir", **about)

    def login(self, secret: str = CLIENT["BOOKING_DEMO_CLIENT_SECRET"]) -> Login:
        return Login(f"{self.url}/token", CLIENT["BOOKING_DEMO_CLIENT_ID"], secret)
