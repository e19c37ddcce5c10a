"""What the safety classifier is taught, and how its answers become probabilities.

Every probability is calibrated on predictions for messages of authors that the
model had not seen: one file is one author, and two in three are left out in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.linalg
from sklearn.ensemble import HistGradientBoostingClassifier

from bot.nlu.examples import Example
from bot.nlu.inverse import Factored
from bot.nlu.labels import PROBLEM_THEMES
from bot.safety.classifier import HEADS

PROBLEMS = frozenset(PROBLEM_THEMES)
UNKNOWN = -1.0
"""What is said of a text that resembles nothing learned: no flag."""


def targets(examples: Sequence[Example]) -> Any:
    """Return the wanted columns: +1 where a head should say yes, -1 elsewhere."""
    rows = [[_says(one, head) for head in HEADS] for one in examples]
    return 2.0 * np.array(rows, dtype=np.float32) - 1.0


def _says(one: Example, head: str) -> bool:
    if head == "any":
        return one.flag is not None
    if head == "acute":
        return one.flag is not None and one.urgency == "acute"
    if head == "everyday":  # nothing that one would seek help for
        return one.flag is None and not PROBLEMS.intersection(one.themes)
    return one.about == "other" if head == "other" else head == one.flag


def left_out(authors: Any, kernel: Factored, dual: Any, wanted: Any, since: int) -> Any:
    """Return the columns for the messages from `since` on as a model without their author's.

    For ridge regression they follow from the one solution: what the messages of
    an author B would miss is inverse[B, B]⁻¹ @ dual[B]. Authors stand one after the other.
    """
    unseen = np.array(wanted[since:])
    starts = np.flatnonzero(np.diff(authors[since:], prepend=-1)) + since
    for start, stop in zip(starts, [*starts[1:], len(wanted)], strict=True):
        block = slice(start, stop)
        missed = scipy.linalg.solve(kernel.inverse(block), dual[block], assume_a="pos")
        unseen[start - since : stop - since] -= missed
    return unseen


def calibrate(inputs: Any, wanted: Any) -> dict[str, Any]:
    """Fit what turns the inputs (see `summary`) into a probability: of any flag, and of acute.

    Boosted trees, for what a column means depends on the others: the same sum weighs
    less where nothing learned lies near, or where what lies near tells of no danger.
    """
    fitted = {}
    for name in ("any", "acute"):
        trees = HistGradientBoostingClassifier(
            max_iter=300,
            learning_rate=0.05,
            max_leaf_nodes=15,
            min_samples_leaf=40,
            l2_regularization=5.0,
            early_stopping=False,
            random_state=1,
        )
        fitted[name] = trees.fit(inputs, wanted[:, HEADS.index(name)] > 0)
    return fitted
