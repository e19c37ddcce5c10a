"""Themes told by a single word: `themes.yml`, as a prior beside the model."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu.labels import THEMES
from bot.nlu.normalise import Normalised

WORDS = Path(__file__).with_name("themes.yml")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    table: dict[str, re.Pattern[str]] = {}
    for theme, forms in yaml.safe_load(WORDS.read_text("utf-8")).items():
        if theme not in THEMES:
            raise ValueError(f"themes.yml: {theme!r} is no theme; see bot/nlu/labels.py")
        words = (re.escape(form.strip()).replace(r"\*", r"\w*") for form in forms.split("|"))
        table[theme] = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")
    return table


def told_by_words(said: Normalised) -> set[str]:
    """Return the themes that a word in the message tells."""
    text = said.canonical
    return {theme for theme, pattern in _patterns().items() if pattern.search(text)}
