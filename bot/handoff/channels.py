"""The ways out of the house for alerts, put together from settings and environment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Optional, Protocol

from bot.handoff.address import is_loopback, read_url
from bot.handoff.mail import Mail, Smtp
from bot.handoff.notice import Notice
from bot.handoff.reading import FILE, check_names, positive, text_of
from bot.handoff.roster import Municipality
from bot.handoff.schedule import alert_settings
from bot.handoff.webhook import Webhook
from bot.settings import BadSetting, env

MIN_SECRET = 16


class Sender(Protocol):
    """Sends notices to one kind of address."""

    async def send(self, notice: Notice, target: str) -> None:
        """Send, or raise NotSent."""

    async def close(self) -> None:
        """Let go of connections."""


@dataclass(frozen=True)
class Channels:
    """How to reach staff. `console` is the address that every notice names."""

    senders: Mapping[str, Sender]
    console: str = ""
    secret: str = ""

    @classmethod
    def load(
        cls, values: Mapping[str, Any], municipalities: Iterable[Municipality], secret: str
    ) -> Channels:
        """Build the channels that the settings use. Raises BadSetting for what is missing.

        Environment: UNGVEIVISER_ALERT_SECRET signs webhooks, UNGVEIVISER_SMTP_PASSWORD logs
        in to the mail server.
        """
        used = {address.channel for one in municipalities for _, address in one.everybody()}
        about = alert_settings(values)
        console = about.get("console")
        if used and console is None:
            raise BadSetting(f"{FILE}: alerts.console is missing: write the staff pages' address")
        senders: dict[str, Sender] = {}
        if "webhook" in used:
            senders["webhook"] = Webhook(_signing_secret())
        if "email" in used:
            senders["email"] = Mail(_smtp(about.get("smtp")))
        address = read_url(console, f"{FILE}: alerts.console") if console is not None else ""
        return cls(senders, address, secret)

    async def close(self) -> None:
        """Let go of every connection."""
        for sender in self.senders.values():
            await sender.close()


def _signing_secret() -> str:
    secret = env("ALERT_SECRET")
    if len(secret) < MIN_SECRET:
        raise BadSetting(
            f"UNGVEIVISER_ALERT_SECRET has {len(secret)} characters: set it to at least "
            f"{MIN_SECRET} random ones (it signs the webhooks named in {FILE})"
        )
    return secret


def _smtp(about: Any) -> Smtp:
    where = f"{FILE}: alerts.smtp"
    if not isinstance(about, dict):
        raise BadSetting(f"{where} is {about!r}: write host, port, sender below it")
    check_names(about, {"host", "port", "sender", "user", "starttls"}, where)
    host, starttls = text_of(about, "host", where), about.get("starttls", True)
    if starttls is not True and not is_loopback(host):
        raise BadSetting(f"{where}: starttls is {starttls!r}: only this machine goes without it")
    user: Optional[str] = about.get("user")
    return Smtp(
        host=host,
        port=positive(about.get("port", 587), "alerts.smtp.port"),
        sender=text_of(about, "sender", where),
        user=text_of(about, "user", where) if user is not None else "",
        password=env("SMTP_PASSWORD"),
        starttls=starttls is True,
    )
