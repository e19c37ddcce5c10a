"""Conversation tests that read like conversations: `say`, `press`, `expect`."""

from __future__ import annotations

import re
from typing import Any

import httpx


class Talk:
    """One young person's conversation over the HTTP API."""

    def __init__(self, url: str, **begin: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20)
        answer = self.http.post("/api/conversations", json=begin)
        assert answer.status_code == 201, answer.text
        self.started: dict[str, Any] = answer.json()
        self.id = self.started["id"]
        self.headers = {"Authorization": f"Bearer {self.started['token']}"}
        self.turn: dict[str, Any] = {"messages": self.started["messages"], "state": "bot"}
        self.asked: list[str] = []

    def say(self, text: str) -> Talk:
        """Send a message; the turn must be answered with 200."""
        return self._send({"text": text})

    def press(self, label: str) -> Talk:
        """Press the button whose label holds `label`."""
        for message in reversed(self.turn["messages"]):
            for choice in message["choices"]:
                if label.lower() in choice["label"].lower():
                    return self._send({"choice": choice["value"]})
        raise AssertionError(f"no button {label!r} in {self.labels}")

    def _send(self, body: dict[str, str]) -> Talk:
        answer = self.http.post(
            f"/api/conversations/{self.id}/messages", json=body, headers=self.headers
        )
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text[:500]}"
        self.turn = answer.json()
        if self.turn["expects"]:
            self.asked.append(self.turn["expects"])
        return self

    def expect(self, **wanted: Any) -> Talk:
        """Check the turn; what can be checked stands below as `_expect_<name>`."""
        for name, value in wanted.items():
            getattr(self, f"_expect_{name}")(value)
        return self

    @property
    def text(self) -> str:
        return "\n".join(m["text"] for m in self.turn["messages"])

    @property
    def labels(self) -> list[str]:
        return [c["label"] for m in self.turn["messages"] for c in m["choices"]]

    @property
    def services(self) -> list[dict[str, Any]]:
        return [s for m in self.turn["messages"] for s in m["services"]]

    def _expect_state(self, value: str) -> None:
        assert self.turn["state"] == value, self.turn["state"]

    def _expect_expects(self, value: str | None) -> None:
        assert self.turn["expects"] == value, f"{self.turn['expects']}: {self.text}"

    def _expect_response(self, value: str | None) -> None:
        safety = self.turn["safety"]
        assert (safety and safety["response"]) == value, f"{safety}: {self.text}"

    def _expect_flag(self, value: str | None) -> None:
        safety = self.turn["safety"]
        assert (safety and safety["flag"]) == value, f"{safety}: {self.text}"

    def _expect_level(self, value: str | tuple[str, ...] | None) -> None:
        found = self.turn["help"] and self.turn["help"]["level"]
        wanted = value if isinstance(value, tuple) else (value,)
        assert found in wanted, f"{self.turn['help']}, expects {self.turn['expects']}: {self.text}"

    def _expect_understood(self, value: dict[str, Any]) -> None:
        found = {name: self.turn["understood"][name] for name in value}
        assert found == value, self.turn["understood"]

    def _expect_theme(self, value: str) -> None:
        assert value in self.turn["understood"]["themes"], self.turn["understood"]

    def _expect_place(self, value: str | None) -> None:
        assert self.turn["understood"]["place"] == value, self.turn["understood"]

    def _expect_says(self, value: str | tuple[str, ...]) -> None:
        for wanted in (value,) if isinstance(value, str) else value:
            assert re.search(wanted, self.text, re.IGNORECASE), f"{wanted!r} not in: {self.text}"

    def _expect_never(self, value: str | tuple[str, ...]) -> None:
        for unwanted in (value,) if isinstance(value, str) else value:
            assert not re.search(unwanted, self.text, re.IGNORECASE), (
                f"{unwanted!r} in: {self.text}"
            )

    def _expect_service(self, value: str | tuple[str, ...]) -> None:
        wanted = (value,) if isinstance(value, str) else value
        found = {service["type"] for service in self.services}
        assert found & set(wanted), f"{found}: {self.text}"
