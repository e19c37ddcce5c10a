"""Kernel ridge regression over words, letters and sentence vectors: what both models learn with.

A text is a sparse row of length 1 (words, letters) and, where sentence vectors are
installed, a row of nearness to every learned text. One solution serves any number
of questions at once, each a column of wanted values.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional

import numpy as np
from sklearn.preprocessing import normalize

from bot.nlu.features import prepared, text_features

STRENGTH = 0.3
"""How much is given up of the fit to stay simple (the ridge)."""

COMMON = 2000
"""So many columns, those of most texts, are multiplied as a dense matrix."""
BLOCK = 1000
"""Texts whose rows of the kernel are worked on at a time."""
NEIGHBOURS = 10
"""So many of the nearest learned texts are asked what they tell of."""


@dataclass(frozen=True)
class Nearest:
    """The nearest learned texts, one row a text, the nearest first.

    `near`: how near each lies (0–1); `places`: which it is.
    """

    near: Any
    places: Any


class Space:
    """How texts become rows. `support` holds the vectors of the learned texts, or None."""

    def __init__(self) -> None:
        self.features = text_features()
        self.mean: Any = None
        self.spread: Any = None
        self.support: Any = None
        self._ready: Any = None

    def __getstate__(self) -> dict[str, Any]:
        # Hundreds of thousands of words: one by one, as joblib reads them, they take seconds.
        whole = {**self.__dict__, "_ready": None, "features": pickle.dumps(self.features)}
        return {name: value for name, value in whole.items() if name != "words"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        features = pickle.loads(state["features"])  # noqa: S301 - as safe as the file it lies in
        self.__dict__.update(state, features=features)

    @cached_property
    def words(self) -> list[str]:
        """The words and word pairs of the first columns of a row; the others are letters."""
        name, words = self.features.transformer_list[0]
        assert name == "words"
        return [str(one) for one in words.get_feature_names_out()]

    def learn(self, texts: Sequence[str], vectors: Optional[Any]) -> Any:
        """Learn what words and letters there are; return the rows of `texts`."""
        found = self.features.fit_transform(prepared(texts))
        if vectors is not None:
            self.mean, self.spread = vectors.mean(0), vectors.std(0) + 1e-6
            self.support = ((vectors - self.mean) / self.spread).astype(np.float16)
        return normalize(found).astype(np.float32)

    def rows(self, texts: Sequence[str]) -> Any:
        """Return a sparse row of length 1 for each text."""
        return normalize(self.features.transform(prepared(texts))).astype(np.float32)

    def near(self, vectors: Any) -> Any:
        """Return how near each vector lies to each learned text (0–1), one row a vector."""
        if self._ready is None:  # in the file they take half the room
            support = self.support.astype(np.float32)
            self._ready = support, (support**2).sum(1)
        return rbf((vectors - self.mean) / self.spread, *self._ready)


@dataclass
class Solution:
    """`linear` over the sparse rows, `dual` over the nearness (or None), and `bias`."""

    linear: Any
    bias: Any
    dual: Optional[Any] = None

    def columns(self, rows: Any, near: Optional[Any] = None) -> Any:
        """Return one value for each text and question."""
        told = rows @ self.linear + self.bias
        return told if self.dual is None or near is None else told + near @ self.dual


def kernel_of(rows: Any) -> Any:
    """Return the kernel of the learned texts by words and letters, with the ridge on it."""
    # Nearly every text shares a common column: those are quicker to multiply as a dense matrix.
    by_use = np.argsort(-rows.getnnz(axis=0), kind="stable")
    dense, sparse = rows[:, by_use[:COMMON]].toarray(), rows[:, by_use[COMMON:]].tocsr()
    kernel = np.empty((len(dense), len(dense)), dtype=rows.dtype)
    for block in _blocks(len(kernel)):
        rest = slice(block.start, None)
        own = dense[block] @ dense[rest].T
        own += (sparse[block] @ sparse[rest].T).toarray()
        kernel[block, rest], kernel[rest, block] = own, own.T
    kernel[np.diag_indices_from(kernel)] += STRENGTH
    return kernel


def add_nearness(kernel: Any, space: Space, vectors: Any, authors: Any) -> Nearest:
    """Add to `kernel`, in place, how near the texts lie to each other.

    Returns for each text the nearest ones of other authors.
    """
    found = []
    for block in _blocks(len(kernel)):
        near = space.near(vectors[block])
        kernel[block] += near
        near[authors[block, None] == authors] = 0.0
        found.append(nearest(near))
    parts = [(one.near, one.places) for one in found]
    return Nearest(*(np.vstack(part) for part in zip(*parts, strict=True)))


def nearest(near: Any) -> Nearest:
    """Return the nearest texts of rows of nearness to every learned text."""
    most = min(NEIGHBOURS, near.shape[1])
    places = np.argpartition(-near, most - 1, axis=1)[:, :most]
    order = np.argsort(-np.take_along_axis(near, places, 1), axis=1, kind="stable")
    places = np.take_along_axis(places, order, 1)
    return Nearest(np.take_along_axis(near, places, 1), places)


def _blocks(rows: int) -> Iterator[slice]:
    """Yield the rows in parts: a second matrix of all texts by all texts finds no room.

    And numpy's BLAS breaks off from some 36,700 rows on.
    """
    for start in range(0, rows, BLOCK):
        yield slice(start, start + BLOCK)


def solution(dual: Any, rows: Any, bias: Any, with_vectors: bool) -> Solution:
    """Return the solution that the dual coefficients stand for."""
    return Solution(
        linear=np.asarray(rows.T @ dual, dtype=np.float32),
        bias=np.asarray(bias, dtype=np.float32),
        dual=np.asarray(dual, dtype=np.float32) if with_vectors else None,
    )


def rbf(one: Any, other: Any, lengths: Optional[Any] = None) -> Any:
    """Return the Gaussian kernel between two sets of standardised rows (float32).

    `lengths`: the squared lengths of `other`, where they are known.
    """
    one = np.asarray(one, np.float32)
    squares = one @ other.T
    squares *= -2
    squares += (one**2).sum(1)[:, None]
    squares += ((other**2).sum(1) if lengths is None else lengths)[None]
    np.maximum(squares, 0, out=squares)
    squares /= -other.shape[1]
    return np.exp(squares, out=squares)
