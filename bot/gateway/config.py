"""The gateway's settings: `settings/bot.yml`, addresses and secrets from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Optional

from bot import settings

MIN_SECRET = 16


@dataclass(frozen=True)
class Config:
    """Everything an operator sets. Times are in the unit that the name says."""

    secret: str
    redis_url: Optional[str] = None
    engine_url: str = "http://127.0.0.1:5005"
    engine_secret: str = ""
    demo: bool = True
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxies: tuple[str, ...] = ("127.0.0.1",)
    frame_ancestors: tuple[str, ...] = ("*",)
    retention_hours: int = 24
    token_hours: int = 168
    return_hours: int = 168
    conversations_in_process: int = 5000
    messages_kept: int = 500
    engine_timeout_seconds: float = 4.0
    silent_timeout_seconds: float = 1.0
    redis_timeout_seconds: float = 1.0
    redis_pause_seconds: float = 1.0
    limit_messages_per_conversation: str = "30/minute"
    limit_messages_per_address: str = "6000/minute"
    limit_conversations_per_address: str = "1200/5minute"
    limit_codes_per_address: str = "120/10minute"
    limit_codes: str = "3000/10minute"
    streams_per_conversation: int = 8
    heartbeat_seconds: int = 15
    events_poll_seconds: float = 1.0
    body_timeout_seconds: float = 10.0
    var: str = str(settings.ROOT / "var" / "gateway")

    def __post_init__(self) -> None:
        if len(self.secret) < MIN_SECRET:
            raise settings.BadSetting(
                f"UNGVEIVISER_SECRET has {len(self.secret)} characters: set it to at least "
                f"{MIN_SECRET} random ones (it signs the keys to conversations)"
            )
        if self.token_hours < self.retention_hours:
            raise settings.BadSetting(
                f"settings/bot.yml: token_hours ({self.token_hours}) is shorter than "
                f"retention_hours ({self.retention_hours}): make it at least as long"
            )

        if self.return_hours < self.retention_hours:
            raise settings.BadSetting(
                f"settings/bot.yml: return_hours ({self.return_hours}) is shorter than "
                f"retention_hours ({self.retention_hours}): make it at least as long"
            )

    @property
    def retention_seconds(self) -> int:
        return self.retention_hours * 3600

    @property
    def token_seconds(self) -> int:
        return self.token_hours * 3600

    @property
    def return_seconds(self) -> int:
        return self.return_hours * 3600

    @classmethod
    def load(cls) -> Config:
        """Read `settings/bot.yml` and the environment.

        Environment: UNGVEIVISER_SECRET (required), UNGVEIVISER_ENGINE_SECRET,
        REDIS_URL, RASA_PORT, UNGVEIVISER_VAR. Raises BadSetting.
        """
        values = dict(settings.section("bot"))
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise settings.BadSetting(
                f"settings/bot.yml: {unknown[0]!r} is no setting of the gateway: "
                "remove it or mend its spelling"
            )
        return cls(**_typed({**values, **_environment()}))


def _environment() -> dict[str, Any]:
    found: dict[str, Any] = {
        "secret": settings.env("SECRET"),
        "engine_secret": settings.env("ENGINE_SECRET"),
        "redis_url": os.environ.get("REDIS_URL") or None,
    }
    if os.environ.get("RASA_PORT"):
        found["engine_url"] = f"http://127.0.0.1:{os.environ['RASA_PORT']}"
    if settings.env("VAR"):
        found["var"] = str(Path(settings.env("VAR"), "gateway"))
    return found


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    for name in ("trusted_proxies", "frame_ancestors"):
        if not isinstance(values.get(name, []), list):
            raise settings.BadSetting(
                f'settings/bot.yml: {name} is {values[name]!r}: write a list, ["a", "b"]'
            )
        values[name] = tuple(str(value) for value in values.get(name, []))
    return values
