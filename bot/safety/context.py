"""A verdict read in the light of what was asked.

"Sover nesten ikke" out of the blue may be a child that dares not sleep; as the
answer to "how much does it get in the way?" it is first of all an answer. Only
short answers, and only what the classifier alone made of them, weigh less;
what a rule of the lexicon says always stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from bot.safety.verdict import Urgency, Verdict
from bot.turn import Expects

SHORT = 6
"""An answer of at most so many words is short."""
BARE = 4
"""An answer of at most so many words is nothing but an answer."""
SURE = 0.75
"""From this score on the classifier is believed whatever was asked."""
_ASKED: frozenset[Expects] = frozenset(
    ["impact", "impact_detail", "duration", "place", "place_which", "age", "prefers", "confirm"]
)
_WEAKER: dict[Urgency, Urgency] = {"serious": "uncertain", "uncertain": "none"}


def as_answer(verdict: Verdict, asked: Optional[Expects], text: str) -> Verdict:
    """Return `verdict` as it stands for an answer to the question `asked`."""
    if asked not in _ASKED or len(text.split()) > SHORT:
        return verdict
    if by_rule(verdict):
        return verdict
    if surest(verdict) >= SURE:
        return verdict
    urgency = _WEAKER.get(verdict.urgency, verdict.urgency)
    if len(text.split()) <= BARE:
        urgency = _WEAKER.get(urgency, urgency)
    return replace(verdict, urgency=urgency, flag=verdict.flag if urgency != "none" else None)


def by_rule(verdict: Verdict) -> bool:
    """Say whether a rule of the lexicon speaks for what was seen, and not the classifier alone."""
    return any(one.kind == "pattern" for one in verdict.evidence)


def surest(verdict: Verdict) -> float:
    """Return how sure (0–1) the surest sign of danger is; 0 when there is none."""
    return max((one.score for one in verdict.evidence if one.kind != "context"), default=0.0)
