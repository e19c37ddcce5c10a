"""The safety screen: every message passes here first, in process, without network.

The lexicon and the classifier read each message side by side. What the lexicon is
sure of, it says by itself; the classifier catches what is said indirectly. Where
they disagree the graver counts, except that an emergency by a rule alone, which
the classifier finds quite harmless, becomes a human. Thresholds: thresholds.yml.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import numpy as np
import yaml

from bot.nlu.vectors import Encoder, encoder
from bot.safety.classifier import (
    BadModel,
    Classifier,
    Columns,
    Scores,
    closeness,
    probability,
    summary,
)
from bot.safety.foreign import foreign
from bot.safety.lexicon import BadLexicon, Finding, Hit, Lexicon
from bot.safety.signs import signs_of
from bot.safety.spelling import Spelling
from bot.safety.verdict import FLAGS, URGENCIES, Evidence, Urgency, Verdict, graver
from bot.settings import ROOT
from bot.turn import About, Flag

log = logging.getLogger(__name__)
MODEL = ROOT / "models" / "safety.joblib"
THRESHOLDS = Path(__file__).with_name("thresholds.yml")
WINDOW, OVERLAP = 800, 100
"""Longer texts are judged in windows of so many characters."""
MOST_READ, MOST_VECTORS = 8, 2
"""So many windows of a long text the classifier reads, and so many with vectors."""
LONGEST = 16_384
SURE = 0.9
"""From this score on the classifier has a say in which flag it is, beside a rule."""
_ADDRESS = re.compile(r"https?:\S+|(?<!\w)[@#](?=\w)\w*")
"""Names of accounts and links say nothing of danger to the classifier."""
_TOPICAL: frozenset[Flag] = frozenset(["suicide", "self_harm", "violence", "sexual_abuse"])
NOTHING_READ = Finding((), (), ())
"""Stands where the lexicon failed; known by identity, an empty finding is another."""
_TOPIC_KINDS = ("school", "fiction", "bereaved", "theory")


@dataclass(frozen=True)
class Thresholds:
    """Probabilities (0–1) from which the classifier asks, hands over or calls for help."""

    check: float
    human: float
    check_acute: float
    human_acute: float
    acute: float
    acute_any: float
    acute_with_rule: float
    soften: float
    clear: float

    @classmethod
    def load(cls, path: Path = THRESHOLDS) -> Thresholds:
        """Read thresholds.yml. Raises ValueError or OSError."""
        read = {name: float(value) for name, value in yaml.safe_load(path.read_text()).items()}
        outside = {name: value for name, value in read.items() if not 0.0 <= value <= 1.0}
        if outside:
            raise ValueError(f"{path}: {outside} should lie between 0 and 1")
        return cls(**read)


class ScreenFailed(RuntimeError):
    """Neither lexicon nor classifier could read a message."""


class Screen:
    """Lexicon and classifier together. Make one with `load` and keep it.

    `whole`: both are there and could read the last message.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        thresholds: Thresholds,
        classifier: Optional[Classifier] = None,
        vectors: Optional[Encoder] = None,
    ) -> None:
        self.lexicon, self.thresholds = lexicon, thresholds
        self.classifier, self.vectors = classifier, vectors
        self.whole = classifier is not None
        self._spelling = spelling_of(classifier) if classifier is not None else None

    @classmethod
    def load(cls, model: Path = MODEL) -> Screen:
        """Load what is there; without a model the lexicon works alone. Raises BadLexicon."""
        lexicon, thresholds = Lexicon.load(), Thresholds.load()
        try:
            classifier = Classifier.load(model)
        except BadModel as error:
            log.error("safety: %s; until then the lexicon works alone", error)
            return cls(lexicon, thresholds)
        vectors = encoder() if classifier.full is not None else None
        log.info("safety: classifier with %s", "vectors" if vectors else "words alone")
        return cls(lexicon, thresholds, classifier, vectors)

    def look(self, text: str) -> Verdict:
        """Return the verdict on `text` (read to 16 KB). Raises ScreenFailed.

        Misspelled, it is read a second time as it was likely meant, and the graver verdict counts.
        """
        verdict = self._look(text)
        if self._spelling is None or verdict.response == "emergency":
            return verdict
        try:
            mended = self._spelling.mend(text[:LONGEST])
            meant, whole = verdict, self.whole
            if mended.words:
                meant = self._look(mended.text)
                self.whole = self.whole and whole
        except Exception:
            log.exception("safety: a message could not be read as it was likely meant")
            return verdict
        # One word mended wrongly is soon made: a mere question takes two.
        heard = meant.response in ("human", "emergency") or mended.words > 1
        return min(verdict, meant, key=_gravity) if heard else verdict

    def _look(self, text: str) -> Verdict:
        views = windows(text[:LONGEST])
        self.whole = self.classifier is not None
        findings = [self._find(view) for view in views]
        try:
            scores = self._scores(views, findings)
        except Exception:
            log.exception("safety: the classifier failed on a message")
            self.whole, scores = False, {}
        # In a long text the classifier hears mostly what stands around: it softens nothing there.
        soften = len(views) == 1
        verdicts = [self._judge(one, scores.get(at), soften) for at, one in enumerate(findings)]
        gravest = min(verdicts, key=_gravity)
        gravest = min(gravest, self._in_other_tongues(text), key=_gravity)
        unread = any(one is NOTHING_READ and at not in scores for at, one in enumerate(findings))
        if unread and gravest.urgency == "none":
            raise ScreenFailed("a part of a message was read by neither lexicon nor classifier")
        return gravest

    def _in_other_tongues(self, text: str) -> Verdict:
        """Return what sounds like danger in a language that the bot does not speak."""
        try:
            tongue = foreign(text[:LONGEST])
            return tongue.look(text[:LONGEST]) if tongue else Verdict()
        except Exception:
            log.exception("safety: other languages could not be looked at in a message")
            self.whole = False
            return Verdict()

    def _find(self, view: str) -> Finding:
        """Return what the lexicon finds; where it fails the classifier reads alone."""
        try:
            return self.lexicon.look(view)
        except Exception:
            log.exception("safety: the lexicon failed on a message")
            self.whole = False
            return NOTHING_READ

    def chance(self, text: str) -> float:
        """Return the classifier's probability (0–1) of any flag in a short text, for tuning."""
        scores = self._scores([text], [self.lexicon.look(text)])
        return scores[0].any if scores else 0.0

    def _scores(self, views: list[str], findings: list[Finding]) -> dict[int, Scores]:
        """Return the classifier's scores by window: every window of an ordinary message.

        Of a very long one, those with a rule's hit, the first, the last and some
        between, of which the first two with vectors: these cost the most time.
        """
        if self.classifier is None:
            return {}
        wordy = [at for at, view in enumerate(views) if re.search(r"\w", view)]
        chosen = _most_telling(wordy, {at for at in wordy if findings[at].hits})
        found: dict[int, Scores] = {}
        for places, vectors in (
            (chosen[:MOST_VECTORS], self.vectors),
            (chosen[MOST_VECTORS:], None),
        ):
            if places:
                told = np.array([signs_of(findings[at], views[at]) for at in places])
                plain = [_ADDRESS.sub(" ", views[at]) for at in places]
                columns = self.classifier.columns(plain, vectors)
                found.update(zip(places, scores_of(self.classifier, columns, told), strict=True))
        return found

    def _judge(self, finding: Finding, scores: Optional[Scores], soften: bool) -> Verdict:
        hits = sorted(finding.hits, key=lambda hit: URGENCIES.index(hit.urgency))
        rule: Urgency = hits[0].urgency if hits else "none"
        urgency = rule if scores is None else self._weigh(rule, scores, soften)
        if urgency == "topic" and not _topical(hits[0]):
            urgency = "none"
        if urgency == "none":
            return Verdict(evidence=_evidence(finding, scores) if hits else ())
        flag = _flag(hits, scores)
        return Verdict(flag, urgency, _about(hits, scores), _evidence(finding, scores))

    def _weigh(self, rule: Urgency, scores: Scores, soften: bool) -> Urgency:
        """Return the urgency that rule and classifier amount to together."""
        limits = self.thresholds
        learned: Urgency = "none"
        if scores.any >= limits.check:
            learned = "uncertain"
            if scores.any >= limits.human or scores.acute >= limits.human_acute:
                learned = "serious"
        elif scores.acute >= limits.check_acute:
            learned = "uncertain"
        sure = scores.any >= limits.acute_any and scores.acute >= limits.acute
        if sure or (rule == "serious" and scores.acute >= limits.acute_with_rule):
            learned = "acute"
        if soften and rule == "acute" and scores.any < limits.soften:
            rule = "serious"
        if soften and rule == "uncertain" and scores.any < limits.clear:
            rule = "topic"
        return graver(rule, learned)


