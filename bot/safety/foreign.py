"""Languages that the bot does not speak: which one it is, what we can say, and cries for help.

One file for each language lies in `languages/`, for a native reader to mend. A text is
taken for foreign only when it is so as a whole: a word of Polish makes no Norwegian text Polish.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.safety.english import is_english, norwegian_words
from bot.safety.verdict import FLAGS, URGENCIES, Evidence, Urgency, Verdict
from bot.turn import Flag

FOLDER = Path(__file__).with_name("languages")
FEWEST_LETTERS = 3
"""Of a foreign script; fewer may be an emoticon."""
SHARE = 0.5
"""Of the words that must be known ones of a language written with our letters."""

log = logging.getLogger(__name__)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Foreign:
    """One language: how it is known, what is said in it, what sounds like danger."""

    code: str
    say: str
    danger: str
    script: Optional[str]
    letters: Optional[re.Pattern[str]]
    words: frozenset[str]
    flags: tuple[tuple[Flag, Urgency, re.Pattern[str]], ...]

    def look(self, text: str) -> Verdict:
        """Return the gravest danger that the text speaks of, if any."""
        plain = fold(text)
        found = [
            (URGENCIES.index(urgency), Verdict(flag, urgency, "self", (_evidence(flag, hit[0]),)))
            for flag, urgency, pattern in self.flags
            if (hit := pattern.search(plain))
        ]
        return min(found, key=lambda one: one[0])[1] if found else Verdict()

    def bubble(self, *, danger: bool) -> str:
        """Return what is said in this language."""
        return self.danger if danger else self.say


def foreign(text: str) -> Optional[Foreign]:
    """Return the language of `text` when it is one that the bot does not speak.

    None for Norwegian, for English, and for what does not tell. A script that no file
    describes counts as `other`, which is answered in English.
    """
    return _by_script(text) or _by_words(text)


def fold(text: str) -> str:
    """Return `text` in small letters without accents, as people type it in a hurry."""
    parts = unicodedata.normalize("NFD", text.lower().replace("ı", "i").replace("ł", "l"))
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign) and sign != "\u200c")
    return re.sub(r"\s+", " ", plain)


@lru_cache(maxsize=1)
def languages() -> dict[str, Foreign]:
    """Return every language by its code. One that cannot be read is left out, with a log line."""
    found = {}
    for path in sorted(FOLDER.glob("*.yml")):
        try:
            found[path.stem] = _read(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
            log.error("safety: %s cannot be used: %s", path.name, type(error).__name__)
    return found


def _read(path: Path) -> Foreign:
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    flags = [
        (flag, entry["urgency"], re.compile("|".join(fold(one) for one in entry["any"])))
        for flag, entry in read.get("flags", {}).items()
    ]
    unknown = {flag for flag, _, _ in flags} - set(FLAGS)
    if unknown:
        raise ValueError(f"unknown flags {unknown}")
    return Foreign(
        code=path.stem,
        say=read["say"],
        danger=read.get("danger", read["say"]),
        script=read.get("script"),
        letters=re.compile(read["letters"]) if read.get("letters") else None,
        words=frozenset(read.get("words", "").split()),
        flags=tuple(flags),
    )


def _by_script(text: str) -> Optional[Foreign]:
    """Tell languages in other letters by the letters that only they use."""
    text = text.lower()
    scripts = [_script(sign) for sign in text if sign.isalpha()]
    others = [script for script in scripts if script != "LATIN"]
    if len(others) < FEWEST_LETTERS or len(others) * 2 < len(scripts):
        return None
    script = max(set(others), key=others.count)
    here = [one for one in languages().values() if (one.script or "").upper() == script]
    signs = {one.code: len(one.letters.findall(text)) for one in here if one.letters}
    best = max(here, key=lambda one: (signs[one.code], bool(one.look(text).flag)), default=None)
    return best or languages().get("en")


def _script(sign: str) -> str:
    return unicodedata.name(sign, "LATIN").split()[0]


def _by_words(text: str) -> Optional[Foreign]:
    """Tell languages in our letters by their commonest words and by letters of their own."""
    words = _WORD.findall(text.lower())
    if not words or is_english(text):
        return None
    norwegian = norwegian_words(text)
    best: tuple[float, Optional[Foreign]] = (0.0, None)
    for one in languages().values():
        if norwegian - one.words:
            continue
        known = [word for word in words if word in one.words]
        own = [word for word in words if one.letters and one.letters.search(word)]
        telling = len({*known, *own} - norwegian)
        share = len([word for word in words if word in known or word in own]) / len(words)
        enough = telling >= 2 or (telling == 1 and len(words) == 1 and len(words[0]) > 4)
        danger = one.words and telling and one.look(text).flag
        if danger or (enough and share >= SHARE):
            best = max(best, (share + bool(danger), one), key=lambda pair: pair[0])
    return best[1]


def _evidence(flag: Flag, words: str) -> Evidence:
    return Evidence("pattern", f"{flag}.foreign", (words,))
