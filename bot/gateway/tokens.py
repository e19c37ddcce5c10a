"""The key to one conversation: signed, so that it can be checked with Redis down."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.turn import Language


class BadToken(Exception):
    """A token that we did not make, that was altered, or that is too old."""


@dataclass(frozen=True)
class Ticket:
    """What a token says. `language` is None when none was chosen at the start."""

    conversation: str
    language: Optional[Language]
    municipality: Optional[str]
    created: datetime


def new_id() -> str:
    """Return a fresh conversation id: 128 random bits."""
    return secrets.token_urlsafe(16)


class Tokens:
    """Issues and reads tokens under one secret. `max_age` is in seconds."""

    def __init__(self, secret: str, max_age: int) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="ungveiviser.token")
        self._max_age = max_age

    def issue(
        self, conversation: str, language: Optional[Language], municipality: Optional[str]
    ) -> str:
        """Return a token for the `Authorization: Bearer` header."""
        return self._signer.dumps({"c": conversation, "l": language, "m": municipality})

    def read(self, token: str) -> Ticket:
        """Return what a token says. Raises BadToken."""
        try:
            payload, created = self._signer.loads(
                token, max_age=self._max_age, return_timestamp=True
            )
            return Ticket(payload["c"], payload["l"], payload["m"], created)
        except (BadData, KeyError, TypeError, ValueError) as error:
            raise BadToken(type(error).__name__) from None
