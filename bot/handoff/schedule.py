"""When who hears of a case that waits: `alerts` in `settings/handoff.yml`. Times in minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.handoff.address import Address
from bot.handoff.reading import FILE, check_names, positive
from bot.settings import BadSetting, section

_SETTINGS = {
    "again_minutes",
    "backup_minutes",
    "youth_minutes",
    "unattended_minutes",
    "console",
    "smtp",
}


@dataclass(frozen=True)
class Schedule:
    """Minutes after a case opened. Those on duty hear of it at once, and again at `again`.

    `backup`: the backup is told. `youth`: the young person is told that nobody has answered.
    `unattended`: after so long without anybody logged in, a duty counts as unattended.
    """

    again: tuple[int, ...] = (2, 5)
    backup: int = 7
    youth: int = 8
    unattended: int = 15

    @classmethod
    def load(cls) -> Schedule:
        """Read `settings/handoff.yml`. Raises BadSetting."""
        return cls.read(section("handoff"))

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Schedule:
        """Return what the settings say. Raises BadSetting."""
        about = alert_settings(values)
        plain = {
            name: positive(about[f"{name}_minutes"], f"alerts.{name}_minutes")
            for name in ("backup", "youth", "unattended")
            if f"{name}_minutes" in about
        }
        return cls(again=_again(about.get("again_minutes", list(cls.again))), **plain)._in_order()

    def _in_order(self) -> Schedule:
        moments = [*self.again, self.backup, self.youth]
        if moments != sorted(set(moments[:-1])) + moments[-1:] or self.youth < self.backup:
            raise BadSetting(
                f"{FILE}: alerts: again_minutes {list(self.again)}, backup_minutes {self.backup} "
                f"and youth_minutes {self.youth} must come in this order, each later than the last"
            )
        return self

    def again_after(self) -> list[tuple[str, timedelta]]:
        """Return when those on duty hear of a case, as (name, time since it opened)."""
        repeats = [(f"again-{minutes}", timedelta(minutes=minutes)) for minutes in self.again]
        return [("new", timedelta(0)), *repeats]


@dataclass(frozen=True)
class Staffing:
    """Who can be reached for a municipality at a moment. `there`: the roster names somebody."""

    there: bool = False
    duty: tuple[Address, ...] = ()
    backup: tuple[Address, ...] = ()


def alert_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings below `alerts`. Raises BadSetting."""
    about = values.get("alerts") or {}
    if not isinstance(about, dict):
        raise BadSetting(f"{FILE}: alerts is {about!r}: write again_minutes and the like below it")
    check_names(about, _SETTINGS, f"{FILE}: alerts")
    return about


def _again(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise BadSetting(f"{FILE}: alerts.again_minutes is {value!r}: write a list, [2, 5]")
    return tuple(positive(one, "alerts.again_minutes") for one in value)
