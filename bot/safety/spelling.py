"""Mends misspelled words, so that "orker itke leve lengr" is heard as what it says.

A word that no training message holds becomes the commonest one nearest to it, by letters left
out, doubled, swapped or struck beside. The result is a guess: it is only ever read beside the
text as written, and shown to nobody.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.nlu.normalise import canonical

SHORTEST = 4  # letters of a word that is mended
LONG = 8  # from this length two letters may be wrong
COMMON = 8  # messages that hold a word which others are mended to
MOST_WORDS = 400  # of a text; the rest stays as it is
_WORD = re.compile(r"[^\W\d_]+")


class Mended(NamedTuple):
    """A text with its misspelled words mended, and how many they were."""

    text: str
    words: int


class Spelling:
    """Knows words, each with the number of training messages that hold it."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for word, count in counts.items():
            if count >= COMMON and len(word) >= SHORTEST and word.isalpha():
                self._near[word[0]].append(word)

    @classmethod
    def of(cls, words: Any, messages: int) -> Spelling:
        """Take the words from a TfidfVectorizer fitted on so many messages (scikit-learn)."""
        rarity = words.idf_.tolist()  # each look at idf_ computes it anew
        return cls(
            {
                word: round((1 + messages) * math.exp(1 - rarity[column]) - 1)
                for word, column in words.vocabulary_.items()
                if " " not in word
            }
        )

    def mend(self, text: str) -> Mended:
        """Return `text` with what looks misspelled replaced by what was likely meant."""
        pieces: list[str] = []
        end = words = 0
        for number, found in enumerate(_WORD.finditer(text)):
            meant = self._meant(found[0]) if number < MOST_WORDS else found[0]
            words += meant != found[0]
            pieces += [text[end : found.start()], meant]
            end = found.end()
        return Mended("".join([*pieces, text[end:]]), words)

    def _meant(self, word: str) -> str:
        key = canonical(word).strip()
        if len(word) < SHORTEST or len(key) < SHORTEST or key in self._counts or not key.isalpha():
            return word
        wrong = 2 if len(key) >= LONG else 1
        near = process.extract(
            key, self._near[key[0]], scorer=OSA.distance, score_cutoff=wrong, limit=5
        )
        if key[1] != key[0]:  # the first two letters swapped
            near += process.extract(
                key, self._near[key[1]], scorer=OSA.distance, score_cutoff=1, limit=3
            )
        if not near:
            return word
        least = min(distance for _, distance, _ in near)
        return max((one for one, distance, _ in near if distance == least), key=self._counts.get)  # type: ignore[arg-type]
