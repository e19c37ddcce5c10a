"""The kernel in parts is the kernel, and a space comes back as it was."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from bot.nlu import ridge
from bot.nlu.ridge import STRENGTH, Space, add_nearness, kernel_of

TEXTS = [f"hei {word} {other}" for word in ("du", "jeg", "vi") for other in ("ler", "gråter")]
AUTHORS = np.array([0, 0, 1, 1, 2, 2])


@pytest.fixture
def vectors() -> np.ndarray:
    return np.random.default_rng(7).normal(size=(len(TEXTS), 4)).astype(np.float32)


def test_the_kernel_is_made_in_parts(monkeypatch: pytest.MonkeyPatch, vectors: np.ndarray) -> None:
    monkeypatch.setattr(ridge, "BLOCK", 4)
    monkeypatch.setattr(ridge, "COMMON", 3)
    space = Space()
    rows = space.learn(TEXTS, vectors)
    kernel = kernel_of(rows)
    words = (rows @ rows.T).toarray() + STRENGTH * np.eye(len(TEXTS))
    assert np.allclose(kernel, words, atol=1e-5)
    found = add_nearness(kernel, space, vectors, AUTHORS)
    near = space.near(vectors)
    assert np.allclose(kernel, words + near, atol=1e-5)
    others = [max(near[i][AUTHORS[i] != AUTHORS]) for i in range(len(TEXTS))]
    assert np.allclose(found.near[:, 0], others, atol=1e-5)
    assert np.allclose(found.near, np.take_along_axis(near, found.places, 1) * (found.near > 0))
    assert (np.diff(found.near, axis=1) <= 0).all()  # the nearest first
    own = AUTHORS[found.places] == AUTHORS[:, None]
    assert not found.near[own].any()


def test_a_space_comes_back_from_its_file_as_it_was(vectors: np.ndarray) -> None:
    space = Space()
    rows = space.learn(TEXTS, vectors)
    assert space.words[rows[0].indices.min()] in TEXTS[0]
    again = pickle.loads(pickle.dumps(space))
    assert (again.rows(TEXTS) != rows).nnz == 0
    assert np.allclose(again.near(vectors), space.near(vectors))
    assert again.words == space.words


def test_one_author_alone_is_near_to_nobody(vectors: np.ndarray) -> None:
    space = Space()
    kernel = kernel_of(space.learn(TEXTS, vectors))
    assert not add_nearness(kernel, space, vectors, np.zeros(len(TEXTS))).near.any()
