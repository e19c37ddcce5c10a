"""Trains the safety classifier from all of `data/nlu` (see bot/safety/classifier.py).

Every probability is calibrated on predictions for messages of authors that the
model had not seen: one file is one author, left out in turn.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import scipy.linalg
from sklearn.linear_model import LogisticRegression

from bot.nlu.examples import FOLDER, Example, harmless, read, spoken
from bot.nlu.kept import encode_kept
from bot.nlu.ridge import Space, kernel_of, solution
from bot.safety.classifier import HEADS, Classifier, Weights, closeness, summary
from bot.safety.lexicon import Lexicon
from bot.safety.signs import signs

log = logging.getLogger(__name__)
UNKNOWN = -1.0
"""What is said of a text that resembles nothing learned: no flag."""


@dataclass(frozen=True)
class Material:
    """The training messages, and for each the number of its author (one file, one author)."""

    examples: list[Example]
    authors: Any

    @property
    def texts(self) -> list[str]:
        return [example.text for example in self.examples]


def material(folder: Path = FOLDER) -> Material:
    """Return all messages of `folder`, and the ordinary answers that lie beside it."""
    authors = [list(read(path)) for path in sorted(folder.glob("*.jsonl"))]
    authors += [harmless(name, texts) for name, texts in spoken(folder.parent).items()]
    numbers = [number for number, lines in enumerate(authors) for _ in lines]
    return Material([one for lines in authors for one in lines], np.array(numbers))


def train_classifier(path: Path, folder: Path = FOLDER) -> None:
    """Learn from the messages of `folder` and write the model to `path`."""
    given = material(folder)
    vectors = encode_kept(given.texts)
    space = Space()
    rows = space.learn(given.texts, vectors)
    kernel = kernel_of(rows)
    told = signs(Lexicon.load(), given.texts)
    wanted = targets(given.examples)
    model = Classifier(
        space=space,
        names=_word_names(space.features),
        ids=[one.id for one in given.examples],
        sparse=solve(kernel.copy(), given.authors, wanted, told, rows),
    )
    if vectors is not None:
        near = space.near(vectors)
        model.full = solve(kernel + near, given.authors, wanted, told, rows, near)
    path.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, path, compress=3)


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


def solve(
    kernel: Any, authors: Any, wanted: Any, told: Any, rows: Any, near: Any = None
) -> Weights:
    """Solve one ridge regression, then calibrate it on the authors left out in turn.

    `kernel` is overwritten.
    """
    close = _closeness_to_others(near, authors)
    mean = np.full(wanted.shape[1], UNKNOWN, dtype=np.float32)
    root = root_of(kernel)
    dual = root.T @ (root @ (wanted - mean))
    unseen = left_out(authors, root, dual, wanted)
    return Weights(
        solution=solution(dual, rows, mean, near is not None),
        calibration=_calibrate(summary(unseen, told, close), wanted),
    )


def root_of(kernel: Any) -> Any:
    """Return R, where R.T @ R is the inverse of the positive definite `kernel` (overwritten)."""
    factor, failed = scipy.linalg.lapack.spotrf(kernel.T, lower=True, overwrite_a=True)
    root, failed_too = scipy.linalg.lapack.strtri(factor, lower=True, overwrite_c=True)
    if failed or failed_too:
        raise ArithmeticError("the kernel of the training messages has no inverse")
    return root


def _closeness_to_others(near: Any, authors: Any) -> Any:
    """Return how near the nearest message of another author lies, as for a stranger's."""
    if near is None:
        return closeness(None, len(authors))
    close = np.zeros(len(authors), dtype=np.float32)
    for author in np.unique(authors):
        own = authors == author
        if not own.all():
            close[own] = near[np.ix_(own, ~own)].max(1)
    return close


def left_out(authors: Any, root: Any, dual: Any, wanted: Any) -> Any:
    """Return the columns for each message as a model without its author would give them.

    For ridge regression they follow from the one solution: what the messages of
    an author B would miss is inverse[B, B]⁻¹ @ dual[B]. `root`: see `root_of`.
    """
    unseen = np.empty_like(dual)
    for author in np.unique(authors):
        block = np.flatnonzero(authors == author)
        own = root[:, block]
        missed = scipy.linalg.solve(own.T @ own, dual[block], assume_a="pos")
        unseen[block] = wanted[block] - missed
    return unseen


def _calibrate(inputs: Any, wanted: Any) -> dict[str, Any]:
    """Fit a logistic model for each probability: any flag, acute, about somebody else."""
    fitted = {}
    for name, column in (("any", 0), ("acute", 10)):
        model = LogisticRegression(C=10.0, max_iter=2000).fit(inputs, wanted[:, column] > 0)
        fitted[name] = (model.coef_[0].astype(np.float32), float(model.intercept_[0]))
    return fitted


def _word_names(features: Any) -> list[str]:
    """Return for each column the words it stands for, empty for rows of letters."""
    names = map(str, features.get_feature_names_out())
    return [name[7:] if name.startswith("words__") else "" for name in names]
