"""What a message is about, learned from the labelled messages.

One kernel ridge regression (`bot.nlu.ridge`) with a yes/no column for each theme
and dialogue intent, and for each extent: how much, how long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.nlu.kept import encode_kept
from bot.nlu.ridge import Solution, Space, fit, kernel_of
from bot.nlu.vectors import encoder

EXTENT = "="
"""Parts the name of an extent's column: "severity=mild"."""


@dataclass(frozen=True)
class Labelled:
    """A training line: its text, its labels (themes or intents) and what it says of itself.

    A `severity` or `duration` of None means that the text says nothing about it.
    """

    text: str
    labels: tuple[str, ...]
    severity: str | None = None
    duration: str | None = None

    @property
    def columns(self) -> set[str]:
        """The names of the columns in which this line is a yes."""
        said = {"severity": self.severity, "duration": self.duration}
        return {*self.labels, *(f"{name}{EXTENT}{value}" for name, value in said.items() if value)}


@dataclass
class Reading:
    """How sure (0–1) of each label, severity and duration."""

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
        self.names: list[str] = []
        self.space: Space | None = None
        self.sparse: Solution | None = None
        self.full: Solution | None = None

    def fit(self, lines: Sequence[Labelled], with_vectors: bool = False) -> LanguageModel:
        """Learn from `lines`. Deterministic: the same lines give the same model.

        `with_vectors`: also by sentence vectors, where they can be had.
        """
        texts = [line.text for line in lines]
        vectors = encode_kept(texts) if with_vectors else None
        self.space = Space()
        rows = self.space.learn(texts, vectors)
        self.names = sorted({name for line in lines for name in line.columns})
        wanted = np.array([[name in line.columns for name in self.names] for line in lines])
        wanted = wanted.astype(np.float32)
        kernel = kernel_of(rows)
        self.sparse = fit(kernel, rows, wanted, with_vectors=False)
        if vectors is not None:
            kernel += self.space.near(vectors)
            self.full = fit(kernel, rows, wanted, with_vectors=True)
        return self

    def read(self, text: str) -> Reading:
        """Return what `text` is about."""
        assert self.space is not None and self.sparse is not None
        rows = self.space.rows([text])
        vectors = encoder() if self.full is not None else None
        if self.full is None or vectors is None:
            values = self.sparse.columns(rows)[0]
        else:
            values = self.full.columns(rows, self.space.near(vectors.encode([text])))[0]
        reading = Reading({})
        for name, value in zip(self.names, values.clip(0.0, 1.0), strict=True):
            group, _, extent = name.rpartition(EXTENT)
            getattr(reading, group or "labels")[extent] = float(value)
        return reading
