"""Alerts by e-mail, over a server of the operator's; encrypted unless it is on this machine."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from functools import partial

from bot.handoff.errors import NotSent
from bot.handoff.notice import Notice
from bot.handoff.retries import PAUSE_SECONDS, with_retries

TIMEOUT_SECONDS = 8.0


@dataclass(frozen=True)
class Smtp:
    """The mail server. Without `user` nobody logs in there."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True


class Mail:
    """Sends notices as e-mail. `pause`: seconds before the second try."""

    def __init__(
        self, smtp: Smtp, timeout: float = TIMEOUT_SECONDS, pause: float = PAUSE_SECONDS
    ) -> None:
        self._smtp = smtp
        self._timeout = timeout
        self._pause = pause

    async def send(self, notice: Notice, target: str) -> None:
        """Send a notice. Raises NotSent, whose text holds no address."""
        letter = self._letter(notice, target)
        await with_retries(partial(asyncio.to_thread, self._deliver, letter), self._pause)

    async def close(self) -> None:
        """There is nothing to close: every letter has a connection of its own."""

    def _deliver(self, letter: EmailMessage) -> None:
        about = self._smtp
        try:
            with smtplib.SMTP(about.host, about.port, timeout=self._timeout) as server:
                if about.starttls:
                    server.starttls(context=ssl.create_default_context())
                if about.user:
                    server.login(about.user, about.password)
                server.send_message(letter)
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(_kind(error), final=_is_final(error)) from None

    def _letter(self, notice: Notice, target: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self._smtp.sender, target
        letter["Subject"], letter["Date"] = notice.subject, formatdate()
        # The same alert has the same id, so that mail programs show one that came twice as one.
        letter["Message-ID"] = f"<{notice.alert}@{self._smtp.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(notice.text)
        return letter


def _kind(error: Exception) -> str:
    """Return what went wrong without what the server said: that may hold an address."""
    code = error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else ""
    return f"{type(error).__name__} {code}".strip()


def _is_final(error: Exception) -> bool:
    return isinstance(error, (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError))
