"""`python -m bot.train`: trains what is not current, with visible progress.

Two models: the dialogue model (Rasa, `models/dialogue.tar.gz`) and the safety
classifier (`models/safety.joblib`). Each is trained again when anything that it
is made from has changed; `models/<name>.sha256` holds the print of its inputs.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bot.settings import MODELS, ROOT

DIALOGUE = MODELS / "dialogue.tar.gz"
SAFETY = MODELS / "safety.joblib"
# What shapes a trained model, by folder. What only uses it afterwards calls for no new training.
SHAPES_BOTH = {
    "bot/nlu": (
        *("dialect.yml", "examples.py", "features.py", "kept.py", "normalise.py", "ridge.py"),
        *("surface.py", "vectors.py"),
    )
}
SHAPES_SAFETY = {
    "bot/safety": (
        *("classifier.py", "lexicon.py", "patterns.py", "signs.py", "train.py", "verdict.py"),
    )
}
SHAPES_DIALOGUE = {
    "bot/nlu": ("components.py", "importer.py", "labels.py", "model.py"),
    "service_catalog": ("terms.py",),
    ".": ("config.yml", "domain.yml"),
}


class TrainingFailed(RuntimeError):
    """A model could not be trained; says which and what to do."""


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
    """Train both models where they are not current. Raises TrainingFailed."""
    MODELS.mkdir(exist_ok=True)
    _step("safety classifier", SAFETY, _safety_inputs(), _train_safety, force)
    _step("dialogue model", DIALOGUE, _dialogue_inputs(), _train_dialogue, force)


def keep_vectors() -> None:
    """Bring `data/nlu/vectors` up to date. Raises TrainingFailed."""
    from bot.nlu.kept import NoEncoder, keep

    try:
        keep()
    except NoEncoder as error:
        raise TrainingFailed(str(error)) from error


def is_current() -> bool:
    """Say whether both models are there and made from what lies here now."""
    pairs = ((SAFETY, _safety_inputs()), (DIALOGUE, _dialogue_inputs()))
    return all(_is_current(model, inputs) for model, inputs in pairs)


def _step(
    name: str, model: Path, inputs: list[Path], work: Callable[[], None], force: bool
) -> None:
    if not force and _is_current(model, inputs):
        print(f"  {name}: current", flush=True)
        return
    print(f"  {name}: training …", flush=True)
    started = time.monotonic()
    made_from = fingerprint(inputs)
    try:
        work()
    except Exception as error:
        raise TrainingFailed(
            f"the {name}: {error}. Mend what it names, then run `make train`."
        ) from error
    _print_file(model).write_text(made_from)
    print(f"  {name}: trained in {time.monotonic() - started:.0f} s", flush=True)


def _is_current(model: Path, inputs: list[Path]) -> bool:
    mark = _print_file(model)
    return model.exists() and mark.exists() and mark.read_text() == fingerprint(inputs)


def _print_file(model: Path) -> Path:
    return MODELS / f"{model.name.split('.')[0]}.sha256"


def fingerprint(paths: Iterable[Path]) -> str:
    """Return one SHA-256 over names and contents of `paths`, and the Python version."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _learned_from() -> list[Path]:
    data = ROOT / "data" / "nlu"
    return [*(data / "messages").glob("*.jsonl"), *data.glob("*.yml")]


def _safety_inputs() -> list[Path]:
    lexicon = list((ROOT / "bot" / "safety" / "lexicon").glob("*.yml"))
    return _learned_from() + lexicon + _files(SHAPES_BOTH) + _files(SHAPES_SAFETY)


def _dialogue_inputs() -> list[Path]:
    rules = list((ROOT / "data" / "rules").glob("*.yml"))
    return _learned_from() + rules + _files(SHAPES_BOTH) + _files(SHAPES_DIALOGUE)


def _files(named: Mapping[str, Sequence[str]]) -> list[Path]:
    return [ROOT / folder / name for folder, names in named.items() for name in names]


def _train_safety() -> None:
    from bot.safety.train import train_classifier

    train_classifier(SAFETY)


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


if __name__ == "__main__":
    sys.exit(main())
