"""How much daily life suffers, in the young person's own words: mild, moderate or severe.

The wordings stand in `severity.yml`. Precision first: where none is sure, nothing is
returned and the language model may guess. What is severe always counts; between mild
and moderate the last word counts ("sover dårlig, men det går greit").
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from bot.nlu.found import Found
from bot.nlu.normalise import Normalised

Severity = Literal["mild", "moderate", "severe"]

WORDINGS = Path(__file__).with_name("severity.yml")
LEVELS: tuple[Severity, ...] = ("mild", "moderate", "severe")
# From which number "7 av 10" is moderate, and from which it is severe.
_MODERATE_FROM, _SEVERE_FROM = 4, 8
_ANSWER_TOKENS = 6
_LONG = 40
"""From how many tokens a message is a story."""
_SCALE = re.compile(r"\b(?P<n>\d{1,2})(?: - \d{1,2})? ?(?:av|/|of|out of) ?10\b")
_PART = re.compile(r"«(\w+)»")


def find(said: Normalised) -> Found[Severity] | None:
    """Return how much daily life suffers, with the words that say so."""
    return answer(said) or told(said)


def answer(said: Normalised) -> Found[Severity] | None:
    """Return what a short answer to "hvor mye går det utover deg?" says ("litt", "7 av 10").

    To another question the same words answer something else.
    """
    if not 0 < len(said.tokens) <= _ANSWER_TOKENS:
        return None
    scale = _SCALE.search(said.canonical)
    if scale:
        return Found(_on_scale(int(scale["n"])), said.quote(*scale.span()))
    text = said.canonical.strip(" .,!?")
    for level in LEVELS:
        if any(one.fullmatch(text) for one in _wordings()[f"answers.{level}"]):
            return Found(level, said.original.strip())
    return None


def told(said: Normalised) -> Found[Severity] | None:
    """Return how much daily life suffers where the message tells of it unasked."""
    severe, moderate, mild = (_last(said, level) for level in reversed(LEVELS))
    if mild and len(said.tokens) >= _LONG and mild[1] < len(said.canonical) / 2:
        mild = None  # what goes well early in a long story is not what the story is about
    if severe:
        return Found("severe", said.quote(*severe))
    if moderate and (mild is None or moderate[1] >= mild[1]):
        return Found("moderate", said.quote(*moderate))
    return Found("mild", said.quote(*mild)) if mild else None


def _on_scale(number: int) -> Severity:
    if number >= _SEVERE_FROM:
        return "severe"
    return "moderate" if number >= _MODERATE_FROM else "mild"


def _last(said: Normalised, level: Severity) -> tuple[int, int] | None:
    """Return where the last wording of `level` stands in the canonical text."""
    text = said.canonical
    spans = (found.span() for one in _wordings()[level] for found in one.finditer(text))
    return max(spans, key=lambda span: span[1], default=None)


@lru_cache(maxsize=1)
def _wordings() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return the patterns by level, and by `answers.<level>`."""
    table = yaml.safe_load(WORDINGS.read_text("utf-8"))
    parts: dict[str, str] = {}
    for name, part in table["parts"].items():
        parts[name] = _fill_in(part, parts)
    lines: dict[str, list[str]] = {level: table[level] for level in LEVELS}
    lines |= {f"answers.{level}": table["answers"][level] for level in LEVELS}
    return {name: _compile(some, parts) for name, some in lines.items()}


def _compile(lines: list[str], parts: dict[str, str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{_fill_in(line, parts)})") for line in lines)


def _fill_in(pattern: str, parts: dict[str, str]) -> str:
    return _PART.sub(lambda part: parts[part[1]], pattern)
