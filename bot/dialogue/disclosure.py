"""A red flag that comes late: what the talk is about from then on, and help found anew."""

from __future__ import annotations

from typing import Any

from bot.dialogue.facts import Facts

# What a flag may be about: the first, when none of them is read from the words themselves.
THEMES: dict[str, tuple[str, ...]] = {
    "violence": ("vold",),
    "sexual_abuse": ("overgrep",),
    "unsafe_home": ("familie", "vold", "foreldre_rus", "overgrep"),
    "suicide": ("selvmord",),
    "self_harm": ("selvskading",),
}
AT_MOST = 3


def take_disclosure(facts: Facts, flag: str, reading: dict[str, Any] | None) -> None:
    """Put what was disclosed first among the themes; help found before it does not count.

    Before anything is told the message itself says what it is about.
    """
    if not facts.themes:
        return
    theme = _theme(flag, reading)
    new = theme is not None and theme not in facts.themes
    if theme is not None and new:
        facts.themes = [theme, *facts.themes][:AT_MOST]
    if facts.helped and (new or facts.flag is None):
        facts.turn_to(facts.themes, facts.also)


def _theme(flag: str, reading: dict[str, Any] | None) -> str | None:
    """Return what is disclosed: the theme read that fits the flag, or else the flag's own."""
    fitting = THEMES.get(flag, ())
    read = [name for name in (reading or {}).get("themes", ()) if name in fitting]
    return next(iter([*read, *fitting]), None)
