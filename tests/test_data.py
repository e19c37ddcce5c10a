"""The labelled messages: well-formed, and no line of one split stands in another."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.examples import Example, read, training
from bot.nlu.labels import THEMES
from bot.nlu.normalise import canonical
from bot.safety.verdict import FLAGS
from tests.conftest import ROOT

SPLITS = ROOT / "tests" / "evaluation"
APART = ("dev", "test", "misread", "plain")
# Cosine of letter n-grams from which two messages count as the same.
ALIKE = 0.8


def split(name: str) -> list[Example]:
    return list(read(SPLITS / f"{name}.jsonl"))


def everything() -> list[Example]:
    return [*training(), *(line for name in APART for line in split(name))]


def test_every_line_is_whole() -> None:
    for line in everything():
        assert line.text.strip() and line.themes, line.id
        assert set(line.themes) <= set(THEMES), line.id
        assert line.flag is None or line.flag in FLAGS, line.id
        assert (line.flag is None) == (line.urgency == "none"), line.id
    assert max(Counter(line.id for line in everything()).values()) == 1


def test_no_message_stands_in_two_splits() -> None:
    """Short ones may: "hei" is "hei", whoever writes it."""
    vectoriser = TfidfVectorizer(preprocessor=canonical, analyzer="char_wb", ngram_range=(4, 5))
    learned = [line for line in training() if len(line.text.split()) > 3]
    rows = vectoriser.fit_transform([line.text for line in learned])
    others = learned
    for name in APART:
        known = rows if name == "dev" else vectoriser.transform([line.text for line in others])
        lines = [line for line in split(name) if len(line.text.split()) > 3]
        near = (vectoriser.transform([line.text for line in lines]) @ known.T).tocsr()
        for at, line in enumerate(lines):
            row = near.getrow(at)
            if row.nnz and row.data.max() >= ALIKE:
                other = others[row.indices[row.data.argmax()]]
                pytest.fail(f"{name}: {line.id} is nearly {other.id}")
        others = [*others, *lines]


def test_no_training_message_stands_there_twice() -> None:
    texts = Counter(canonical(line.text) for line in training() if len(line.text.split()) > 3)
    assert [text for text, times in texts.items() if times > 1] == []


def test_the_data_card_counts_what_is_there() -> None:
    card = (ROOT / "docs" / "data.md").read_text("utf-8")
    for path in sorted((ROOT / "data" / "nlu" / "messages").glob("*.jsonl")):
        assert f"| `{path.name}` | {counts(path)} |" in card, f"{path.name} | {counts(path)}"
    for name in APART:
        path = SPLITS / f"{name}.jsonl"
        assert f"| `{path.name}` | {counts(path)} |" in card, f"{path.name} | {counts(path)}"


def counts(path: Path) -> str:
    """Return lines, harmless ones, red flags, acute ones and hard ones as the card has them."""
    lines = list(read(path))
    flagged = [line for line in lines if line.flag]
    acute = [line for line in flagged if line.urgency == "acute"]
    hard = [line for line in lines if line.hard]
    numbers = (len(lines), len(lines) - len(flagged), len(flagged), len(acute), len(hard))
    return " | ".join(map(str, numbers))
