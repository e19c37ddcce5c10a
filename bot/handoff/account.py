"""Somebody who may log in to the staff pages, and what they may do where."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional, cast

from bot.handoff.case import Person
from bot.handoff.reading import read_number
from bot.handoff.roles import ACCESS, FOR_HEALTH_PERSONNEL, HOMES, MAY, Access, Grant, Right
from bot.handoff.roster import ROLES, Role
from bot.settings import BadSetting


@dataclass(frozen=True)
class Account:
    """One of the staff. `role` is the profession that a youth is told; None: no health personnel.

    `right` is what the page in question needs: `municipalities` are those where it is held.
    """

    user: str
    name: str
    role: Optional[Role]
    grants: frozenset[Grant]
    right: Optional[Right] = None

    @property
    def person(self) -> Person:
        """Who takes a case. Raises ValueError for who is no health personnel."""
        if self.role is None:
            raise ValueError("only health personnel take cases")
        return Person(id=self.user, name=self.name, role=self.role)

    @property
    def municipalities(self) -> frozenset[str]:
        """The municipalities served, by number: those where `right` is held, when there is one."""
        wanted = ACCESS if self.right is None else MAY[self.right]
        return frozenset(one.municipality for one in self.grants if one.access in wanted)

    @property
    def served(self) -> str:
        """All municipalities served, as the record names them."""
        return ",".join(sorted({one.municipality for one in self.grants}))

    def may(self, right: Right) -> bool:
        """Say whether a right is held anywhere."""
        return bool(self.using(right).municipalities)

    def using(self, right: Right) -> Account:
        """Return the account as a page sees it that needs `right`."""
        return dataclasses.replace(self, right=right)

    @property
    def home(self) -> Optional[str]:
        """The page to land at; None: there is none that this account may see."""
        return next((path for right, path in HOMES.items() if self.may(right)), None)

    def as_json(self) -> str:
        """Return the account as a session keeps it."""
        about = {"user": self.user, "name": self.name, "role": self.role}
        return json.dumps({**about, "grants": sorted(self.grants)})

    @classmethod
    def from_json(cls, text: str) -> Account:
        """Return the account of a session."""
        about = json.loads(text)
        grants = frozenset(Grant(*one) for one in about["grants"])
        return cls(about["user"], about["name"], about["role"], grants)


def read_grants(about: Mapping[str, Any], where: str) -> tuple[Optional[Role], frozenset[Grant]]:
    """Return profession and roles of `role`, `access` and `municipalities`. Raises BadSetting."""
    access = about.get("access", ["reviewer"])
    if not isinstance(access, list) or not access or not set(map(str, access)) <= set(ACCESS):
        raise BadSetting(f"{where}: access is {access!r}: write a list of {', '.join(ACCESS)}")
    numbers = about.get("municipalities")
    if not isinstance(numbers, list) or not numbers:
        raise BadSetting(f'{where}: municipalities is {numbers!r}: write a list, ["9999"]')
    role = about.get("role")
    if role not in ROLES and (role is not None or FOR_HEALTH_PERSONNEL & set(access)):
        raise BadSetting(f"{where}: role is {role!r}: write one of {', '.join(ROLES)}")
    served = [read_number(number, where) for number in numbers]
    grants = frozenset(Grant(cast(Access, one), number) for one in access for number in served)
    return cast(Optional[Role], role), grants
