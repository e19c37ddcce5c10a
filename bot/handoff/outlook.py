"""What can honestly be said of how long a human will take. Never a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from bot.handoff import steps
from bot.handoff.cases import Cases
from bot.handoff.duty import Duty, Receiver
from bot.handoff.presence import Presence
from bot.handoff.waits import A_FEW_MINUTES, Waits

# unattended: nobody was logged in lately; busy: all have as many chats as they can have;
# minutes: of late it took a few minutes; unknown: nothing can be said.
Outlook = Literal["unattended", "busy", "minutes", "unknown"]


class Outlooks:
    """Looks at who is logged in, how many chats they have, and how long others waited."""

    def __init__(self, cases: Cases, duty: Duty, presence: Presence, waits: Waits) -> None:
        self._cases = cases
        self._duty = duty
        self._presence = presence
        self._waits = waits

    async def outlook(self, receiver: Receiver, at: datetime) -> Outlook:
        """Return what is known for a case that opens at `at`. Raises StoreUnavailable."""
        number = receiver.municipality
        if not await self._presence.is_there(number):
            return "unattended"
        taken = await self._cases.taken([number])
        if len(taken) >= self._duty.room(number, at):
            return "busy"
        longest = timedelta(seconds=A_FEW_MINUTES)
        waiting = await self._cases.waiting([number])
        if any(steps.age(case.waiting_since) > longest for case in waiting):
            return "unknown"
        return "minutes" if (await self._waits.of(number)).is_short else "unknown"
