"""A positive definite matrix factored in its own room and in parts, to solve with.

Wanted besides are blocks of its inverse, and those cost as much again. So they are to
be had of the last rows alone, for which the inverse needs only the factor's last corner.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.linalg

TILE = 2048
"""So many rows and columns are worked on at a time."""


class Factored:
    """Solves for `kernel` (positive definite, overwritten). Raises ArithmeticError.

    `since`: the first row whose blocks of the inverse are to be had. In parts: LAPACK's
    own breaks off from some 37,000 rows on.
    """

    def __init__(self, kernel: Any, since: int = 0) -> None:
        # L, lower triangular, with L @ L.T the kernel: but on the diagonal lie the inverses
        # of its tiles, and from `since` on the inverse of its whole corner.
        self._lower = kernel
        self._since = since
        self._first = _tiles(0, since)
        self._last = slice(since, len(kernel))
        last = _tiles(since, len(kernel))
        parts = [*self._first, *last]
        try:
            for at, part in enumerate(parts):
                _factor(kernel, part, parts[at + 1 :])
        except np.linalg.LinAlgError:
            raise ArithmeticError("the kernel of the training messages has no inverse") from None
        for at, part in enumerate(last):
            _invert(kernel, part, last[:at])

    def solve(self, wanted: Any) -> Any:
        """Return X where kernel @ X is `wanted` (rows by questions)."""
        lower, last = self._lower, self._last
        found = np.array(wanted, dtype=lower.dtype)
        for part in self._first:
            found[part] = lower[part, part] @ found[part]
            found[part.stop :] -= lower[part.stop :, part] @ found[part]
        found[last] = lower[last, last].T @ (lower[last, last] @ found[last])
        for part in reversed(self._first):
            found[part] -= lower[part.stop :, part].T @ found[part.stop :]
            found[part] = lower[part, part].T @ found[part]
        return found

    def inverse(self, rows: slice) -> Any:
        """Return the block of the inverse by `rows`, of which none comes before `since`."""
        assert rows.start >= self._since
        own = self._lower[rows.start :, rows]  # above stands nothing: it is lower triangular
        return own.T @ own


def _tiles(start: int, stop: int) -> list[slice]:
    return [slice(at, min(at + TILE, stop)) for at in range(start, stop, TILE)]


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


def _invert(lower: Any, part: slice, before: list[slice]) -> None:
    """Put the inverse in place of one row of tiles; `before` are the tiles that have theirs."""
    own = -lower[part, part]
    made = []
    for columns in before:
        between = slice(columns.start, part.start)
        made.append(own @ (lower[part, between] @ lower[between, columns]))
    for columns, tile in zip(before, made, strict=True):
        lower[part, columns] = tile
