"""What the safety classifier is taught, and how its answers become probabilities.

Every probability is calibrated on predictions for messages of authors that the
model had not seen: one file is one author, left out in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.linalg
from sklearn.linear_model import LogisticRegression

from bot.nlu.examples import Example
from bot.safety.classifier import HEADS

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
    return one.about == "other" if head == "other" else head == one.flag


def left_out(authors: Any, root: Any, dual: Any, wanted: Any) -> Any:
    """Return the columns for each message as a model without its author would give them.

    For ridge regression they follow from the one solution: what the messages of
    an author B would miss is inverse[B, B]⁻¹ @ dual[B]. `root`: see `bot.nlu.ridge.root_of`.
    """
    unseen = np.empty_like(dual)
    for author in np.unique(authors):
        block = np.flatnonzero(authors == author)
        own = root[block[0] :, block]  # above stands nothing: R is lower triangular
        missed = scipy.linalg.solve(own.T @ own, dual[block], assume_a="pos")
        unseen[block] = wanted[block] - missed
    return unseen


def calibrate(inputs: Any, wanted: Any) -> dict[str, Any]:
    """Fit a logistic model for each probability: any flag, acute, about somebody else."""
    fitted = {}
    for name, column in (("any", 0), ("acute", 10)):
        model = LogisticRegression(C=10.0, max_iter=2000).fit(inputs, wanted[:, column] > 0)
        fitted[name] = (model.coef_[0].astype(np.float32), float(model.intercept_[0]))
    return fitted
