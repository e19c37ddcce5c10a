"""Clients of Redis that notice at once when Redis was started anew.

redis-py (4.6) gives out a connection of before the restart as if it were good: that the
server is gone shows only when an answer is waited for. Here a connection is looked at
before it is given out, and made anew where the other side has closed it.
"""

from __future__ import annotations

import select
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ConnectionError

# Not whether there is something to read: over TLS there may be, on a connection that is good.
_GONE = select.POLLRDHUP | select.POLLHUP | select.POLLERR


class Watchful(AbstractConnection):
    """A connection that knows whether the server has closed it."""

    _writer: Any

    async def can_read_destructive(self) -> bool:
        """Say whether there is an answer that nobody took. Raises ConnectionError: make it anew."""
        if self._is_gone():
            raise ConnectionError("closed by the server")
        return await super().can_read_destructive()

    def _is_gone(self) -> bool:
        """Say whether the other side has hung up, even if the event loop has not heard of it."""
        writer = self._writer
        if writer is None or writer.transport.is_closing():
            return True
        look = select.poll()
        look.register(writer.get_extra_info("socket").fileno(), _GONE)
        return bool(look.poll(0))


def client_of(url: str, timeout: float) -> Redis[str]:
    """Return a client: answers as text, and no longer waiting than `timeout` seconds a step."""
    client: Redis[str] = Redis.from_url(
        url, decode_responses=True, socket_timeout=timeout, socket_connect_timeout=timeout
    )
    pool: Any = client.connection_pool
    # By URL it is one of three classes: over TCP, over TLS, over a socket file.
    pool.connection_class = type("WatchfulConnection", (Watchful, pool.connection_class), {})
    return client
