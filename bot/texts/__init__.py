"""Every sentence the bot says, by key, in bokmål and nynorsk.

The texts lie beside this file as YAML, one file per part of the bot:

    key:
      nb: "Hei."
      nn: "Hei."
      review: draft        # or "Name, 2026-05-01"

What is also said in English stands in `english/`, under the same keys; it is said to who
writes English.
Placeholders are written {like_this} and filled by `say`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from bot.turn import Tongue

FOLDER = Path(__file__).parent


class UnknownText(KeyError):
    """A key that stands in no text file; quotes the key."""


@lru_cache(maxsize=1)
def all_texts() -> dict[str, dict[str, str]]:
    """Return every text as {key: {"nb": …, "nn": …, "review": …}}."""
    texts: dict[str, dict[str, str]] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        for key, entry in (yaml.safe_load(path.read_text("utf-8")) or {}).items():
            if key in texts:
                raise ValueError(f"{path.name}: the text {key!r} stands in two files")
            texts[key] = entry
    return texts


def say(key: str, language: Tongue, **values: object) -> str:
    """Return the text `key` in `language` with its placeholders filled.

    What is not said in English is said in bokmål. Raises UnknownText for a key that
    does not exist.
    """
    try:
        forms = all_texts()[key]
        text = all_english().get(key, forms["nb"]) if language == "en" else forms[language]
    except KeyError:
        raise UnknownText(key) from None
    return text.format(**values) if values else text


@lru_cache(maxsize=1)
def all_english() -> dict[str, str]:
    """Return what is also said in English, by key."""
    texts: dict[str, str] = {}
    for path in sorted((FOLDER / "english").glob("*.yml")):
        texts |= yaml.safe_load(path.read_text("utf-8")) or {}
    return texts
