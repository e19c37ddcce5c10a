"""How long a municipality keeps chats and closed cases, where it differs from the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from bot.handoff.reading import check_names, text_of
from bot.settings import BadSetting

# Bounds of our own. Shorter than these a young person could not come back to an answer the same
# evening, nor a shift finish its cases; longer ones keep words that nobody has asked for.
CHAT_HOURS = (6, 72)
CLOSED_DAYS = (3, 90)
HOUR, DAY = 3600, 86400


@dataclass(frozen=True)
class Term:
    """What a municipality has set; None where it keeps to the house. `reason`: why."""

    chat_hours: Optional[int] = None
    closed_days: Optional[int] = None
    reason: str = ""


def read_term(about: Any, where: str) -> Optional[Term]:
    """Return `keep` of a municipality; None when it has none. Raises BadSetting."""
    if about is None:
        return None
    if not isinstance(about, dict):
        raise BadSetting(f"{where} is {about!r}: write chat_hours, closed_days and reason below it")
    check_names(about, {"chat_hours", "closed_days", "reason"}, where)
    term = Term(
        chat_hours=_within(about.get("chat_hours"), CHAT_HOURS, f"{where}.chat_hours"),
        closed_days=_within(about.get("closed_days"), CLOSED_DAYS, f"{where}.closed_days"),
        reason=text_of(about, "reason", where),
    )
    if term.chat_hours is None and term.closed_days is None:
        raise BadSetting(f"{where}: sets no time: write chat_hours or closed_days, or remove it")
    return term


def _within(value: Any, bounds: tuple[int, int], where: str) -> Optional[int]:
    if value is None:
        return None
    least, most = bounds
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadSetting(f"{where} is {value!r}: write a whole number from {least} to {most}")
    return value
