"""Learns both models in one pass: what shows danger, and what a message is about.

Both ask other questions of the same messages, in the same space (`bot.nlu.ridge`).
What costs time and room is one matrix of all messages by all messages, which is factored
once with sentence vectors and answers all; and once for words alone, of every second
message, for the day when sentence vectors fail. What comes after it is learned from two
authors in three, for it costs as much again to know what would be said of an author unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import joblib
import numpy as np

from bot.nlu import model, severity
from bot.nlu.examples import FOLDER, Example, read, spoken
from bot.nlu.extents import Extents
from bot.nlu.inverse import Factored
from bot.nlu.kept import encode_kept
from bot.nlu.model import EXTENT, columns
from bot.nlu.normalise import normalise
from bot.nlu.ridge import Nearest, Space, add_nearness, kernel_of, solution
from bot.safety import classifier
from bot.safety.calibrate import UNKNOWN, calibrate, left_out, targets
from bot.safety.classifier import company, summary
from bot.safety.lexicon import Lexicon
from bot.safety.signs import signs

Tell = Callable[[str], None]
SECOND = slice(None, None, 2)


@dataclass(frozen=True)
class Material:
    """The training messages, and for each the number of its author (one file, one author).

    `since`: from this message on stand the authors that are left out in turn.
    """

    examples: list[Example]
    authors: Any
    since: int

    @property
    def texts(self) -> list[str]:
        return [example.text for example in self.examples]


@dataclass(frozen=True)
class Lesson:
    """What is asked of the messages: rows are messages; `told` is what the lexicon says.

    `about`: the columns of the reader, `names` what each asks.
    """

    texts: list[str]
    authors: Any
    rows: Any
    told: Any
    danger: Any
    about: Any
    names: list[str]
    since: int

    def part(self) -> Lesson:
        """Return the lesson for every second message: an eighth of the time."""
        values = (self.texts, self.authors, self.rows, self.told, self.danger, self.about)
        texts, authors, rows, told, danger, about = (value[SECOND] for value in values)
        since = len(range(self.since)[SECOND])
        return Lesson(texts, authors, rows, told, danger, about, self.names, since)


def material(folder: Path = FOLDER) -> Material:
    """Return all messages of `folder`, and the ordinary answers that lie beside it."""
    paths = sorted(folder.glob("*.jsonl"))
    kept, others = paths[2::3], [path for at, path in enumerate(paths) if at % 3 != 2]
    authors = [list(read(path)) for path in (*kept, *others)]
    since = sum(map(len, authors[: len(kept)]))
    authors += spoken(folder.parent).values()
    numbers = [number for number, lines in enumerate(authors) for _ in lines]
    return Material([one for lines in authors for one in lines], np.array(numbers), since)


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
    danger = targets(given.examples)
    lesson = Lesson(given.texts, given.authors, rows, told, danger, about, names, given.since)
    tell(f"    {len(names) + danger.shape[1]} questions of {len(about)} messages")
    kernel = kernel_of(rows)
    if vectors is None:
        flags, labels = solve(kernel, lesson)
    else:
        flags, labels = solve(kernel[SECOND, SECOND].copy(), lesson.part())
    screen = classifier.Classifier(space, _ids(given), danger[:, 0] > 0, flags)
    reading = model.LanguageModel(space, names, labels)
    if vectors is not None:
        tell("    solved by words; now with sentence vectors")
        around = add_nearness(kernel, space, vectors, given.authors)
        screen.full, reading.full = solve(kernel, lesson, around)
    for path, made in ((safety, screen), (reader, reading)):
        path.parent.mkdir(parents=True, exist_ok=True)
        joblib.dump(made, path, compress=3)


def solve(
    kernel: Any, lesson: Lesson, around: Optional[Nearest] = None
) -> tuple[classifier.Weights, model.Weights]:
    """Solve for danger and for what it is about.

    What comes after the columns, probabilities and extents, is learned from those that the
    messages would get without their author: unseen texts will look like that.
    `kernel` is overwritten. `around`: with sentence vectors, the nearest messages of other authors.
    """
    factored = Factored(kernel, lesson.since)
    heads = lesson.danger.shape[1]
    wanted = np.hstack([lesson.danger, lesson.about])
    # A message like nothing learned has no flag, and is about what messages are mostly about.
    bias = np.hstack([np.full(heads, UNKNOWN, dtype=np.float32), lesson.about.mean(0)])
    dual = factored.solve(wanted - bias)
    unseen = left_out(lesson.authors, factored, dual, wanted, lesson.since)
    flags, labels = (
        solution(dual[:, part], lesson.rows, bias[part], around is not None)
        for part in (slice(heads), slice(heads, None))
    )
    left = slice(lesson.since, None)
    near = company(around, lesson.danger[:, 0] > 0, len(wanted))[left]
    inputs = summary(unseen[:, :heads], lesson.told[left], near)
    calibration = calibrate(inputs, lesson.danger[left])
    extents = {
        group: _extents(lesson, unseen[:, heads:], group) for group in ("severity", "duration")
    }
    return classifier.Weights(flags, calibration), model.Weights(labels, extents)


def _extents(lesson: Lesson, columns: Any, group: str) -> Extents:
    """Learn to tell the extents of `group` apart, from the messages left out that say one."""
    places = [at for at, name in enumerate(lesson.names) if name.startswith(group + EXTENT)]
    levels = [lesson.names[at].partition(EXTENT)[2] for at in places]
    said = lesson.about[lesson.since :, places]
    known = np.flatnonzero(said.any(1))
    texts = [lesson.texts[lesson.since + at] for at in known]
    heard = [_heard(text) if group == "severity" else None for text in texts]
    return Extents.learn(levels, columns[known], texts, heard, said[known].argmax(1))


def _heard(text: str) -> Optional[str]:
    found = severity.told(normalise(text))
    return found.value if found else None


def _ids(given: Material) -> list[str]:
    return [one.id for one in given.examples]
