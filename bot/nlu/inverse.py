"""The inverse of a positive definite matrix, in its own room and in parts."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.linalg

TILE = 2048
"""So many rows and columns are worked on at a time."""


def root_of(kernel: Any) -> Any:
    """Return R, where R.T @ R is the inverse of the positive definite `kernel` (overwritten).

    R is lower triangular. In parts: LAPACK's own breaks off from some 37,000 rows on.
    """
    rows = len(kernel)
    parts = [slice(at, min(at + TILE, rows)) for at in range(0, rows, TILE)]
    try:
        for at, part in enumerate(parts):
            _factor(kernel, part, parts[at + 1 :])
    except np.linalg.LinAlgError:
        raise ArithmeticError("the kernel of the training messages has no inverse") from None
    for at, part in enumerate(parts):
        _invert(kernel, part, parts[:at])
    return kernel


def _factor(kernel: Any, part: slice, below: list[slice]) -> None:
    """Take one step of Cholesky's factoring; on the diagonal the factor's inverse is left."""
    lower = scipy.linalg.cholesky(kernel[part, part], lower=True)
    own, _ = scipy.linalg.lapack.strtri(lower, lower=True)
    kernel[part, part] = own
    kernel[part, part.stop :] = 0.0
    for rows in below:
        kernel[rows, part] = kernel[rows, part] @ own.T
    for rows in below:
        rest = slice(part.stop, rows.stop)
        kernel[rows, rest] -= kernel[rows, part] @ kernel[rest, part].T


def _invert(root: Any, part: slice, above: list[slice]) -> None:
    """Put the inverse in place of one row of tiles of a lower triangular matrix."""
    own = -root[part, part]
    made = [
        own @ (root[part, columns.start : part.start] @ root[columns.start : part.start, columns])
        for columns in above
    ]
    for columns, tile in zip(above, made, strict=True):
        root[part, columns] = tile