def spelling_of(classifier: Classifier) -> Spelling:
    """Return the spelling of the words that the classifier has learned."""
    words = dict(classifier.space.features.transformer_list)["words"]
    return Spelling.of(words, len(classifier.ids))


def scores_of(classifier: Classifier, columns: Columns, told: np.ndarray) -> list[Scores]:  # type: ignore[type-arg]
    """Return the calibrated scores, with what spoke for them, one for each text."""
    weights = columns.weights
    inputs = summary(columns.raw, told, closeness(columns.near, len(columns.raw)))
    anyone = probability(inputs, weights.calibration, "any")
    acute = probability(inputs, weights.calibration, "acute")
    found = []
    for at, raw in enumerate(columns.raw):
        near = None if columns.near is None else columns.near[at]
        found.append(
            Scores(
                any=float(anyone[at]),
                acute=float(acute[at]),
                other=float((raw[11] + 1) / 2),
                flags={flag: float(raw[1 + place]) for place, flag in enumerate(FLAGS)},
                words=classifier.words(columns.rows[at], weights),
                nearest=classifier.nearest(near, weights),
            )
        )
    return found


def windows(text: str) -> list[str]:
    """Return the text, or overlapping windows that cover all of it.

    >>> len(windows("kort melding"))
    1
    """
    if len(text) <= WINDOW + OVERLAP:
        return [text]
    step = WINDOW - OVERLAP
    starts = list(range(0, len(text) - OVERLAP, step))
    return [text[start : start + WINDOW] for start in starts[:-1]] + [text[-WINDOW:]]


