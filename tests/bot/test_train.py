"""Models are trained again when what they are made from has changed, and only then."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot import train
from tests.conftest import ROOT

# Imported by what shapes a model, without shaping it.
NO_MATTER = {"bot.settings", "bot.turn", "bot.nlu.reading"}


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


@pytest.mark.parametrize("inputs", [train._safety_inputs, train._dialogue_inputs])
def test_all_that_shapes_a_model_is_among_its_inputs(inputs) -> None:
    files = set(inputs())
    assert all(path.is_file() for path in files)
    for path in files:
        if path.suffix == ".py":
            missing = {as_file(one) for one in imported(path) - NO_MATTER} - files
            assert not missing, f"{path.name} imports them"


def model(folder: Path) -> tuple[Path, list[Path]]:
    source = folder / "source.yml"
    source.write_text("one")
    return folder / "some.tar.gz", [source]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(train, "MODELS", tmp_path)
    monkeypatch.setattr(train, "ROOT", tmp_path)
    return tmp_path


def test_trains_once_and_again_after_a_change(here: Path) -> None:
    made, inputs = model(here)
    times = []

    def work() -> None:
        times.append(1)
        made.write_text("model")

    for _ in range(2):
        train._step("some model", made, inputs, work, force=False)
    assert len(times) == 1
    inputs[0].write_text("two")
    train._step("some model", made, inputs, work, force=False)
    train._step("some model", made, inputs, work, force=True)
    assert len(times) == 3


def test_what_changes_during_training_is_not_taken_for_learned(here: Path) -> None:
    made, inputs = model(here)

    def work() -> None:
        made.write_text("model")
        inputs[0].write_text("changed meanwhile")

    train._step("some model", made, inputs, work, force=False)
    assert not train._is_current(made, inputs)


def test_a_training_that_fails_says_which_and_what_to_do(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made, inputs = model(here)

    def work() -> None:
        raise ValueError("line 7 is broken")

    monkeypatch.setattr(
        train, "train", lambda force: train._step("some model", made, inputs, work, force)
    )
    assert train.main([]) == 1
    told = capsys.readouterr().err
    assert "the some model: line 7 is broken" in told and "make train" in told
    assert not made.exists()
