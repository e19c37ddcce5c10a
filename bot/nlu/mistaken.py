"""Themes that single words only seem to tell of, taken out of what the model has read."""

from __future__ import annotations

import re

from bot.nlu.model import Reading as Scores
from bot.nlu.normalise import Normalised

GRAVE = frozenset({"vold", "overgrep", "selvmord", "selvskading"})
GRAVE_FROM = 0.35
"""Below it, chosen on tests/evaluation/dev.jsonl, a grave theme is as often wrong as right."""
_BROKE_UP = re.compile(r"\b(?:slo|slår|slått|slå) (?:det )?(?:opp|slutt)\b")
_HITS = re.compile(
    r"\b(?:sl(?:o|år|ått|å)|banke\w*|dytt\w*|spark\w*|lugg\w*|tru(?:e|a)\w*|vold\w*)\b"
)
_SOBER = re.compile(
    r"\b(?:mamma|mor|moren|mora|pappa|far|faren|foreldrene|han|hun|de|ste[fm]\w+)"
    r"(?: mi| min| mine)? (?:drikke?r?|rus(?:er|ar) seg|har drukket)"
    r" (?:jo |altså |egentlig )*(?:ikke|aldri)"
    r"(?! lite| bare| mindre| hver| så| sjelden)\b"
)
_DRINKS = re.compile(
    r"\b(?:drakk|full\w*|rus\w*|alkohol\w*|øl|vin|sprit|dop\w*|hasj|promille|edru)\b"
)


def without_mistaken(themes: list[str], said: Normalised, scores: Scores) -> list[str]:
    """Return `themes`, the surest first, without those that the words only seem to tell of."""
    if themes[0] in GRAVE and scores.labels.get(themes[0], 0.0) < GRAVE_FROM:
        themes = [*(name for name in themes if name not in GRAVE), "annet"][:1]
    if "vold" in themes and _only_broke_up(said.canonical):
        themes = ["kjaerlighet", *(name for name in themes if name != "vold")]
    if "foreldre_rus" in themes and _is_sober(said.canonical):
        themes = [name for name in themes if name != "foreldre_rus"] or ["familie"]
    return list(dict.fromkeys(themes))


def _only_broke_up(words: str) -> bool:
    """Say whether the only "slå" is that somebody left them."""
    return bool(_BROKE_UP.search(words)) and not _HITS.search(_BROKE_UP.sub(" ", words))


def _is_sober(words: str) -> bool:
    """Say whether it is put right that somebody at home does not drink."""
    return bool(_SOBER.search(words)) and not _DRINKS.search(_SOBER.sub(" ", words))
