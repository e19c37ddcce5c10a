"""What an alert says outside the house: never a word of the youth, and no id of a conversation."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from bot.handoff.alerts import Alert, moment

Level = Literal["duty", "backup"]
WORDS = {
    "acute": "akutt",
    "serious": "alvorlig",
    "uncertain": "usikkert tegn",
    "topic": "tema",
    "none": "vil snakke med et menneske",
}


@dataclass(frozen=True)
class Notice:
    """All that leaves the house. `alert` is a keyed hash: the same alert sent twice has the same.

    `municipality` is a number, `minutes` how long the case has waited, `console` an address;
    `trial`: nobody waits.
    """

    alert: str
    municipality: str
    place: str
    urgency: str
    minutes: int
    level: Level
    console: str
    trial: bool = False

    def as_json(self) -> dict[str, object]:
        """Return what a webhook receives."""
        return asdict(self)

    @property
    def subject(self) -> str:
        if self.trial:
            return "Ungveiviser: prøve av varsling"
        return f"Ungveiviser: en samtale venter ({WORDS[self.urgency]})"

    @property
    def text(self) -> str:
        """The whole text of an e-mail."""
        if self.trial:
            return f"Dette er en prøve. Ingen venter. Varsler for {self.place} kommer fram hit.\n"
        calls = "Du er bakvakt, og ingen har tatt saken." if self.level == "backup" else ""
        lines = [
            f"En samtale i {self.place} venter på et menneske.",
            f"Hastegrad: {WORDS[self.urgency]}. Ventet i {self.minutes} min.",
            *([calls] if calls else []),
            f"Logg inn for å ta den: {self.console}",
        ]
        return "\n".join(lines) + "\n"


def notice(alert: Alert, now: datetime, console: str, secret: str) -> Notice:
    """Return what an alert says. `secret` keys the hash by which it is told apart."""
    case = alert.case
    name = f"{case.id}:{alert.key}".encode()
    return Notice(
        alert=hmac.new(secret.encode(), name, hashlib.sha256).hexdigest()[:24],
        municipality=case.unit.municipality,
        place=case.unit.place,
        urgency=case.urgency,
        minutes=max(0, int((now - moment(case.waiting_since)).total_seconds() // 60)),
        level="backup" if alert.step.startswith("backup") else "duty",
        console=console,
    )
