"""The safety screen: every message passes here first, in process, without network.

The lexicon and the classifier read each message side by side; what both amount
to together, `bot.safety.weighing` says.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Optional

import numpy as np

from bot.nlu.vectors import Encoder, encoder
from bot.safety.bare import bare
from bot.safety.classifier import BadModel, Classifier, Scores
from bot.safety.context import by_rule, surest
from bot.safety.foreign import foreign
from bot.safety.lexicon import BadLexicon, Finding, Lexicon
from bot.safety.scores import scores_of
from bot.safety.signs import signs_of
from bot.safety.spelling import Spelling
from bot.safety.verdict import URGENCIES, Verdict
from bot.safety.weighing import Thresholds, judge
from bot.safety.windows import MOST_VECTORS, most_telling, windows
from bot.settings import ROOT

log = logging.getLogger(__name__)
MODEL = ROOT / "models" / "safety.joblib"
LONGEST = 16_384
ONE_MENDED, MORE_MENDED = 0.55, 0.4
"""So sure must a reading be that rests on one mended word, or on more."""
NOTHING_READ = Finding((), (), ())
"""Stands where the lexicon failed; known by identity, an empty finding is another."""


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
        # What was mended is a guess, and one word soon guessed wrong: it has to be surer than what
        # was written.
        heard = surest(meant) >= (ONE_MENDED if mended.words == 1 else MORE_MENDED)
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
        limits = self.thresholds
        verdicts = [judge(one, scores.get(at), limits, soften) for at, one in enumerate(findings)]
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
        chosen = most_telling(wordy, {at for at in wordy if findings[at].hits})
        found: dict[int, Scores] = {}
        for places, vectors in (
            (chosen[:MOST_VECTORS], self.vectors),
            (chosen[MOST_VECTORS:], None),
        ):
            if places:
                told = np.array([signs_of(findings[at], views[at]) for at in places])
                plain = [bare(views[at]) for at in places]
                columns = self.classifier.columns(plain, vectors)
                found.update(zip(places, scores_of(self.classifier, columns, told), strict=True))
        return found


def spelling_of(classifier: Classifier) -> Spelling:
    """Return the spelling of the words that the classifier has learned."""
    words = dict(classifier.space.features.transformer_list)["words"]
    return Spelling.of(words, len(classifier.ids))


def _gravity(verdict: Verdict) -> tuple[int, bool]:
    """Return the place of a verdict among those of one text: the gravest, then a rule's first."""
    return URGENCIES.index(verdict.urgency), not by_rule(verdict)


__all__ = ["BadLexicon", "Screen", "ScreenFailed"]
