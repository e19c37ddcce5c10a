"""Who is logged in: a signed cookie that points to a session in Redis.

The session is there, and not in the cookie, so that logging out ends it for
certain and everywhere, and every gateway knows of it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Optional

from itsdangerous import BadSignature, Signer, TimestampSigner
from redis.asyncio import Redis

from bot.handoff.link import reach

# How long one can look at the log-in page before it has to be loaded again.
LOGIN_SECONDS = 3600


@dataclass(frozen=True)
class Session:
    """One person logged in. `csrf` must come back with everything that changes something."""

    user: str
    csrf: str
    name: str
    # Of who came by the provider: the account as JSON, and the token that logs out there.
    account: str = ""
    id_token: str = ""


class Sessions:
    """Sessions that end after `idle` seconds without an act, and `longest` seconds in any case."""

    def __init__(self, redis: Redis[str], secret: str, *, idle: int, longest: int) -> None:
        self._redis = redis
        self._signer = Signer(secret, salt="ungveiviser.staff.session")
        self._login_signer = TimestampSigner(secret, salt="ungveiviser.staff.login")
        self._idle = idle
        self._longest = longest

    async def start(self, user: str, account: str = "", id_token: str = "") -> str:
        """Log somebody in; return the value of the cookie."""
        key = secrets.token_urlsafe(32)
        fields = {"user": user, "csrf": secrets.token_urlsafe(32), "began": str(int(time.time()))}
        fields |= {"account": account, "id_token": id_token}

        async def write() -> None:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.hset(_name(key), mapping=fields)  # type: ignore[arg-type]
                pipe.expire(_name(key), self._idle)
                await pipe.execute()

        await reach(write)
        return self._signer.sign(key).decode()

    async def read(self, cookie: Optional[str], *, act: bool = True) -> Optional[Session]:
        """Return the session of a cookie, or None. `act` False: the page asked by itself."""
        key = self._key(cookie)
        if key is None:
            return None
        found = await reach(lambda: self._redis.hgetall(_name(key)))
        left = int(found.get("began", 0)) + self._longest - time.time()
        if not found or left <= 0:
            return None
        if act:
            seconds = max(1, int(min(self._idle, left)))
            await reach(lambda: self._redis.expire(_name(key), seconds))
        more = found.get("account", ""), found.get("id_token", "")
        return Session(found["user"], found["csrf"], key, *more)

    async def end(self, session: Session) -> None:
        """Log out."""
        await reach(lambda: self._redis.delete(_name(session.name)))

    def login_token(self) -> str:
        """Return what the log-in page carries in its form and in a cookie."""
        return self._login_signer.sign(secrets.token_urlsafe(16)).decode()

    def is_login_token(self, in_form: str, in_cookie: Optional[str]) -> bool:
        """Say whether a log-in comes from our own page."""
        if not in_cookie or not hmac.compare_digest(in_form.encode(), in_cookie.encode()):
            return False
        return self._login_signer.validate(in_form, max_age=LOGIN_SECONDS)

    def _key(self, cookie: Optional[str]) -> Optional[str]:
        try:
            return self._signer.unsign(cookie).decode() if cookie else None
        except (BadSignature, UnicodeDecodeError):
            return None


def is_right(session: Session, token: object) -> bool:
    """Say whether a form carries the token of its session."""
    return isinstance(token, str) and hmac.compare_digest(token.encode(), session.csrf.encode())


def _name(key: str) -> str:
    """Return the name of a session; whoever reads Redis cannot make a cookie of it."""
    return f"ung:staff:session:{hashlib.sha256(key.encode()).hexdigest()}"
