"""The sentence vectors that lie beside the training messages."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot import train
from bot.nlu import examples, kept
from bot.nlu.vectors import WIDTH, encoder


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A folder of messages and vectors of its own."""
    messages = tmp_path / "nlu" / "messages"
    messages.mkdir(parents=True)
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "nlu" / "vectors")
    monkeypatch.setattr(examples, "FOLDER", messages)
    kept._kept.cache_clear()
    yield messages
    kept._kept.cache_clear()


def write(path: Path, *texts: str) -> None:
    labels = {"red_flag": "none", "urgency": "none", "themes": ["stress"]}
    lines = [json.dumps({"id": text, "text": text, **labels}) for text in texts]
    path.write_text("\n".join(lines), "utf-8")


def test_every_training_text_has_its_vector() -> None:
    for name, texts in kept._sources().items():
        stored = kept._read(kept.FOLDER / f"{name}.npz")
        missing = [text for text in texts if kept._key(text) not in stored]
        assert not missing, f"{name}: run `make vectors` ({len(missing)} are missing)"


def test_what_is_kept_is_what_the_encoder_says() -> None:
    model = encoder()
    assert model is not None
    some = random.Random(5).sample([one.text for one in examples.training()], 60)
    rows = kept.encode_kept(some)
    assert rows is not None
    alike = (rows * model.encode(some)).sum(1) / np.linalg.norm(rows, axis=1)
    assert alike.min() > 0.999


def test_only_what_is_new_is_computed(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(elsewhere / "one.jsonl", "hei på deg", "jeg er redd")
    write(elsewhere / "two.jsonl", "ingen liker meg")
    told: list[str] = []
    kept.keep(told.append)
    assert told == ["  one: 2 vectors, 2 of them new", "  two: 1 vectors, 1 of them new"]
    write(elsewhere / "one.jsonl", "jeg er redd", "noe helt nytt")
    (elsewhere / "two.jsonl").unlink()
    told.clear()
    kept.keep(told.append)
    assert told == ["  one: 2 vectors, 1 of them new"]
    assert [path.name for path in kept.FOLDER.iterdir()] == ["one.npz"]
    monkeypatch.setattr("bot.nlu.vectors.Encoder.encode", lambda *_: np.zeros((0, WIDTH)))
    rows = kept.encode_kept(["noe helt nytt"])
    assert rows is not None and rows.shape == (1, WIDTH)
    assert np.linalg.norm(rows[0]) == pytest.approx(1.0, abs=0.01)


def test_a_broken_file_is_computed_anew(elsewhere: Path) -> None:
    write(elsewhere / "one.jsonl", "hei på deg")
    kept.FOLDER.mkdir()
    (kept.FOLDER / "one.npz").write_bytes(b"no vectors")
    told: list[str] = []
    kept.keep(told.append)
    assert told == ["  one: 1 vectors, 1 of them new"]


def test_without_an_encoder_it_says_what_to_do(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kept, "encoder", lambda: None)
    assert kept.encode_kept(["hei"]) is None
    assert train.main(["--vectors"]) == 1
    assert "make setup" in capsys.readouterr().err
