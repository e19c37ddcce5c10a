"""`python -m bot.train`: trains what is not current, with visible progress.

First what is learned from the messages, in one pass (`bot.learning`): the safety
classifier (`models/safety.joblib`) and the reader (`models/reader.joblib`). Then the
dialogue model (Rasa, `models/dialogue.tar.gz`), which uses the reader. Each step is
done again when anything that it is made from has changed; `models/<name>.sha256` holds
the print of its inputs.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import MODELS, ROOT

DIALOGUE = MODELS / "dialogue.tar.gz"
SAFETY = MODELS / "safety.joblib"
READER = MODELS / "reader.joblib"
# What shapes a trained model, by folder. What only uses it afterwards calls for no new training.
SHAPES_LEARNED = {
    "bot": ("learning.py",),
    "bot/nlu": (
        *("dialect.yml", "examples.py", "extents.py", "features.py", "found.py", "inverse.py"),
        *(
            "kept.py",
            "labels.py",
            "model.py",
            "normalise.py",
            "ridge.py",
            "severity.py",
            "severity.yml",
            "surface.py",
        ),
        "vectors.py",
    ),
    "bot/safety": (
        *("calibrate.py", "classifier.py", "lexicon.py", "patterns.py", "signs.py", "verdict.py"),
    ),
    "service_catalog": ("terms.py",),
}
SHAPES_DIALOGUE = {
    "bot/nlu": ("components.py", "examples.py", "importer.py", "labels.py"),
    "service_catalog": ("terms.py",),
    ".": ("config.yml", "domain.yml"),
}


class TrainingFailed(RuntimeError):
    """A model could not be trained; says which and what to do."""


@dataclass(frozen=True)
class Step:
    """What is trained together: the models it makes, what they are made from, and how."""

    name: str
    models: tuple[Path, ...]
    inputs: Callable[[], list[Path]]
    work: Callable[[], None]

    @property
    def mark(self) -> Path:
        """The file that holds the print of what the models were made from."""
        return MODELS / f"{self.models[0].name.split('.')[0]}.sha256"

    def is_current(self) -> bool:
        """Say whether the models are there and made from what lies here now."""
        there = all(path.exists() for path in (self.mark, *self.models))
        return there and self.mark.read_text() == fingerprint(self.inputs())


def main(arguments: list[str] | None = None) -> int:
    """Train what needs training. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.train", description=__doc__)
    parser.add_argument("--force", action="store_true", help="train even what is current")
    parser.add_argument(
        "--vectors", action="store_true", help="only compute the sentence vectors of new messages"
    )
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # progress is seen as it comes, in a log too
    try:
        keep_vectors() if options.vectors else train(force=options.force)
    except TrainingFailed as error:
        print(f"Training failed: {error}", file=sys.stderr)
        return 1
    return 0


def train(force: bool = False) -> None:
    """Train what is not current. Raises TrainingFailed."""
    MODELS.mkdir(exist_ok=True)
    for step in (LANGUAGE, TALK):
        _take(step, force)


def keep_vectors() -> None:
    """Bring `data/nlu/vectors` up to date. Raises TrainingFailed."""
    from bot.nlu.kept import NoEncoder, keep

    try:
        keep()
    except NoEncoder as error:
        raise TrainingFailed(str(error)) from error


def is_current() -> bool:
    """Say whether all models are there and made from what lies here now."""
    return all(step.is_current() for step in (LANGUAGE, TALK))


def _take(step: Step, force: bool) -> None:
    if not force and step.is_current():
        print(f"  {step.name}: current", flush=True)
        return
    print(f"  {step.name}: training …", flush=True)
    started = time.monotonic()
    made_from = fingerprint(step.inputs())
    try:
        step.work()
    except Exception as error:
        raise TrainingFailed(
            f"the {step.name}: {error}. Mend what it names, then run `make train`."
        ) from error
    step.mark.write_text(made_from)
    print(f"  {step.name}: trained in {time.monotonic() - started:.0f} s", flush=True)


def fingerprint(paths: Iterable[Path]) -> str:
    """Return one SHA-256 over names and contents of `paths`, and the Python version."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _learned_from() -> list[Path]:
    data = ROOT / "data" / "nlu"
    return [*(data / "messages").glob("*.jsonl"), *data.glob("*.yml")]


def _language_inputs() -> list[Path]:
    lexicon = list((ROOT / "bot" / "safety" / "lexicon").glob("*.yml"))
    return _learned_from() + lexicon + _files(SHAPES_LEARNED)


def _dialogue_inputs() -> list[Path]:
    rules = list((ROOT / "data" / "rules").glob("*.yml"))
    return _learned_from() + rules + _files(SHAPES_DIALOGUE)


def _files(named: Mapping[str, Sequence[str]]) -> list[Path]:
    return [ROOT / folder / name for folder, names in named.items() for name in names]


def _learn() -> None:
    from bot.learning import learn

    learn(SAFETY, READER)


def _train_dialogue() -> None:
    from bot.engine.quiet import quiet

    quiet()
    from rasa.model_training import train as train_rasa

    result = train_rasa(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=str(ROOT / "data"),
        output=str(MODELS),
        fixed_model_name=DIALOGUE.name,
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise RuntimeError("Rasa ended without a model")


LANGUAGE = Step("safety classifier and reader", (SAFETY, READER), _language_inputs, _learn)
TALK = Step("dialogue model", (DIALOGUE,), _dialogue_inputs, _train_dialogue)

if __name__ == "__main__":
    sys.exit(main())
