"""The words of the coverage pages, in bokmål and nynorsk, for those who own a catalog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from bot.texts import say
from bot.turn import Language
from service_catalog.phrases import listing
from service_catalog.terms import ServiceType

FILE = Path(__file__).with_name("coverage.yml")


@lru_cache(maxsize=1)
def all_words() -> dict[str, dict[Language, str]]:
    """Return every text as {key: {"nb": …, "nn": …}}."""
    found: dict[str, dict[Language, str]] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def word(key: str, language: Language, **values: object) -> str:
    """Return the text `key` with its placeholders filled. Raises KeyError for an unknown key."""
    text = all_words()[key][language]
    return text.format(**values) if values else text


def ages_in_words(ages: Iterable[int], language: Language) -> str:
    """Return ages as they are read: "12–15 år og 18 år"."""
    runs: list[list[int]] = []
    for age in sorted(ages):
        if runs and runs[-1][-1] == age - 1:
            runs[-1].append(age)
        else:
            runs.append([age])
    each = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return word("ages", language, ages=listing(each, language, "catalog.list_and"))


def types_in_words(types: Sequence[ServiceType], language: Language) -> str:
    """Return service types as a list in words."""
    return listing([say(f"type.{kind}", language) for kind in types], language, "catalog.list_and")
