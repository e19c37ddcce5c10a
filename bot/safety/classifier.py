"""The trained part of the safety screen: which flag, how surely, how urgently.

A kernel ridge regression over words, letters and (where installed) sentence
vectors, with one column for each question in `HEADS`; boosted trees turn the
columns, and what the nearest learned messages tell of, into probabilities. Its
evidence are the words that weighed most and the training messages that lie nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

import joblib
import numpy as np

from bot.nlu.ridge import NEIGHBOURS, Nearest, Solution, Space, nearest
from bot.nlu.vectors import Encoder
from bot.safety.verdict import FLAGS
from bot.turn import Flag

HEADS: tuple[str, ...] = ("any", *FLAGS, "acute", "other", "everyday")
FORMAT = 5
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
    """The model as it lies in the file. `full` needs an encoder, `sparse` does not.

    `danger`: for each learned message whether it has a red flag.
    """

    space: Space
    ids: list[str]
    danger: Any
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
        names = self.space.words
        told = [
            (float(value * weights.solution.linear[column, head]), names[column])
            for column, value in zip(row.indices, row.data, strict=True)
            if column < len(names)
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


def summary(raw: Any, signs: Any, company: Any) -> Any:
    """Return the inputs of the calibration, one row a text.

    `raw`: the columns; `signs`: what the lexicon says against danger; `company`: what
    the nearest learned messages tell of, so that strange talk is judged warily.
    """
    flags = raw[:, 1:10]
    return np.column_stack([raw, _soft_max(flags), flags.max(1), company, signs])


def company(found: Optional[Nearest], danger: Any, texts: int) -> Any:
    """Return what the nearest learned messages tell of: how near, and how many of danger.

    Without vectors (`found` None) nothing lies near.
    """
    if found is None:
        return np.zeros((texts, NEIGHBOURS + 4), dtype=np.float32)
    near, bad = found.near, danger[found.places]
    few = slice(None), slice(3)
    return np.column_stack(
        [
            near,
            near.mean(1),
            _share(near, bad),
            _share(near[few], bad[few]),
            np.where(bad, near, 0).max(1) - np.where(bad, 0, near).max(1),
        ]
    )


def near_of(columns: Columns) -> Optional[Nearest]:
    """Return the nearest learned messages of some texts; None without vectors."""
    return None if columns.near is None else nearest(columns.near)


def _share(near: Any, bad: Any) -> Any:
    return (near * bad).sum(1) / np.maximum(near.sum(1), 1e-6)


def _soft_max(values: Any) -> Any:
    return np.log(np.exp(_SHARPNESS * values).sum(1)) / _SHARPNESS
