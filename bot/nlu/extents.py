"""Which extent it is, of how much or how long, once a message says one.

The columns of the reader (`bot.nlu.model`) are learned from all messages, of which most
say nothing of it; so they tell whether an extent is said better than which. This is learned
from those that say one: a logistic regression over all columns, what the rules heard, and how long
the message is. The columns are those of a reader that had not seen the author.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


@dataclass
class Extents:
    """Chooses one of `levels`."""

    levels: list[str]
    model: Any

    @classmethod
    def learn(
        cls, levels: Sequence[str], columns: Any, texts: Sequence[str], heard: Any, wanted: Any
    ) -> Extents:
        """Learn from messages that say one. `wanted`: the number of the level, one a message.

        `columns`: the reader's, one row a message; `heard`: what the rules made of it, or None.
        """
        model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=3000))
        known = [*levels]
        return cls(known, model.fit(_inputs(columns, texts, heard, known), wanted))

    def choose(self, columns: Any, text: str, heard: Optional[str]) -> str:
        """Return the level of one message from its columns and what the rules heard."""
        row = _inputs(columns[None], [text], [heard], self.levels)
        return self.levels[int(self.model.predict(row)[0])]


def _inputs(
    columns: Any, texts: Sequence[str], heard: Sequence[Optional[str]], levels: list[str]
) -> Any:
    rules = [[float(one == level) for level in levels] for one in heard]
    length = [np.log1p(len(text)) - 4.5 for text in texts]
    return np.column_stack([columns, length, rules])
