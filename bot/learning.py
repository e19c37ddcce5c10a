"""Learns both models in one pass: what shows danger, and what a message is about.

Both ask other questions of the same messages, in the same space (`bot.nlu.ridge`).
What costs time and room is the inverse of one matrix of all messages by all messages,
so it is made once with sentence vectors and answers all; and once for words alone, of
every second message, for the day when sentence vectors fail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from bot.nlu.examples import FOLDER, Example, read, spoken
from bot.nlu.kept import encode_kept
from bot.nlu.model import LanguageModel, columns
from bot.nlu.ridge import Solution, Space, add_nearness, dual_of, kernel_of, root_of, solution
from bot.safety.calibrate import UNKNOWN, calibrate, left_out, targets
from bot.safety.classifier import Classifier, Weights, summary
from bot.safety.lexicon import Lexicon
from bot.safety.signs import signs

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Material:
    """The training messages, and for each the number of its author (one file, one author)."""

    examples: list[Example]
    authors: Any

    @property
    def texts(self) -> list[str]:
        return [example.text for example in self.examples]


@dataclass(frozen=True)
class Lesson:
    """What is asked of the messages: rows are messages; `told` is what the lexicon says."""

    authors: Any
    rows: Any
    told: Any
    danger: Any
    about: Any

    def part(self) -> Lesson:
        """Return the lesson for every second message: an eighth of the time."""
        values = (self.authors, self.rows, self.told, self.danger, self.about)
        return Lesson(*(value[::2] for value in values))


def material(folder: Path = FOLDER) -> Material:
    """Return all messages of `folder`, and the ordinary answers that lie beside it."""
    authors = [list(read(path)) for path in sorted(folder.glob("*.jsonl"))]
    authors += spoken(folder.parent).values()
    numbers = [number for number, lines in enumerate(authors) for _ in lines]
    return Material([one for lines in authors for one in lines], np.array(numbers))


def learn(safety: Path, reader: Path, folder: Path = FOLDER, tell: Tell = print) -> None:
    """Learn from the messages of `folder`; write the two models.

    Deterministic: the same messages give the same models. Without an encoder they
    are learned by words alone.
    """
    given = material(folder)
    vectors = encode_kept(given.texts, tell)
    space = Space()
    rows = space.learn(given.texts, vectors)
    names, about = columns(given.examples)
    told = signs(Lexicon.load(), given.texts)
    lesson = Lesson(given.authors, rows, told, targets(given.examples), about)
    tell(f"    {len(names) + lesson.danger.shape[1]} questions of {len(about)} messages")
    some = lesson if vectors is None else lesson.part()
    flags, labels = solve(kernel_of(some.rows), some, np.zeros(len(some.authors), np.float32))
    classifier = Classifier(space, _word_names(space.features), _ids(given), flags)
    model = LanguageModel(space, names, labels)
    if vectors is not None:
        tell("    solved by words; now with sentence vectors")
        kernel = kernel_of(rows)
        close = add_nearness(kernel, space, vectors, given.authors)
        classifier.full, model.full = solve(kernel, lesson, close, with_vectors=True)
    for path, made in ((safety, classifier), (reader, model)):
        path.parent.mkdir(parents=True, exist_ok=True)
        joblib.dump(made, path, compress=3)


def solve(
    kernel: Any, lesson: Lesson, close: Any, with_vectors: bool = False
) -> tuple[Weights, Solution]:
    """Solve for danger, calibrated on the authors left out in turn, and for what it is about.

    `kernel` is overwritten. `close`: how near the nearest message of another author lies.
    """
    root = root_of(kernel)
    unknown = np.full(lesson.danger.shape[1], UNKNOWN, dtype=np.float32)
    dual = dual_of(root, lesson.danger, unknown)
    unseen = left_out(lesson.authors, root, dual, lesson.danger)
    weights = Weights(
        solution=solution(dual, lesson.rows, unknown, with_vectors),
        calibration=calibrate(summary(unseen, lesson.told, close), lesson.danger),
    )
    # A message like nothing learned is about what messages are mostly about.
    mean = lesson.about.mean(0)
    labels = solution(dual_of(root, lesson.about, mean), lesson.rows, mean, with_vectors)
    return weights, labels


def _ids(given: Material) -> list[str]:
    return [one.id for one in given.examples]


def _word_names(features: Any) -> list[str]:
    """Return for each column the words it stands for, empty for rows of letters."""
    names = map(str, features.get_feature_names_out())
    return [name[7:] if name.startswith("words__") else "" for name in names]
