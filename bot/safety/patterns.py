"""The small pattern language of the safety lexicon.

A pattern is a row of words in their canonical form (`bot.nlu.normalise`), parted
by spaces:

    word        that word; dialect and nynorsk forms of it count too
    stem*       every word that begins so
    #           a number in digits
    {group}     one of the entries of a group in words.yml
    (a|b c)     one of these
    word?       may be left out (also after a group or a bracket)
    ..          up to two words between, none of them a negation or the end of a sentence
    ...         up to six

`og` and `å` stand for each other, as young people write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.normalise import Normalised, canonical

NEGATIONS = frozenset(
    [
        "ikke",
        "aldri",
        "ingen",
        "ingenting",
        "itte",
        "ente",
        "neppe",
        "not",
        "never",
        "dont",
        "don't",
        "didnt",
        "didn't",
        "wont",
    ]
)
ENDS = frozenset(".!?…")
_DROPPED = frozenset(",:;-()[]\"'/*_~«»<>=+&#@")
_BETWEEN = rf"(?:(?!(?:{'|'.join(map(re.escape, sorted(NEGATIONS)))}|[.!?…□]) )[^ ]+ )"
_PLAIN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_AND = r"(?:og|å) "
_PIECE = re.compile(r"\.\.\.|\.\.|[(|)?]|\{[^{}]*\}|[^\s(){}|?]+")


class BadPattern(ValueError):
    """A pattern that cannot be read; quotes it and says why."""


@dataclass(frozen=True)
class Line:
    """A message as the patterns see it: words and sentence ends, without commas.

    `spots` gives for each word the tokens of the message that it came from.
    """

    words: tuple[str, ...]
    spots: tuple[int, ...]
    after_comma: tuple[bool, ...]

    @property
    def text(self) -> str:
        return " " + " ".join(self.words) + " "


def line_of(said: Normalised) -> Line:
    """Return the words of a message, one entry for each word of a canonical form."""
    words: list[str] = []
    spots: list[int] = []
    commas: list[bool] = []
    comma = False
    for spot, token in enumerate(said.tokens):
        if token.text in _DROPPED:
            comma = True
            continue
        for word in token.text.split(" "):
            words.append(word)
            spots.append(spot)
            commas.append(comma)
            comma = False
    return Line(tuple(words), tuple(spots), tuple(commas))


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern. `anchors` are words (or "stem*") of which a match holds one."""

    source: str
    expression: re.Pattern[str]
    anchors: frozenset[str]

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield (first, end) word numbers of every match in a `Line.text`."""
        for match in self.expression.finditer(text):
            first = text.count(" ", 0, match.start()) - 1
            yield first, first + match.group().count(" ")


Groups = Mapping[str, tuple[str, ...]]


def compile_pattern(source: str, groups: Groups) -> Pattern:
    """Compile one pattern. Raises BadPattern."""
    parser = _Parser(source, groups)
    expression, anchors = parser.sequence(top=True)
    if anchors is None:
        raise BadPattern(f"{source!r}: needs at least one word that may not be left out")
    return Pattern(source, re.compile("(?<= )" + expression), anchors)


class _Parser:
    """Reads a pattern from left to right into a regular expression and its anchors."""

    def __init__(self, source: str, groups: Groups, depth: int = 0) -> None:
        if depth > 6:
            raise BadPattern(f"{source!r}: groups within groups too deep, perhaps in a circle")
        self.source, self.groups, self.depth = source, groups, depth
        self.pieces = _plain_pieces(_PIECE.findall(_HYPHEN.sub(" ", source)))
        self.at = 0

    def sequence(self, top: bool = False) -> tuple[str, frozenset[str] | None]:
        expressions: list[str] = []
        anchors: list[frozenset[str]] = []
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            if piece in "|)":
                if top:
                    raise BadPattern(f"{self.source!r}: {piece!r} without a bracket before it")
                break
            self.at += 1
            expression, anchor = self._piece(piece)
            if self.at < len(self.pieces) and self.pieces[self.at] == "?":
                self.at += 1
                expression, anchor = f"(?:{expression})?", None
            expressions.append(expression)
            if anchor:
                anchors.append(anchor)
        if not expressions:
            raise BadPattern(f"{self.source!r}: empty")
        best = max(anchors, key=_rarity) if anchors else None
        return "".join(expressions), best

    def _piece(self, piece: str) -> tuple[str, frozenset[str] | None]:
        if piece == "..":
            return _BETWEEN + "{0,2}?", None
        if piece == "...":
            return _BETWEEN + "{0,6}?", None
        if piece == "(":
            return self._choice()
        if piece.startswith("{"):
            return self._group(piece[1:-1])
        if piece == "?":
            raise BadPattern(f"{self.source!r}: '?' follows nothing")
        return _word(piece)

    def _choice(self) -> tuple[str, frozenset[str] | None]:
        options = [self.sequence()]
        while self.at < len(self.pieces) and self.pieces[self.at] == "|":
            self.at += 1
            options.append(self.sequence())
        if self.at >= len(self.pieces):
            raise BadPattern(f"{self.source!r}: a bracket is not closed")
        self.at += 1
        return _either(options)

    def _group(self, name: str) -> tuple[str, frozenset[str] | None]:
        if name not in self.groups:
            raise BadPattern(f"{self.source!r}: there is no group {name!r} in words.yml")
        inner = [_Parser(one, self.groups, self.depth + 1) for one in self.groups[name]]
        return _either([one.sequence(top=True) for one in inner])


def _either(
    options: list[tuple[str, frozenset[str] | None]],
) -> tuple[str, frozenset[str] | None]:
    every = [anchors for _, anchors in options]
    joined = None if None in every else frozenset().union(*(one for one in every if one))
    return "(?:" + "|".join(expression for expression, _ in options) + ")", joined


def _plain_pieces(pieces: list[str]) -> list[str]:
    """Put rows of plain words into their canonical form, as messages are."""
    out: list[str] = []
    row: list[str] = []
    for piece, after in zip(pieces, [*pieces[1:], ""], strict=False):
        if _PLAIN.fullmatch(piece) and after != "?":
            row.append(piece)
            continue
        out += [*canonical(" ".join(row)).split(), piece if "{" in piece else _alone(piece)]
        row = []
    return out + canonical(" ".join(row)).split()


def _alone(piece: str) -> str:
    return canonical(piece) if _PLAIN.fullmatch(piece) else piece


def _word(piece: str) -> tuple[str, frozenset[str]]:
    if piece == "#":
        return "[0-9]+ ", frozenset(["#"])
    if piece.endswith("*"):
        return re.escape(piece[:-1]) + "[^ ]* ", frozenset([piece])
    if piece in ("og", "å"):
        return _AND, frozenset(["og", "å"])
    words = piece.split(" ")
    return "".join(re.escape(word) + " " for word in words), frozenset([max(words, key=len)])


def _rarity(anchors: frozenset[str]) -> float:
    return min(len(anchor) for anchor in anchors) - 0.01 * len(anchors)


@lru_cache(maxsize=4096)
def prefixes(word: str) -> tuple[str, ...]:
    """Return the anchors that `word` may meet: itself, every "stem*" it begins with, "#"."""
    if word.isdigit():
        return (word, "#")
    return (word, *(word[:end] + "*" for end in range(2, len(word) + 1)))
