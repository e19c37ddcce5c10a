"""The quick reading of boosted trees gives what scikit-learn gives."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from bot.safety.trees import Trees


@pytest.mark.parametrize("leaves", [2, 15, 31])
def test_the_same_probabilities(leaves: int) -> None:
    chance = np.random.default_rng(5)
    inputs = chance.normal(size=(600, 7)).astype(np.float32)
    wanted = inputs[:, 0] * (1 + inputs[:, 1]) + chance.normal(scale=0.3, size=600) > 0.2
    model = HistGradientBoostingClassifier(max_iter=40, max_leaf_nodes=leaves).fit(inputs, wanted)
    unseen = chance.normal(scale=2.0, size=(300, 7))
    unseen[0] = inputs[0]
    expected = model.predict_proba(unseen)[:, 1]
    assert np.allclose(Trees(model).probability(unseen), expected, atol=1e-9)
    assert expected.std() > 0.1
