"""Norwegian chat text → plainer text that patterns and models can read.

`clean` mends the surface (case, look-alike characters, drawn-out letters);
`canonical` also turns dialect, nynorsk and chat spellings of common words into
one bokmål form, by `dialect.yml`. The youth's own words are never replaced
anywhere they are shown: `Normalised.quote` cuts them out of the message.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

DIALECT = Path(__file__).with_name("dialect.yml")

_QUOTES = str.maketrans("’´`‘“”«»–—", "''''\"\"\"\"--")
# Letters of other alphabets that look like Latin ones, used to slip past filters.
_LOOKALIKES = str.maketrans("аеорсухіѕԁ", "aeopcyxisd")
# One word in two alphabets; a whole word in another alphabet is a foreign language.
_MIXED = re.compile(r"(?=[^\W\d_]*[a-zæøå])(?=[^\W\d_]*[\u0400-\u052f])[^\W\d_]+")
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
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
_VOWEL_TWICE = re.compile(r"([aeiouyæøå])\1")
_LAST_TWICE = re.compile(r"([^\W\d_])\1$")
_GLUED = (
    re.compile(r"(\d+)(år|uk[ea]|veke|dag|døgn|mnd|måned|månad|klasse|tim[ea]|åring)"),  # 15år
    re.compile(r"([^\W\d]+)(')k?k(?:e|je|ji)$"),  # får'kke
)


@dataclass(frozen=True)
class Token:
    """One word or mark: its canonical form, its form in `clean`, and where it stands there."""

    text: str
    surface: str
    start: int
    end: int


@dataclass(frozen=True)
class Normalised:
    """A message in three forms: as written, cleaned, and canonical."""

    original: str
    clean: str
    tokens: tuple[Token, ...]

    @cached_property
    def canonical(self) -> str:
        """The canonical tokens, parted by single spaces."""
        return " ".join(token.text for token in self.tokens)

    def quote(self, start: int, end: int) -> str:
        """Return the youth's own words for `canonical[start:end]`, whole words only."""
        at, inside = 0, []
        for token in self.tokens:
            if at < end and at + len(token.text) > start:
                inside.append(token)
            at += len(token.text) + 1
        return self.cut(inside[0].start, inside[-1].end) if inside else ""

    def cut(self, start: int, end: int) -> str:
        """Return what stands in the message as written for `clean[start:end]`."""
        origin = self.origin
        stop = origin[end] if end < len(origin) else len(self.original)
        return self.original[origin[start] : stop].strip()

    @cached_property
    def origin(self) -> list[int]:
        """For each letter of `clean`, where it stands in the message as written."""
        return _trace(self.original)[1]


def clean(text: str) -> str:
    """Return `text` in lower case without control characters and drawn-out letters.

    >>> clean("HJEEEELP  meg!!!")
    'hjelp meg!'
    """
    text = _unmask("".join(_plain(piece) for piece in _pieces(_INVISIBLE.sub("", text))))
    for pattern, better in _MENDINGS:
        text = pattern.sub(better, text)
    return text


@lru_cache(maxsize=1)
def dialect() -> dict[str, str]:
    """Return the table {written form: bokmål form} of `dialect.yml`.

    A written form of two words, parted by a space, has a bokmål form of two words.
    """
    table: dict[str, str] = {}
    for key, forms in yaml.safe_load(DIALECT.read_text("utf-8")).items():
        plain = key.replace("_", " ")
        for form in str(forms).replace("_", "\0").split():
            form = form.replace("\0", " ")
            if table.setdefault(form, plain) != plain:
                raise ValueError(f"dialect.yml: {form!r} stands under two bokmål forms")
            if " " in form and len(form.split()) != len(plain.split()):
                raise ValueError(f"dialect.yml: {form!r} and {plain!r} differ in number of words")
    return table


def normalise(text: str) -> Normalised:
    """Return `text` as written, cleaned and in canonical tokens. Never raises."""
    cleaned = clean(text)
    table = dialect()
    spans = [span for found in _TOKEN.finditer(cleaned) for span in _parts(found)]
    words = [cleaned[start:end] for start, end in spans]
    plain = [_plain_word(word, table) for word in words]
    for place in range(len(words) - 1):
        pair = table.get(f"{words[place]} {words[place + 1]}")
        if pair:
            plain[place : place + 2] = pair.split()
    tokens = (
        Token(better, word, start, end)
        for better, word, (start, end) in zip(plain, words, spans, strict=True)
    )
    return Normalised(text, cleaned, tuple(tokens))


def canonical(text: str) -> str:
    """Return `text` as one line of canonical tokens.

    >>> canonical("Æ orke itj meir")
    'jeg orker ikke mer'
    """
    return normalise(text).canonical


def _pieces(text: str) -> list[str]:
    return [text] if _EASY.fullmatch(text) else _LETTER.findall(text)


def _plain(piece: str) -> str:
    piece = unicodedata.normalize("NFKC", piece.translate(_QUOTES)).lower()
    return unicodedata.normalize("NFKC", piece).translate(_QUOTES)


def _unmask(text: str) -> str:
    """Replace look-alike letters in words that mix alphabets; the length stays the same."""
    return _MIXED.sub(lambda word: word.group().translate(_LOOKALIKES), text)


def _plain_word(word: str, table: dict[str, str]) -> str:
    """Return the bokmål form of `word`; drawn-out letters ("jegg", "såånn") are forgiven."""
    if word in table:
        return table[word]
    if len(word) > 3:
        once = _VOWEL_TWICE.sub(r"\1", word)
        for shorter in (once, _LAST_TWICE.sub(r"\1", word), _LAST_TWICE.sub(r"\1", once)):
            if shorter != word and (shorter in table or shorter in _known()):
                return table.get(shorter, shorter)
    return "ikke" if word.startswith("'k") else word


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(dialect().values())


def _parts(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the span of one token, or the spans of two words written as one."""
    start, end = found.span()
    word = found.group()
    if word[0].isdigit() or "'" in word:
        for pattern in _GLUED:
            glued = pattern.match(word)
            if glued:
                yield start, start + glued.end(1)
                start += glued.end(1)
                break
    yield start, end


def _trace(text: str) -> tuple[str, list[int]]:
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
