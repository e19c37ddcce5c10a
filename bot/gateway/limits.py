"""How many messages, and tries of a return code, may come: per conversation, and per address.

The limits come after the safety screen and open when Redis is gone. An address
is never kept: it is hashed under a key that is another one every day, and what
is counted under the hash is forgotten when its window ends.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from datetime import datetime, timezone
from typing import Any, Optional

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter

from bot.gateway.config import Config
from bot.gateway.redis_link import RedisLink, StoreDown

NAMESPACE = "ung:limit"
# One household or school has a whole IPv6 network of this size.
IPV6_NETWORK = 64


class LinkStorage(Storage):  # type: ignore[misc]
    """Counters of the `limits` library in Redis, through our own fail-fast link."""

    STORAGE_SCHEME = None

    def __init__(self, link: RedisLink) -> None:
        super().__init__()
        self._link = link

    async def incr(
        self, key: str, expiry: int, elastic_expiry: bool = False, amount: int = 1
    ) -> int:
        """Add to a counter that lives `expiry` seconds from its first hit. Raises StoreDown."""

        async def work(client: Any) -> int:
            async with client.pipeline(transaction=True) as pipe:
                pipe.set(key, 0, ex=expiry, nx=not elastic_expiry)
                pipe.incrby(key, amount)
                answers: list[Any] = await pipe.execute()
            return int(answers[-1])

        return await self._link.call(work)

    async def get(self, key: str) -> int:
        """Return a counter. Raises StoreDown."""
        return int(await self._link.call(lambda client: client.get(key)) or 0)

    async def get_expiry(self, key: str) -> int:
        """Return when a counter ends, in seconds since 1970. Raises StoreDown."""
        left = await self._link.call(lambda client: client.ttl(key))
        return int(max(int(left), 0) + time.time())

    async def check(self) -> bool:
        """Say whether Redis answers."""
        return await self._link.is_up()

    async def reset(self) -> Optional[int]:
        """Not needed: counters end by themselves."""
        return None

    async def clear(self, key: str) -> int:
        """Remove a counter. Raises StoreDown."""
        return int(await self._link.call(lambda client: client.delete(key)))


class Limits:
    """The limits of the gateway. Each check returns seconds to wait, or None."""

    def __init__(self, link: RedisLink, config: Config) -> None:
        self._storage = LinkStorage(link)  # the limiter holds it weakly
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._secret = config.secret
        self._conversation = _item(config.limit_messages_per_conversation)
        self._address = _item(config.limit_messages_per_address)
        self._start = _item(config.limit_conversations_per_address)
        self._code_address = _item(config.limit_codes_per_address)
        self._codes = _item(config.limit_codes)

    async def message(self, conversation: str, address: Optional[str]) -> Optional[int]:
        """Count a message in a conversation and from an address."""
        return await self._hit(
            self._conversation, "m", self._hash(conversation)
        ) or await self._by_address(self._address, "a", address)

    async def start(self, address: Optional[str]) -> Optional[int]:
        """Count the start of a conversation from an address."""
        return await self._by_address(self._start, "s", address)

    async def code(self, address: Optional[str]) -> Optional[int]:
        """Count a try of a return code from an address, and from everywhere together.

        Who is refused by the first does not count in the second: one address alone keeps
        nobody else from coming back.
        """
        return await self._by_address(self._code_address, "c", address) or await self._hit(
            self._codes, "codes"
        )

    async def _by_address(
        self, item: RateLimitItem, name: str, address: Optional[str]
    ) -> Optional[int]:
        network = network_of(address)
        return None if network is None else await self._hit(item, name, self._hash(network))

    async def _hit(self, item: RateLimitItem, *names: str) -> Optional[int]:
        try:
            if await self._limiter.hit(item, *names):
                return None
            reset, _ = await self._limiter.get_window_stats(item, *names)
        except StoreDown:
            return None
        return max(1, int(reset - time.time()))

    def _hash(self, value: str) -> str:
        today = datetime.now(timezone.utc).date().isoformat()
        key = hmac.new(self._secret.encode(), f"limits:{today}".encode(), hashlib.sha256).digest()
        return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:24]


def network_of(address: Optional[str]) -> Optional[str]:
    """Return what one counts an address by, or None for one that is never limited."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback:
        return None
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))
    return str(parsed)


def _item(notation: str) -> RateLimitItem:
    item = parse(notation)
    item.namespace = NAMESPACE
    return item
