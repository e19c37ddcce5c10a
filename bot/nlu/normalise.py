"""Norwegian chat text → plainer text that patterns and models can read.

`clean` mends the surface (case, look-alike characters, drawn-out letters);
`canonical` also turns dialect, nynorsk and chat spellings of common words into
one bokmål form, by `dialect.yml`. The youth's own words are never replaced
anywhere they are shown: `Normalised.quote` cuts them out of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from bot.nlu.surface import clean, trace

__all__ = ["Normalised", "Token", "canonical", "clean", "dialect", "normalise"]

DIALECT = Path(__file__).with_name("dialect.yml")

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
        return trace(self.original)[1]


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
