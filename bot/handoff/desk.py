"""What the staff pages work with, put together once, and one visit of somebody to them."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass, field
from typing import Optional

from redis.asyncio import Redis
from starlette.requests import Request

from bot.handoff.accounts import Account, Accounts
from bot.handoff.audit import Act, Audit, What
from bot.handoff.case import Case
from bot.handoff.cases import Cases
from bot.handoff.duty import Duty
from bot.handoff.errors import NoSuchCase, StoreUnavailable
from bot.handoff.ledger import Ledger
from bot.handoff.link import connect
from bot.handoff.needs import Needs
from bot.handoff.presence import Presence
from bot.handoff.reading import positive
from bot.handoff.roster import Keep
from bot.handoff.schedule import Schedule
from bot.handoff.sessions import Session, Sessions
from bot.handoff.signs import Signs
from bot.handoff.throttle import Throttle
from bot.handoff.waits import Waits
from bot.settings import BadSetting, env, section

MIN_SECRET = 16
_NUMBER = re.compile(r"[0-9]{4}", re.ASCII)


@dataclass
class Desk:
    """The parts behind the staff pages."""

    cases: Cases
    duty: Duty
    accounts: Accounts
    sessions: Sessions
    throttle: Throttle
    audit: Audit
    needs: Needs
    ledger: Ledger
    presence: Presence
    waits: Waits
    schedule: Schedule
    signs: Signs
    # Argon2 needs 64 MB and a core: a crowd at the log-in must not take all of both.
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    @classmethod
    def build(cls, redis: Redis[str], secret: str) -> Desk:
        """Put the parts together from `settings/handoff.yml`. Raises BadSetting."""
        if len(secret) < MIN_SECRET:
            raise BadSetting(
                f"UNGVEIVISER_SECRET has {len(secret)} characters: set it to at least "
                f"{MIN_SECRET} random ones (it signs the cookies of the staff)"
            )
        values, keep, schedule = section("handoff"), Keep.load(), Schedule.load()
        sessions = Sessions(
            redis,
            secret,
            idle=60 * positive(values.get("session_minutes", 30), "session_minutes"),
            longest=3600 * positive(values.get("session_hours", 12), "session_hours"),
        )
        return cls(
            cases=Cases(redis, keep),
            duty=Duty.load(),
            accounts=Accounts.load(),
            sessions=sessions,
            throttle=Throttle(redis, secret),
            audit=Audit(redis, keep),
            needs=Needs(redis),
            ledger=Ledger(redis, keep),
            presence=Presence(redis, schedule),
            waits=Waits(redis),
            schedule=schedule,
            signs=Signs(redis),
        )

    @classmethod
    def from_environment(cls) -> Desk:
        """Use REDIS_URL and UNGVEIVISER_SECRET. Raises StoreUnavailable, BadSetting."""
        url = os.environ.get("REDIS_URL")
        if not url:
            raise StoreUnavailable("REDIS_URL is not set")
        return cls.build(connect(url), env("SECRET"))


@dataclass
class Visit:
    """One request of somebody who is logged in. `form` holds what was posted."""

    request: Request
    desk: Desk
    session: Session
    account: Account
    form: dict[str, str]

    async def case(self) -> Case:
        """Return the case in the address, if this person serves its municipality.

        Raises NoSuchCase, also for another municipality's: nobody learns that it exists.
        """
        case_id = self.request.path_params["case"]
        case = await self.desk.cases.get(case_id)
        if case.unit.municipality not in self.account.municipalities:
            await self.note("denied", case)
            raise NoSuchCase(case_id)
        return case

    async def municipality(self, what: What) -> str:
        """Return the municipality in the address, if this person serves it; note `what`.

        Raises NoSuchCase, for another's as for one that does not exist.
        """
        number: str = self.request.path_params["number"]
        mine = number in self.account.municipalities
        if mine or _NUMBER.fullmatch(number):
            act = Act(what if mine else "denied", self.account.user, municipality=number)
            await self.desk.audit.note(act)
        if not mine:
            raise NoSuchCase(number)
        return number

    async def note(self, what: What, case: Optional[Case] = None) -> None:
        """Write into the record that this person did `what`."""
        about = (case.id, case.unit.municipality) if case else ("", "")
        await self.desk.audit.note(Act(what, self.account.user, *about))
