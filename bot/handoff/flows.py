"""One try to log in at the provider, remembered in a signed cookie of the browser that began it.

Nothing is kept here for who only looks at the log-in: strangers can't fill Redis. A try that
comes back is noted for as long as its cookie would hold, so that it comes back once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from typing import Optional

from itsdangerous import BadData, URLSafeTimedSerializer
from redis.asyncio import Redis

from bot.handoff.link import reach

FLOW_SECONDS = 600


@dataclass(frozen=True)
class Flow:
    """What binds an answer of the provider to the browser that asked, 256 random bits each."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def fresh(cls) -> Flow:
        """Begin a try."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))


class Flows:
    """Writes and reads the cookie of a try."""

    def __init__(self, redis: Redis[str], secret: str) -> None:
        self._redis = redis
        self._signer = URLSafeTimedSerializer(secret, salt="ungveiviser.staff.flow")

    def cookie(self, flow: Flow) -> str:
        """Return the value of the cookie."""
        return self._signer.dumps(asdict(flow))

    async def take(self, cookie: Optional[str], state: str) -> Optional[Flow]:
        """Return the try that `state` came back for, once; None: it is none of this browser's."""
        try:
            flow = Flow(**self._signer.loads(cookie or "", max_age=FLOW_SECONDS))
        except (BadData, TypeError):
            return None
        if not hmac.compare_digest(flow.state.encode(), state.encode()):
            return None
        name = f"ung:staff:flow:{hashlib.sha256(state.encode()).hexdigest()}"
        first = await reach(lambda: self._redis.set(name, 1, ex=FLOW_SECONDS, nx=True))
        return flow if first else None
