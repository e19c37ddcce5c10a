"""Watches the cases that wait, and sees to it that somebody hears of each.

Every gateway watches; the ledger lets one of them send each alert. An alert that did not
arrive is tried again as long as the case waits.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timezone

from bot.handoff.alerts import Alert, due
from bot.handoff.case import Case
from bot.handoff.cases import Cases
from bot.handoff.channels import Channels
from bot.handoff.duty import Duty
from bot.handoff.errors import HandoffError, NotSent, StoreUnavailable
from bot.handoff.ledger import LEASE_SECONDS, Ledger, Sending
from bot.handoff.notice import notice
from bot.handoff.presence import Presence
from bot.handoff.schedule import Schedule
from bot.handoff.why_off import why_off

log = logging.getLogger(__name__)
EVERY_SECONDS = 2.0
# So long without a whole round means that nobody is being alerted.
STALE_SECONDS = 30.0
# A sending that takes longer is given up before another gateway may take it over.
LONGEST_SECONDS = LEASE_SECONDS * 0.75
AT_ONCE = 16


class Watch:
    """Sends what is due. `clock` returns the time in Norway, by which the roster is read."""

    def __init__(
        self,
        cases: Cases,
        duty: Duty,
        ledger: Ledger,
        channels: Channels,
        schedule: Schedule,
        presence: Presence,
        clock: Callable[[], datetime],
    ) -> None:
        self._cases = cases
        self._duty = duty
        self._ledger = ledger
        self._channels = channels
        self._schedule = schedule
        self._presence = presence
        self._clock = clock
        self._sending: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._last_round = time.monotonic()

    async def run(self) -> None:
        """Watch until cancelled. A fault in one round is logged and does not end it."""
        try:
            while True:
                try:
                    await self.round()
                except StoreUnavailable:
                    log.warning("the cases that wait cannot be read: nobody is alerted")
                except Exception as error:
                    log.error("watching the cases failed: %s", type(error).__name__)
                await asyncio.sleep(EVERY_SECONDS)
        finally:
            for task in self._sending:
                task.cancel()

    async def round(self) -> None:
        """Look at every case that waits, once. Raises StoreUnavailable."""
        for case in await self._cases.waiting(self._duty.numbers):
            for alert in await self._due(case):
                if await self._ledger.claim(alert):
                    task = asyncio.create_task(self._deliver(alert))
                    self._sending.add(task)
                    task.add_done_callback(self._sending.discard)
        self._last_round = time.monotonic()

    async def settled(self) -> None:
        """Wait until everything that has begun to be sent is sent, or given up."""
        await asyncio.gather(*self._sending)

    async def faults(self) -> dict[str, list[Sending]]:
        """Return the channels whose last alert did not arrive, by municipality."""
        found = {number: await self._ledger.sendings(number) for number in self._duty.numbers}
        bad = {number: [one for one in all_ if one.fault] for number, all_ in found.items()}
        return {number: sendings for number, sendings in bad.items() if sendings}

    async def unattended(self) -> list[str]:
        """Return the municipalities that are on duty with nobody logged in. For /health."""
        return await self._presence.unattended(self._duty, self._clock())

    def chat_off(self) -> dict[str, list[str]]:
        """Return why human chat is off, by municipality of the settings. For /health."""
        found = {n: why_off(self._duty.why_off(n), "operator") for n in self._duty.numbers}
        return {number: reasons for number, reasons in found.items() if reasons}

    @property
    def is_awake(self) -> bool:
        """Say whether the cases were looked at lately."""
        return time.monotonic() - self._last_round < STALE_SECONDS

    async def _due(self, case: Case) -> list[Alert]:
        staffing = self._duty.staffing(case.unit.municipality, self._clock())
        sent = await self._ledger.sent(case.id)
        return due(case, datetime.now(timezone.utc), self._schedule, staffing, sent)

    async def _deliver(self, alert: Alert) -> None:
        try:
            await asyncio.wait_for(self._send(alert), LONGEST_SECONDS)
            await self._ledger.settle(alert)
            if alert.to.channel != "chat":
                await self._ledger.note(alert.case.unit.municipality, alert.to.channel)
        except (HandoffError, asyncio.TimeoutError) as error:
            await self._failed(alert, error)
        except Exception as error:
            log.error("an alert failed: %s", type(error).__name__)

    async def _send(self, alert: Alert) -> None:
        case, channel = alert.case, alert.to.channel
        if channel == "chat":
            await self._cases.tell_unanswered(case.id)
            return
        async with self._room:
            words = notice(
                alert, datetime.now(timezone.utc), self._channels.console, self._channels.secret
            )
            await self._channels.senders[channel].send(words, alert.to.target)

    async def _failed(self, alert: Alert, error: BaseException) -> None:
        fault = str(error) if isinstance(error, NotSent) else type(error).__name__
        number, channel = alert.case.unit.municipality, alert.to.channel
        log.error("an alert by %s for %s was not sent: %s", channel, number, fault)
        if channel != "chat":
            try:
                await self._ledger.note(number, channel, fault)
            except StoreUnavailable:
                log.error("that an alert was not sent could not be kept")
