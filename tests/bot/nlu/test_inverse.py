"""Factored in one part and in many: what it solves, and the blocks of the inverse."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.inverse import Factored

ROWS = 50


@pytest.fixture
def kernel() -> np.ndarray:
    rows = np.random.default_rng(1).normal(size=(ROWS, 80)).astype(np.float32)
    return rows @ rows.T / 80 + np.eye(ROWS, dtype=np.float32)


@pytest.mark.parametrize("tile", [16, 2048])
@pytest.mark.parametrize("since", [0, 7, 20, 48, ROWS])
def test_it_solves(
    monkeypatch: pytest.MonkeyPatch, kernel: np.ndarray, tile: int, since: int
) -> None:
    monkeypatch.setattr("bot.nlu.inverse.TILE", tile)
    wanted = np.random.default_rng(2).normal(size=(ROWS, 3)).astype(np.float32)
    found = Factored(kernel.copy(), since).solve(wanted)
    assert np.allclose(found, np.linalg.solve(kernel, wanted), atol=1e-4)


@pytest.mark.parametrize("tile", [16, 2048])
@pytest.mark.parametrize(
    ("since", "rows"), [(0, slice(0, 30)), (7, slice(7, 9)), (20, slice(25, 50))]
)
def test_blocks_of_the_inverse(
    monkeypatch: pytest.MonkeyPatch, kernel: np.ndarray, tile: int, since: int, rows: slice
) -> None:
    monkeypatch.setattr("bot.nlu.inverse.TILE", tile)
    found = Factored(kernel.copy(), since).inverse(rows)
    assert np.allclose(found, np.linalg.inv(kernel)[rows, rows], atol=1e-4)


def test_what_has_no_inverse_is_said() -> None:
    with pytest.raises(ArithmeticError, match="no inverse"):
        Factored(-np.eye(3, dtype=np.float32))
