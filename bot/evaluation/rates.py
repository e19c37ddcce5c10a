"""Shares with their uncertainty, and the macro F1 of themes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True)
class Rate:
    """`hits` of `total`, with the 95 % Wilson interval (all 0–1)."""

    hits: int
    total: int

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Rate:
        listed = list(outcomes)
        return cls(sum(listed), len(listed))

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the Wilson score interval. Source: Wilson 1927."""
        if not self.total:
            return None
        n, p = self.total, self.hits / self.total
        middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
        reach = Z * math.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    def to_json(self) -> dict[str, object]:
        return {"value": self.value, "interval": self.interval, "hits": self.hits, "n": self.total}

    def __str__(self) -> str:
        if self.value is None or self.interval is None:
            return "–"
        low, high = self.interval
        return f"{self.value:.3f} [{low:.3f}–{high:.3f}] {self.hits}/{self.total}"


def macro_f1(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> float | None:
    """Return the mean F1 over the themes in (labelled, understood) pairs.

    A labelled line counts for its main theme: a hit when one of the understood
    themes is one of the labelled, else a miss of the main one and a false
    alarm of the first understood.
    """
    counts: dict[str, list[int]] = {}
    for labelled, understood in pairs:
        main = labelled[0]
        if set(labelled) & set(understood):
            counts.setdefault(main, [0, 0, 0])[0] += 1
            continue
        counts.setdefault(main, [0, 0, 0])[2] += 1
        if understood:
            counts.setdefault(understood[0], [0, 0, 0])[1] += 1
    scores = [
        2 * hit / (2 * hit + false + miss) for hit, false, miss in counts.values() if hit + miss
    ]
    return sum(scores) / len(scores) if scores else None
