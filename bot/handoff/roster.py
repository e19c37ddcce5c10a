"""Reads `settings/handoff.yml`: who has human chat, duty and backup, what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Optional, Union, cast

from bot.handoff.address import NAMES, Address, read_addresses
from bot.handoff.agreements import Agreement, read_agreements
from bot.handoff.reading import FILE, check_names, positive, read_number, text_of, text_or_none
from bot.handoff.terms import CLOSED_DAYS, DAY, HOUR, Term, read_term
from bot.settings import BadSetting, section
from service_catalog.errors import BadHours
from service_catalog.hours import Hours

Role = Literal["helsesykepleier", "psykolog", "lege"]
# What a youth is told about confidentiality holds for health personnel.
ROLES: tuple[Role, ...] = ("helsesykepleier", "psykolog", "lege")
NEEDED = ("responsible_body", "roster", "backup")
DEFAULT_MAX_CHATS = 3
_OWN = {"name", "max_chats", "takes_over_from", "keep", "page_alone_decided_by"}
_TOP = {
    "alerts",
    "receiving_unit",
    "open_days",
    "closed_days",
    "audit_days",
    "false_alarm_days",
    "session_minutes",
    "session_hours",
    "municipalities",
    "login",
    "demo_account",
    "accounts",
}


@dataclass(frozen=True)
class Shift:
    """One person of a roster and when they have duty. `name` is a first name or a function."""

    name: str
    role: Role
    hours: Hours
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Backup:
    """Who is called when nobody takes a case."""

    name: str
    role: Role
    phone: str
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Municipality:
    """What a municipality has said about its human chat. `addresses`: those of the unit.

    `page_alone_decided_by`: who has decided that no alert need leave the house.
    """

    number: str
    name: str
    responsible_body: Optional[str]
    roster: tuple[Shift, ...]
    backup: Optional[Backup]
    max_chats: int
    addresses: tuple[Address, ...] = ()
    takes_over_from: tuple[Agreement, ...] = ()
    keep: Optional[Term] = None
    page_alone_decided_by: Optional[str] = None

    def everybody(self) -> list[tuple[str, Address]]:
        """Return every address of the municipality, and whose it is."""
        people: list[Union[Shift, Backup]] = [*self.roster, *([self.backup] if self.backup else [])]
        found = [(self.name, address) for address in self.addresses]
        return found + [(who.name, address) for who in people for address in who.addresses]

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be named before its human chat is on; empty when it is on."""
        missing = [name for name in NEEDED if not getattr(self, name)]
        if not self.everybody() and not self.page_alone_decided_by:
            missing.append("alerts")
        return tuple(missing)

    @property
    def page_alone(self) -> Optional[str]:
        """Who answers for it that the open page is the only alert; None when alerts are sent."""
        return None if self.everybody() else self.page_alone_decided_by


@dataclass(frozen=True)
class Keep:
    """How long things are kept, in seconds; `own`: where a municipality differs, by number."""

    open: int = 7 * DAY
    closed: int = 30 * DAY
    audit: int = 365 * DAY
    false_alarms: int = 180 * DAY
    own: Mapping[str, Term] = field(default_factory=dict)

    def closed_in(self, municipality: str) -> int:
        """Return how long a municipality keeps a case after its end."""
        days = self.own.get(municipality, Term()).closed_days
        return self.closed if days is None else days * DAY

    def chat_in(self, municipality: Optional[str], default: int) -> int:
        """Return how long a municipality keeps a chat after its last message."""
        hours = self.own.get(municipality or "", Term()).chat_hours
        return default if hours is None else hours * HOUR

    @property
    def longest(self) -> int:
        """How long the list of open cases may be needed at most."""
        return max([self.open, self.closed, *(self.closed_in(number) for number in self.own)])

    @property
    def longest_chat(self) -> int:
        """The longest that any municipality itself keeps a chat; 0 when none has set it."""
        return max((self.chat_in(number, 0) for number in self.own), default=0)

    @classmethod
    def load(cls) -> Keep:
        """Read `settings/handoff.yml`. Raises BadSetting."""
        return cls.read(section("handoff"))

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Keep:
        """Return what the settings say. Raises BadSetting."""
        days = {
            "open": "open_days",
            "closed": "closed_days",
            "audit": "audit_days",
            "false_alarms": "false_alarm_days",
        }
        given = {
            name: DAY * positive(values[key], key) for name, key in days.items() if key in values
        }
        own = {m.number: m.keep for m in read_municipalities(values).values() if m.keep}
        kept = cls(**given, own=own)
        if kept.closed > CLOSED_DAYS[1] * DAY:
            raise BadSetting(f"{FILE}: closed_days is more than {CLOSED_DAYS[1]}: write fewer")
        return kept


def read_municipalities(values: Mapping[str, Any]) -> dict[str, Municipality]:
    """Return the municipalities of the settings by number. Raises BadSetting."""
    check_names(values, _TOP, FILE)
    found = values.get("municipalities") or {}
    if not isinstance(found, dict):
        raise BadSetting(f"{FILE}: municipalities is {found!r}: write '\"9999\": …' lines below it")
    return {number: _municipality(number, about) for number, about in found.items()}


def read_person(about: Any, where: str, more: set[str]) -> tuple[str, Role]:
    """Return the name and the role of a person in the settings. Raises BadSetting."""
    if not isinstance(about, dict):
        raise BadSetting(f"{where}: {about!r} is no person: write name, role and the like below it")
    check_names(about, {"name", "role", *more}, where)
    role = about.get("role")
    if role not in ROLES:
        raise BadSetting(f"{where}: role is {role!r}: write one of {', '.join(ROLES)}")
    return text_of(about, "name", where), cast(Role, role)


def _municipality(number: Any, about: Any) -> Municipality:
    where = f"{FILE}: municipalities"
    where = f"{where}.{read_number(number, where)}"
    if not isinstance(about, dict):
        raise BadSetting(f"{where} is {about!r}: write name, responsible_body, roster, backup")
    check_names(about, {*_OWN, *NEEDED, *NAMES}, where)
    roster = about.get("roster") or []
    if not isinstance(roster, list):
        raise BadSetting(f"{where}.roster is {roster!r}: write a list, one '- name: …' a person")
    return Municipality(
        number=number,
        name=text_of(about, "name", where),
        responsible_body=text_or_none(about, "responsible_body", where),
        roster=tuple(_shift(one, f"{where}.roster[{i}]") for i, one in enumerate(roster, 1)),
        backup=_backup(about.get("backup"), f"{where}.backup"),
        max_chats=positive(about.get("max_chats", DEFAULT_MAX_CHATS), "max_chats"),
        addresses=read_addresses(about, where),
        takes_over_from=read_agreements(about.get("takes_over_from"), f"{where}.takes_over_from"),
        keep=read_term(about.get("keep"), f"{where}.keep"),
        page_alone_decided_by=text_or_none(about, "page_alone_decided_by", where),
    )


def _shift(about: Any, where: str) -> Shift:
    name, role = read_person(about, where, {"hours", *NAMES})
    try:
        hours = Hours(text_of(about, "hours", where))
    except BadHours as error:
        raise BadSetting(f"{where}: hours {about['hours']!r}: {error}") from None
    return Shift(name, role, hours, read_addresses(about, where))


def _backup(about: Any, where: str) -> Optional[Backup]:
    if about is None:
        return None
    name, role = read_person(about, where, {"phone", *NAMES})
    return Backup(name, role, text_of(about, "phone", where), read_addresses(about, where))