def _most_telling(places: list[int], hit: set[int]) -> list[int]:
    """Return at most MOST_READ places: with hits, then the last and the first, then others."""
    if not places:
        return []
    spread = np.linspace(0, len(places) - 1, min(len(places), MOST_READ)).round().astype(int)
    ranked = [*sorted(hit), places[-1], places[0], *(places[at] for at in spread)]
    return list(dict.fromkeys(ranked))[:MOST_READ]


def _gravity(verdict: Verdict) -> tuple[int, bool]:
    """Return the place of a verdict among those of one text: the gravest, then a rule's first."""
    by_rule = any(one.kind == "pattern" for one in verdict.evidence)
    return URGENCIES.index(verdict.urgency), not by_rule


def _topical(hit: Hit) -> bool:
    kinds = [name.split(".")[0] for name in hit.contexts]
    return hit.rule.flag in _TOPICAL and any(kind in kinds for kind in _TOPIC_KINDS)


def _flag(hits: list[Hit], scores: Optional[Scores]) -> Flag:
    """Return the flag of the gravest rule; between several, and without one, the likeliest."""
    named = {hit.rule.flag for hit in hits if hit.urgency == hits[0].urgency != "topic"}
    among = [flag for flag in FLAGS if flag in named] or list(FLAGS)
    if scores is None:
        return among[0] if named else hits[0].rule.flag or among[0]
    if scores.any >= SURE and "acute" not in (hit.urgency for hit in hits):
        among.append(scores.flag)
    chances = scores.flags
    return max(among, key=lambda flag: chances[flag])


def _about(hits: list[Hit], scores: Optional[Scores]) -> About:
    told = [hit.rule.about for hit in hits if hit.urgency == hits[0].urgency and hit.rule.about]
    if told:
        return told[0]
    return "other" if scores is not None and scores.other > 0.5 else "self"


def _evidence(finding: Finding, scores: Optional[Scores]) -> tuple[Evidence, ...]:
    found = [Evidence("pattern", hit.rule.id, hit.words) for hit in finding.hits]
    found += [
        Evidence("context", hit.rule.id, hit.words) for hit in (*finding.contexts, *finding.sayings)
    ]
    if scores is not None:
        score = round(scores.any, 3)
        found.append(Evidence("classifier", scores.flag, scores.words, score))
        if scores.nearest:
            found.append(Evidence("classifier", "nearest", scores.nearest, score))
    return tuple(found)


__all__ = ["BadLexicon", "Screen", "Thresholds", "windows"]
