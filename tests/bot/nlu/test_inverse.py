"""The root of the inverse, in one part and in many."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.inverse import root_of


def test_the_root_is_the_same_in_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(1).normal(size=(50, 80)).astype(np.float32)
    kernel = rows @ rows.T / 80 + np.eye(50, dtype=np.float32)
    whole = root_of(kernel.copy())
    monkeypatch.setattr("bot.nlu.inverse.TILE", 16)
    root = root_of(kernel.copy())
    assert np.allclose(root, whole, atol=1e-4)
    assert not np.triu(root, 1).any()
    assert np.allclose(root.T @ root, np.linalg.inv(kernel), atol=1e-3)


def test_what_has_no_inverse_is_said() -> None:
    with pytest.raises(ArithmeticError, match="no inverse"):
        root_of(-np.eye(3, dtype=np.float32))
