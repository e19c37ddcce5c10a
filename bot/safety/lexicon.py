"""The reviewed lexicon: rules in YAML that a clinician can read and change.

`lexicon/words.yml` holds groups of words, `lexicon/harmless.yml` the sayings that
are taken out before anything else is read, `lexicon/context.yml` what makes an
alarming word harmless (a film, a school essay, long ago and safe now), and one
file for each flag its rules. docs/safety.md explains the fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import yaml
from rapidfuzz.distance import OSA

from bot.nlu.normalise import Normalised, normalise
from bot.safety.patterns import (
    ENDS,
    NEGATIONS,
    BadPattern,
    Line,
    Pattern,
    compile_pattern,
    line_of,
    prefixes,
)
from bot.safety.verdict import FLAGS, URGENCIES, Urgency
from bot.turn import About, Flag

FOLDER = Path(__file__).with_name("lexicon")
CONTEXT_REACH = 40
"""How many words a context reaches to both sides."""
TYPO_FROM = 7
"""Shorter words are too often one letter from another word."""
_FIELDS = {
    "id",
    "urgency",
    "about",
    "any",
    "with",
    "unless",
    "despite",
    "may_be_negated",
    "must_fire",
    "must_not_fire",
    "why",
}


class BadLexicon(ValueError):
    """A lexicon file that cannot be used; names file and rule and says what to mend."""


@dataclass(frozen=True)
class Rule:
    """One rule: any of `patterns`, and of `also` when given, unless one of `unless`."""

    id: str
    flag: Optional[Flag]
    urgency: Urgency
    about: Optional[About]
    patterns: tuple[Pattern, ...]
    also: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    despite: frozenset[str]
    negatable: bool
    must_fire: tuple[str, ...]
    must_not_fire: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """A rule that a message met, with the words as the young person wrote them."""

    rule: Rule
    urgency: Urgency
    words: tuple[str, ...]
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """All hits in a message, and the contexts and harmless sayings in it."""

    hits: tuple[Hit, ...]
    contexts: tuple[Hit, ...]
    sayings: tuple[Hit, ...]


class Lexicon:
    """The rules, ready to read messages with."""

    def __init__(self, rules: list[Rule], contexts: list[Rule], sayings: list[Rule]) -> None:
        self.rules, self.contexts, self.sayings = rules, contexts, sayings
        self._index: dict[str, set[int]] = {}
        self._patterns: list[Pattern] = []
        self._numbers: dict[int, int] = {}
        for rule in (*rules, *contexts, *sayings):
            for pattern in (*rule.patterns, *rule.also, *rule.unless):
                self._add(pattern)
        self._long: dict[str, list[str]] = {}
        for word in sorted(self._index, key=lambda one: (-len(one), one)):
            if len(word.rstrip("*")) >= TYPO_FROM:
                self._long.setdefault(word[0], []).append(word)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Lexicon:
        """Read every file of `folder`. Raises BadLexicon."""
        groups = {
            name: tuple(map(str, entries)) for name, entries in _read(folder / "words.yml").items()
        }
        contexts = list(_rules(folder / "context.yml", None, groups))
        sayings = list(_rules(folder / "harmless.yml", None, groups))
        rules = [rule for flag in FLAGS for rule in _rules(folder / f"{flag}.yml", flag, groups)]
        names = [rule.id for rule in (*rules, *contexts, *sayings)]
        double = {name for name in names if names.count(name) > 1}
        if double:
            raise BadLexicon(f"{folder}: rule names used twice: {sorted(double)}; rename one")
        return cls(rules, contexts, sayings)

    def look(self, text: str) -> Finding:
        """Return everything that the lexicon finds in `text`."""
        said = normalise(text)
        line = self._mend(line_of(said))
        line, sayings = self._take_out(line, said)
        near = self._near(line)
        contexts = [
            (rule, span) for rule in self.contexts for span in self._meets(rule, line, near)[:1]
        ]
        hits = []
        for rule in self.rules:
            spans = self._meets(rule, line, near)
            if spans:
                hits.append(_judge(rule, spans, line, said, contexts))
        return Finding(
            tuple(hits),
            tuple(Hit(rule, "none", _words(span, line, said)) for rule, span in contexts),
            tuple(sayings),
        )

    def _add(self, pattern: Pattern) -> None:
        number = len(self._patterns)
        self._patterns.append(pattern)
        self._numbers[id(pattern)] = number
        for anchor in pattern.anchors:
            self._index.setdefault(anchor, set()).add(number)

    def _near(self, line: Line) -> set[int]:
        """Return the numbers of the patterns of which an anchor stands in the line."""
        found: set[int] = set()
        for word in set(line.words):
            for prefix in prefixes(word):
                found |= self._index.get(prefix, set())
        return found

    def _spans(
        self, patterns: tuple[Pattern, ...], text: str, near: set[int]
    ) -> list[tuple[int, int]]:
        return [
            span
            for pattern in patterns
            if self._numbers[id(pattern)] in near
            for span in pattern.spans(text)
        ]

    def _meets(self, rule: Rule, line: Line, near: set[int]) -> list[tuple[int, int]]:
        """Return where `rule` is met, as (first, end) word numbers."""
        spans = self._spans(rule.patterns, line.text, near)
        if not spans or (rule.also and not self._spans(rule.also, line.text, near)):
            return []
        return [] if self._spans(rule.unless, line.text, near) else spans

    def _take_out(self, line: Line, said: Normalised) -> tuple[Line, list[Hit]]:
        """Put a blank mark for every word of a harmless saying."""
        near = self._near(line)
        words = list(line.words)
        sayings = []
        for rule in self.sayings:
            for first, end in self._meets(rule, line, near):
                sayings.append(Hit(rule, "none", _words((first, end), line, said)))
                words[first:end] = ["□"] * (end - first)
        return Line(tuple(words), line.spots, line.after_comma), sayings

    def _mend(self, line: Line) -> Line:
        """Set right long words that are one slip of the finger from a word of the lexicon."""
        return Line(tuple(map(self._mended, line.words)), line.spots, line.after_comma)

    def _mended(self, word: str) -> str:
        if len(word) < TYPO_FROM or any(prefix in self._index for prefix in prefixes(word)):
            return word
        for known in self._long.get(word[0], ()):
            plain = known.rstrip("*")
            part = word[: len(plain)] if known.endswith("*") else word
            if OSA.distance(part, plain, score_cutoff=1) <= 1:
                return plain if len(plain) >= len(word) else plain + word[len(plain) :]
        return word


def _judge(
    rule: Rule,
    spans: list[tuple[int, int]],
    line: Line,
    said: Normalised,
    contexts: list[tuple[Rule, tuple[int, int]]],
) -> Hit:
    """Weigh the matches of a rule by negations before them and contexts near them."""
    plain = [span for span in spans if not (rule.negatable and _negated(span, line))]
    span = (plain or spans)[0]
    if not plain:
        return Hit(rule, "topic", _words(span, line, said), ("negated",))
    about = [
        one.id
        for one, (first, end) in contexts
        if one.id.split(".")[0] not in rule.despite
        and first - CONTEXT_REACH <= span[0]
        and span[1] <= end + CONTEXT_REACH
    ]
    return Hit(rule, "topic" if about else rule.urgency, _words(span, line, said), tuple(about))


def _negated(span: tuple[int, int], line: Line) -> bool:
    """Say whether one of the two words before the match negates it ("jeg vil ikke dø")."""
    for at in range(span[0] - 1, max(-1, span[0] - 3), -1):
        if line.words[at] in ENDS or line.after_comma[at + 1]:
            return False
        if line.words[at] in NEGATIONS:
            return True
    return False


def _words(span: tuple[int, int], line: Line, said: Normalised) -> tuple[str, ...]:
    spots = sorted(set(line.spots[span[0] : span[1]]))
    return tuple(said.tokens[spot].surface for spot in spots)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadLexicon(f"{path}: {error}") from None
    if not isinstance(data, dict):
        raise BadLexicon(f"{path}: should hold names with values, see docs/safety.md")
    return data


def _rules(path: Path, flag: Optional[Flag], groups: Mapping[str, Any]) -> Iterator[Rule]:
    for entry in _read(path).get("rules", []):
        name = f"{path}: rule {entry.get('id', '?')!r}"
        unknown = set(entry) - _FIELDS
        if unknown or "id" not in entry or not entry.get("any"):
            raise BadLexicon(f"{name}: needs id and any, and knows no {sorted(unknown)}")
        urgency = entry.get("urgency", "none")
        if urgency not in URGENCIES or (flag and urgency == "none"):
            raise BadLexicon(f"{name}: urgency {urgency!r} is none of {URGENCIES[:-1]}")
        try:
            yield _rule(entry, flag, groups)
        except BadPattern as error:
            raise BadLexicon(f"{name}: {error}") from None


def _rule(entry: Mapping[str, Any], flag: Optional[Flag], groups: Mapping[str, Any]) -> Rule:
    def compiled(field: str) -> tuple[Pattern, ...]:
        return tuple(compile_pattern(str(one), groups) for one in entry.get(field, ()))

    return Rule(
        id=f"{flag}.{entry['id']}" if flag else str(entry["id"]),
        flag=flag,
        urgency=entry.get("urgency", "none"),
        about=entry.get("about"),
        patterns=compiled("any"),
        also=compiled("with"),
        unless=compiled("unless"),
        despite=frozenset(entry.get("despite", ())),
        negatable=bool(entry.get("may_be_negated", True)),
        must_fire=tuple(entry.get("must_fire", ())),
        must_not_fire=tuple(entry.get("must_not_fire", ())),
    )
