"""What a message is about, learned from the labelled messages.

One vectoriser, and on top of it independent yes/no models for each theme and
dialogue intent, and small models for how much and for how long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.nlu.features import text_features

NONE = "none"


@dataclass(frozen=True)
class Labelled:
    """A training line: its text, its labels (themes or intents) and what it says of itself.

    A `severity` or `duration` of None means that the text says nothing about it;
    `described` is false for lines whose severity and duration were never labelled.
    """

    text: str
    labels: tuple[str, ...]
    severity: str | None = None
    duration: str | None = None
    described: bool = False


@dataclass
class Reading:
    """Probabilities (0–1) by label, severity and duration."""

    labels: dict[str, float]
    severity: dict[str, float] = field(default_factory=dict)
    duration: dict[str, float] = field(default_factory=dict)

    def best(self, among: Sequence[str]) -> tuple[str, float]:
        """Return the surest of the labels in `among` and its probability."""
        name = max(among, key=lambda label: self.labels.get(label, 0.0))
        return name, self.labels.get(name, 0.0)


class LanguageModel:
    """Reads themes, dialogue intents, severity and duration out of one message."""

    def __init__(self) -> None:
        self.features = text_features()
        self.names: list[str] = []
        self.weights: Any = None
        self.bias: Any = None
        self.severity: LogisticRegression | None = None
        self.duration: LogisticRegression | None = None

    def fit(self, lines: Sequence[Labelled]) -> LanguageModel:
        """Learn from `lines`. Deterministic: the same lines give the same model."""
        rows = self.features.fit_transform([line.text for line in lines])
        self.names = sorted({label for line in lines for label in line.labels})
        fitted = []
        for name in self.names:
            wanted = np.array([name in line.labels for line in lines])
            fitted.append(_classifier(8.0).fit(rows, wanted))
        self.weights = np.vstack([one.coef_[0] for one in fitted]).astype(np.float32)
        self.bias = np.array([one.intercept_[0] for one in fitted], dtype=np.float32)
        described = np.array([line.described for line in lines])
        if described.any():
            told = [line for line in lines if line.described]
            self.severity = _fit_words(rows[described], [line.severity for line in told])
            self.duration = _fit_words(rows[described], [line.duration for line in told])
        return self

    def read(self, text: str) -> Reading:
        """Return what `text` is about."""
        row = self.features.transform([text])
        scores = np.asarray(row @ self.weights.T)[0] + self.bias
        chances = 1.0 / (1.0 + np.exp(-scores))
        return Reading(
            labels=dict(zip(self.names, map(float, chances), strict=True)),
            severity=_chances(self.severity, row),
            duration=_chances(self.duration, row),
        )


def _classifier(strength: float) -> LogisticRegression:
    return LogisticRegression(
        C=strength, solver="liblinear", class_weight="balanced", random_state=7
    )


def _fit_words(rows: Any, values: list[str | None]) -> LogisticRegression:
    return _classifier(4.0).fit(rows, [value or NONE for value in values])


def _chances(model: LogisticRegression | None, row: Any) -> dict[str, float]:
    if model is None:
        return {}
    return dict(zip(map(str, model.classes_), map(float, model.predict_proba(row)[0]), strict=True))
