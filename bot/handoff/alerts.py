"""Which alerts a case that waits calls for now. A pure decision: no clock, no store, no network."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional

from bot.handoff.address import YOUTH, Address
from bot.handoff.case import GRAVITY, Case
from bot.handoff.schedule import Schedule, Staffing


@dataclass(frozen=True)
class Alert:
    """One thing to tell to one address. `step` names the moment it belongs to."""

    case: Case
    step: str
    to: Address

    @property
    def key(self) -> str:
        """The name by which it is sent once."""
        return f"{self.step}:{self.to.mark}"


def due(
    case: Case, now: datetime, schedule: Schedule, staffing: Staffing, sent: Collection[str]
) -> list[Alert]:
    """Return the alerts whose time has come and whose key is not among `sent`.

    Those on duty get the newest of theirs: what was missed while everything was down
    does not come in a heap. Where the roster names nobody (any more), nobody waits for
    the times: the backup and the youth hear of it at once.
    """
    if not case.waits:
        return []
    waited = now - moment(case.waiting_since)
    steps: list[tuple[str, tuple[Address, ...]]] = []
    if staffing.there:
        steps.append((duty_step(case, now, schedule), staffing.duty))
    if waited >= timedelta(minutes=schedule.backup) or not staffing.there:
        graver = _graver_at(case)
        backup = "backup" if graver is None else f"backup-{case.urgency}"
        steps.append((f"{backup}{case.turn}", staffing.backup))
    if waited >= timedelta(minutes=schedule.youth) or not staffing.there:
        steps.append((f"youth{case.turn}", () if case.deleted_at else (YOUTH,)))
    alerts = [Alert(case, step, to) for step, addresses in steps for to in addresses]
    return [alert for alert in alerts if alert.key not in sent]


def duty_step(case: Case, now: datetime, schedule: Schedule) -> str:
    """Return the newest moment at which those on duty are to hear of a case.

    A case that becomes graver while it waits is told of at once, as if it were new;
    so is one that was handed over.
    """
    began = moment(case.waiting_since)
    moments = [(began + after, name) for name, after in schedule.again_after()]
    graver = _graver_at(case)
    if graver is not None and graver >= began:
        moments.append((graver, f"graver-{case.urgency}"))
    passed = [one for one in moments if one[0] <= now] or moments[:1]
    return max(passed, key=lambda one: one[0])[1] + case.turn


def moment(at: str) -> datetime:
    """Return a time of ours (ISO 8601, UTC) as a datetime."""
    return datetime.fromisoformat(at.replace("Z", "+00:00"))


def _graver_at(case: Case) -> Optional[datetime]:
    """Return when a case that waited became as grave as it is; None when it opened so."""
    first = max(case.reasons, key=lambda reason: GRAVITY[reason.urgency])
    if GRAVITY[first.urgency] <= GRAVITY[case.reasons[0].urgency] or not first.at:
        return None
    return moment(first.at)
