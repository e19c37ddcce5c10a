"""What the staff pages work with, put together once, and one visit of somebody to them."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass, field
from typing import Optional

from redis.asyncio import Redis
from starlette.requests import Request

from bot.handoff.account import Account
from bot.handoff.accounts import Accounts
from bot.handoff.audit import Act, Audit, What
from bot.handoff.case import Case
from bot.handoff.cases import Cases
from bot.handoff.colleagues import Colleagues
from bot.handoff.duty import Duty
from bot.handoff.errors import NoSuchCase, StoreUnavailable
from bot.handoff.false_alarms import FalseAlarms
from bot.handoff.flows import Flows
from bot.handoff.ledger import Ledger
from bot.handoff.link import connect
from bot.handoff.needs import Needs
from bot.handoff.openid import OpenId
from bot.handoff.outcomes import Outcomes
from bot.handoff.presence import Presence
from bot.handoff.provider import Provider
from bot.handoff.reading import positive
from bot.handoff.roster import Keep
from bot.handoff.schedule import Schedule
from bot.handoff.sessions import Session, Sessions
from bot.handoff.signs import Signs
from bot.handoff.store import ID
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
    colleagues: Colleagues
    waits: Waits
    schedule: Schedule
    flows: Flows
    false_alarms: FalseAlarms
    keep: Keep
    outcomes: Outcomes
    signs: Signs
    # The provider by which staff log in; None: by the local accounts.
    openid: Optional[OpenId] = None
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
        provider = Provider.load()
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
            colleagues=Colleagues(redis, schedule),
            waits=Waits(redis),
            schedule=schedule,
            flows=Flows(redis, secret),
            openid=OpenId(provider) if provider else None,
            false_alarms=FalseAlarms(redis, keep),
            keep=keep,
            outcomes=Outcomes(redis),
            signs=Signs(redis),
        )

    def account_of(self, session: Session) -> Optional[Account]:
        """Return whose session it is; None: of the other way to log in, or no account any more."""
        if self.openid is None:
            return None if session.account else self.accounts.get(session.user)
        return Account.from_json(session.account) if session.account else None

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

        Raises NoSuchCase, also for another municipality's, and for that of a youth who knows
        somebody where this person works: nobody learns that it exists.
        """
        case_id: str = self.request.path_params["case"]
        try:
            case = await self.desk.cases.get(case_id)
            if case.is_for(self.account.municipalities):
                return case
        except NoSuchCase:
            pass
        # One entry for both, with the municipality of who asked: not even it tells them apart.
        asked = case_id if ID.fullmatch(case_id) else ""
        await self.desk.audit.note(Act("denied", self.account.user, asked, self.account.served))
        raise NoSuchCase(case_id)

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
        about = (case.id, case.unit.municipality) if case else ("", self.account.served)
        await self.desk.audit.note(Act(what, self.account.user, *about))
