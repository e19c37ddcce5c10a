"""The surface of a chat message mended: case, accents, look-alike characters, drawn-out letters."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans("’´`‘“”«»–—", "''''\"\"\"\"--")
# Letters of other alphabets that look like Latin ones, used to slip past filters.
_LOOKALIKES = str.maketrans("аеорсухіѕԁ", "aeopcyxisd")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-zæøå]")
_WORD = re.compile(r"[^\W\d_]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0f]+")
# A letter and the accents written after it belong together.
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_EASY = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿ\U0001f300-\U0001faff]*")
# The mending of the surface, step by step: (what, by what).
_MENDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\x00-\x1f\x7f-\x9f]"), " "),
    (re.compile(r"([aeiouyæøå])\1{2,}"), r"\1"),
    (re.compile(r"([^\W\d_aeiouyæøå])\1{2,}"), r"\1\1"),
    (re.compile(r"([!?.,])\1+"), r"\1"),
    (re.compile(r"\s+"), " "),
    (re.compile(r"^ | $"), ""),
)


def clean(text: str) -> str:
    """Return `text` in lower case without control characters and drawn-out letters.

    >>> clean("HJEEEELP  meg!!!")
    'hjelp meg!'
    """
    text = _unmask("".join(_plain(piece) for piece in _pieces(_INVISIBLE.sub("", text))))
    for pattern, better in _MENDINGS:
        text = pattern.sub(better, text)
    return text


def trace(text: str) -> tuple[str, list[int]]:
    """Return `clean(text)` and, for each of its letters, where that stands in `text`."""
    origin = [place for place in range(len(text)) if not _INVISIBLE.match(text[place])]
    at, plain, places = 0, [], []
    for piece in _LETTER.findall("".join(text[place] for place in origin)):
        better = _plain(piece)
        plain.append(better)
        places += [origin[at]] * len(better)
        at += len(piece)
    mended = _unmask("".join(plain))
    for pattern, better in _MENDINGS:
        mended, places = _mend(pattern, better, mended, places)
    return mended, places


def _mend(
    pattern: re.Pattern[str], better: str, text: str, places: list[int]
) -> tuple[str, list[int]]:
    at, parts, kept = 0, [], []
    for found in pattern.finditer(text):
        put = found.expand(better)
        parts += [text[at : found.start()], put]
        kept += places[at : found.start()] + [places[found.start()]] * len(put)
        at = found.end()
    return "".join([*parts, text[at:]]), kept + places[at:]


def _pieces(text: str) -> list[str]:
    return [text] if _EASY.fullmatch(text) else _LETTER.findall(text)


def _plain(piece: str) -> str:
    piece = unicodedata.normalize("NFKC", piece.translate(_QUOTES)).lower()
    return unicodedata.normalize("NFKC", piece).translate(_QUOTES)


def _unmask(text: str) -> str:
    """Replace look-alike letters in words of two alphabets; the length stays the same.

    A whole word in another alphabet is another language and stays.
    """
    return _WORD.sub(_unmask_word, text) if _CYRILLIC.search(text) else text


def _unmask_word(found: re.Match[str]) -> str:
    word = found.group()
    mixed = _CYRILLIC.search(word) and _LATIN.search(word)
    return word.translate(_LOOKALIKES) if mixed else word
