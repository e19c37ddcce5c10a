"""The trained part of the safety screen: which flag, how surely, how urgently.

A kernel ridge regression over words, letters and (where installed) sentence
vectors, with one column for each question in `HEADS`; a small logistic model
turns the columns into probabilities. Its evidence are the words that weighed
most and the training messages that lie nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

import joblib
import numpy as np

from bot.nlu.ridge import Solution, Space
from bot.nlu.vectors import Encoder
from bot.safety.verdict import FLAGS
from bot.turn import Flag

HEADS: tuple[str, ...] = ("any", *FLAGS, "acute", "other")
FORMAT = 3
_SHARPNESS = 3.0


class BadModel(ValueError):
    """The classifier's file is missing, broken or of another format; says what to do."""


@dataclass(frozen=True)
class Scores:
    """What the classifier says of one text. All numbers are probabilities or 0–1 scores."""

    any: float
    acute: float
    other: float
    flags: dict[Flag, float]
    words: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()

    @property
    def flag(self) -> Flag:
        """The likeliest flag, whether or not there is one at all."""
        return max(self.flags, key=lambda name: self.flags[name])


@dataclass
class Weights:
    """One solution, and what turns its columns into probabilities."""

    solution: Solution
    calibration: dict[str, Any] = field(default_factory=dict)


@dataclass
class Classifier:
    """The model as it lies in the file. `full` needs an encoder, `sparse` does not."""

    space: Space
    names: list[str]
    ids: list[str]
    sparse: Weights
    full: Optional[Weights] = None
    format: int = FORMAT

    @classmethod
    def load(cls, path: Path) -> Classifier:
        """Read the model. Raises BadModel."""
        try:
            model = joblib.load(path)
        except Exception as error:
            raise BadModel(f"{path}: {error}; run `make train`") from None
        if not isinstance(model, cls) or model.format != FORMAT:
            raise BadModel(f"{path}: made by another version; run `make train`")
        return model

    def columns(self, texts: Sequence[str], encoder: Optional[Encoder]) -> Columns:
        """Return the raw columns (texts by HEADS) with what they were made from."""
        rows = self.space.rows(texts)
        if encoder is None or self.full is None:
            return Columns(self.sparse.solution.columns(rows), rows, None, self.sparse)
        near = self.space.near(encoder.encode(list(texts)))
        return Columns(self.full.solution.columns(rows, near), rows, near, self.full)

    def words(self, row: Any, weights: Weights, head: int = 0, most: int = 5) -> tuple[str, ...]:
        """Return the words and word pairs of a row that speak most for a head."""
        told = [
            (float(value * weights.solution.linear[column, head]), self.names[column])
            for column, value in zip(row.indices, row.data, strict=True)
            if self.names[column]
        ]
        return tuple(name for weight, name in sorted(told, reverse=True)[:most] if weight > 0)

    def nearest(self, near: Any, weights: Weights, head: int = 0, most: int = 3) -> tuple[str, ...]:
        """Return the ids of the training messages that speak most for a head."""
        dual = weights.solution.dual
        if near is None or dual is None:
            return ()
        pull = near * dual[:, head]
        best = np.argsort(-pull)[:most]
        return tuple(self.ids[place] for place in best if pull[place] > 0)


@dataclass
class Columns:
    """Raw columns of some texts, and the rows and nearness that they came from."""

    raw: Any
    rows: Any
    near: Any
    weights: Weights


def summary(raw: Any, signs: Any, close: Any) -> Any:
    """Return the inputs of the calibration, one row a text.

    `raw`: the columns; `signs`: what the lexicon says against danger; `close`: how
    near the nearest training message lies, so that strange talk is judged warily.
    """
    flags = raw[:, 1:10]
    sharp = close * raw[:, 0]
    return np.column_stack(
        [raw[:, 0], _soft_max(flags), flags.max(1), raw[:, 10], close, sharp, signs]
    )


def closeness(near: Any, texts: int) -> Any:
    """Return for each text how near the nearest training message lies (0 without vectors)."""
    return np.zeros(texts, dtype=np.float32) if near is None else near.max(1)


def _soft_max(values: Any) -> Any:
    return np.log(np.exp(_SHARPNESS * values).sum(1)) / _SHARPNESS


def probability(inputs: Any, calibration: dict[str, Any], name: str) -> Any:
    """Return the probabilities that the calibration `name` gives for rows of inputs."""
    weights, bias = calibration[name]
    return 1.0 / (1.0 + np.exp(-(inputs @ weights + bias)))
