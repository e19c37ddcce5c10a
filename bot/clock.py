"""The time in Norway. Tests set it through the turn's metadata or UNGVEIVISER_NOW."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.settings import env

NORWAY = ZoneInfo("Europe/Oslo")


def now(given: str | None = None) -> datetime:
    """Return the time in Norway, or `given` (ISO 8601) read as such."""
    fixed = given or env("NOW")
    if not fixed:
        return datetime.now(NORWAY)
    moment = datetime.fromisoformat(fixed)
    return moment.astimezone(NORWAY) if moment.tzinfo else moment.replace(tzinfo=NORWAY)
