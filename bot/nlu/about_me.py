"""Whether they put right that it is about them: "det er meg det gjelder, ikke broren min"."""

from __future__ import annotations

import re

_ABOUT_ME = re.compile(
    r"\bdet (?:er|gjelder) (?:jo |faktisk |egentlig )?meg\b(?! som)|\bhandler om meg\b|"
    r"\b(?:mente|mener) meg(?: selv)?\b|\b(?:men|bare) (?:mot|om) meg\b|^nei (?:mot )?meg\b"
)


def says_about_me(canonical: str) -> bool:
    """Say whether a message in canonical spelling puts right that it is about its writer."""
    return bool(_ABOUT_ME.search(canonical))
