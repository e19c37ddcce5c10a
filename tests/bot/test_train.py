"""Models are trained again when what they are made from has changed, and only then."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import train
from tests.conftest import ROOT

# Imported by what shapes a model, without shaping it.
NO_MATTER = {"bot.settings", "bot.turn", "bot.nlu.reading", "bot.nlu.model", "bot.nlu.normalise"}


def imported(path: Path) -> set[str]:
    """Return the modules of ours that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{name.name}" for name in node.names}
            modules = {one for one in whole if as_file(one).exists()} or {node.module}
            found |= {one for one in modules if as_file(one).exists()}
    return found


def as_file(module: str) -> Path:
    return ROOT / f"{module.replace('.', '/')}.py"


@pytest.mark.parametrize("step", [train.LANGUAGE, train.TALK], ids=lambda step: step.name)
def test_all_that_shapes_a_model_is_among_its_inputs(step: train.Step) -> None:
    files = set(step.inputs())
    assert all(path.is_file() for path in files)
    for path in files:
        if path.suffix == ".py":
            missing = {as_file(one) for one in imported(path) - NO_MATTER} - files
            assert not missing, f"{path.name} imports them"


def step(folder: Path, work: Callable[[], None]) -> train.Step:
    """Return a step that makes two models out of one file."""
    source = folder / "source.yml"
    source.write_text("one")
    models = (folder / "some.tar.gz", folder / "other.joblib")
    return train.Step("some model", models, lambda: [source], work)


def made(folder: Path) -> None:
    for name in ("some.tar.gz", "other.joblib"):
        (folder / name).write_text("model")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(train, "MODELS", tmp_path)
    monkeypatch.setattr(train, "ROOT", tmp_path)
    return tmp_path


def test_trains_once_and_again_after_a_change(here: Path) -> None:
    times = []

    def work() -> None:
        times.append(1)
        made(here)

    one = step(here, work)
    for _ in range(2):
        train._take(one, force=False)
    assert len(times) == 1
    (here / "source.yml").write_text("two")
    train._take(one, force=False)
    train._take(one, force=True)
    assert len(times) == 3
    (here / "other.joblib").unlink()
    train._take(one, force=False)
    assert len(times) == 4


def test_what_changes_during_training_is_not_taken_for_learned(here: Path) -> None:
    def work() -> None:
        made(here)
        (here / "source.yml").write_text("changed meanwhile")

    one = step(here, work)
    train._take(one, force=False)
    assert not one.is_current()


def test_a_training_that_fails_says_which_and_what_to_do(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def work() -> None:
        raise ValueError("line 7 is broken")

    one = step(here, work)
    monkeypatch.setattr(train, "train", lambda force: train._take(one, force))
    assert train.main([]) == 1
    told = capsys.readouterr().err
    assert "the some model: line 7 is broken" in told and "make train" in told
    assert not one.is_current()
