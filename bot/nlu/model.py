"""What a message is about, learned from the labelled messages.

One kernel ridge regression (`bot.nlu.ridge`) with a yes/no column for each theme
and dialogue intent, and for each extent: how much, how long; which extent it is,
`bot.nlu.extents` tells. It is learned together with the safety classifier (`bot.learning`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from bot.nlu.examples import Example
from bot.nlu.extents import Extents
from bot.nlu.ridge import Solution, Space
from bot.nlu.vectors import encoder
from bot.settings import MODELS

FILE = MODELS / "reader.joblib"
FORMAT = 3
EXTENT = "="
"""Parts the name of an extent's column: "severity=mild"."""


class NoLanguageModel(RuntimeError):
    """The model's file is missing or broken; says what to do."""


@dataclass
class Reading:
    """How sure (0–1) of each label, severity and duration."""

    labels: dict[str, float]
    severity: dict[str, float] = field(default_factory=dict)
    duration: dict[str, float] = field(default_factory=dict)
    columns: Any = None
    extents: dict[str, Extents] = field(default_factory=dict)

    def extent(self, group: str, text: str, heard: str | None = None) -> str:
        """Return which `group` ("severity", "duration") it is, if `text` says one.

        `heard`: what the rules made of it.
        """
        return self.extents[group].choose(self.columns, text, heard)

    def best(self, among: Sequence[str]) -> tuple[str, float]:
        """Return the surest of the labels in `among` and its probability."""
        name = max(among, key=lambda label: self.labels.get(label, 0.0))
        return name, self.labels.get(name, 0.0)


@dataclass
class Weights:
    """One solution, and what tells the extents apart by its columns."""

    solution: Solution
    extents: dict[str, Extents]


@dataclass
class LanguageModel:
    """Reads themes, dialogue intents, severity and duration out of one message.

    `names`: what each column asks. `full` needs sentence vectors, `sparse` does not.
    """

    space: Space
    names: list[str]
    sparse: Weights
    full: Weights | None = None
    format: int = FORMAT

    @classmethod
    def load(cls, path: Path = FILE) -> LanguageModel:
        """Read the model. Raises NoLanguageModel."""
        try:
            model = joblib.load(path)
        except Exception as error:
            raise NoLanguageModel(f"{path}: {error}; run `make train`") from None
        if not isinstance(model, cls) or getattr(model, "format", 1) != FORMAT:
            raise NoLanguageModel(f"{path}: made by another version; run `make train`")
        return model

    def read(self, text: str) -> Reading:
        """Return what `text` is about."""
        rows = self.space.rows([text])
        vectors = encoder() if self.full is not None else None
        if self.full is None or vectors is None:
            weights, near = self.sparse, None
        else:
            weights, near = self.full, self.space.near(vectors.encode([text]))
        values = weights.solution.columns(rows, near)[0]
        reading = Reading({}, columns=values, extents=weights.extents)
        for name, value in zip(self.names, values.clip(0.0, 1.0), strict=True):
            group, _, extent = name.rpartition(EXTENT)
            getattr(reading, group or "labels")[extent] = float(value)
        return reading


def columns(examples: Sequence[Example]) -> tuple[list[str], Any]:
    """Return the names of all columns, and for each example 1.0 where it is a yes."""
    said = [_yes(one) for one in examples]
    names = sorted({name for some in said for name in some})
    wanted = np.array([[name in some for name in names] for some in said])
    return names, wanted.astype(np.float32)


def _yes(example: Example) -> set[str]:
    extents = {"severity": example.severity, "duration": example.duration}
    found = {*example.themes, *(f"{name}{EXTENT}{to}" for name, to in extents.items() if to)}
    return found | {"about_other"} if example.about == "other" else found
