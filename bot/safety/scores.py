"""What the classifier says of texts, as probabilities, with what spoke for them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from bot.safety.classifier import (
    HEADS,
    Classifier,
    Columns,
    Scores,
    company,
    near_of,
    summary,
)
from bot.safety.trees import Trees
from bot.safety.verdict import FLAGS


def scores_of(classifier: Classifier, columns: Columns, told: np.ndarray) -> list[Scores]:  # type: ignore[type-arg]
    """Return the calibrated scores, with what spoke for them, one for each text."""
    weights = columns.weights
    around = company(near_of(columns), classifier.danger, len(columns.raw))
    inputs = summary(columns.raw, told, around)
    anyone = _trees(weights.calibration["any"]).probability(inputs)
    acute = _trees(weights.calibration["acute"]).probability(inputs)
    found = []
    for at, raw in enumerate(columns.raw):
        near = None if columns.near is None else columns.near[at]
        found.append(
            Scores(
                any=float(anyone[at]),
                acute=float(acute[at]),
                other=float((raw[HEADS.index("other")] + 1) / 2),
                flags={flag: float(raw[1 + place]) for place, flag in enumerate(FLAGS)},
                words=classifier.words(columns.rows[at], weights),
                nearest=classifier.nearest(near, weights),
            )
        )
    return found


@lru_cache(maxsize=4)
def _trees(model: Any) -> Trees:
    return Trees(model)
