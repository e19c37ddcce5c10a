"""The classifier has really learned something, also of authors that it never read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from bot.learning import learn, material
from bot.nlu.examples import FOLDER, parse, read
from bot.nlu.inverse import Factored
from bot.nlu.ridge import rbf
from bot.nlu.vectors import encoder
from bot.safety.calibrate import left_out, targets
from bot.safety.classifier import HEADS, Classifier
from bot.safety.lexicon import Lexicon
from bot.safety.scores import scores_of
from bot.safety.signs import SIGNS, signs

AUTHORS = ("bokmal.jsonl", "nord.jsonl", "vest.jsonl")
UNSEEN = "by.jsonl"


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Classifier:
    folder = tmp_path_factory.mktemp("messages")
    for name in AUTHORS:
        (folder / name).write_text((FOLDER / name).read_text("utf-8"), "utf-8")
    path = tmp_path_factory.mktemp("models") / "safety.joblib"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.learning.encode_kept", lambda *_: None)
        learn(path, path.with_name("reader.joblib"), folder)
    return Classifier.load(path)


def test_ranks_an_unseen_author(learned: Classifier) -> None:
    lines = list(read(FOLDER / UNSEEN))
    texts = [line.text for line in lines]
    told = signs(Lexicon.load(), texts)
    scores = scores_of(learned, learned.columns(texts, None), told)
    danger = np.array([line.flag is not None for line in lines])
    assert roc_auc_score(danger, [one.any for one in scores]) > 0.8
    right = [one.flag == line.flag for one, line in zip(scores, lines, strict=True) if line.flag]
    assert np.mean(right) > 0.4
    assert all(0.0 <= one.any <= 1.0 and 0.0 <= one.acute <= 1.0 for one in scores)
    assert any(one.words for one in scores)


def test_same_messages_same_model(learned: Classifier, tmp_path: Path) -> None:
    folder = tmp_path / "messages"
    folder.mkdir()
    for name in AUTHORS:
        (folder / name).write_text((FOLDER / name).read_text("utf-8"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.learning.encode_kept", lambda *_: None)
        learn(tmp_path / "again.joblib", tmp_path / "reader.joblib", folder)
    again = Classifier.load(tmp_path / "again.joblib")
    texts = ["jeg orker ikke mer", "hei"]
    assert np.allclose(learned.columns(texts, None).raw, again.columns(texts, None).raw)


def test_targets_name_flag_urgency_and_person() -> None:
    lines = material().examples[:200]
    wanted = targets(lines)
    assert wanted.shape == (200, len(HEADS))
    for line, row in zip(lines, wanted, strict=True):
        assert (row[0] > 0) == (line.flag is not None)
        assert row[1:10].clip(0).sum() == (line.flag is not None)


@pytest.mark.parametrize(
    ("flag", "theme", "everyday"),
    [
        ("none", "annet", True),
        ("none", "smalltalk", True),
        ("none", "trist", False),
        ("suicide", "annet", False),
    ],
)
def test_everyday_is_what_one_would_seek_no_help_for(flag: str, theme: str, everyday: bool) -> None:
    urgency = "none" if flag == "none" else "serious"
    line = {"id": "1", "text": "hei", "red_flag": flag, "urgency": urgency, "themes": [theme]}
    assert (targets([parse(line)])[0, HEADS.index("everyday")] > 0) == everyday


def test_leaving_an_author_out_equals_learning_without() -> None:
    chance = np.random.default_rng(7)
    rows = chance.normal(size=(60, 5)).astype(np.float32)
    wanted = np.sign(rows[:, :2] + chance.normal(size=(60, 2))).astype(np.float32)
    authors = np.repeat([0, 1, 2], 20)
    mean = wanted.mean(0)
    kernel = rbf(rows, rows) + 0.3 * np.eye(60, dtype=np.float32)
    factored = Factored(kernel.copy(), 20)
    unseen = left_out(authors, factored, factored.solve(wanted - mean), wanted, 20)
    assert len(unseen) == 40
    for author in (1, 2):
        rest = authors != author
        dual = np.linalg.solve(kernel[np.ix_(rest, rest)], (wanted - mean)[rest])
        told = rbf(rows[~rest], rows[rest]) @ dual + mean
        assert np.allclose(unseen[~rest[20:]], told, atol=1e-3)


def test_signs_speak_against_danger() -> None:
    row = signs(Lexicon.load(), ["skriver oppgave om selvmord i psykologi", "jeg vil dø"])
    assert row.shape == (2, len(SIGNS))
    assert row[0, SIGNS.index("school")] == 1.0
    assert row[1, SIGNS.index("school")] == 0.0


def test_without_vectors_the_words_are_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder.cache_clear()
    monkeypatch.setenv("SAFETY_VECTORS", "off")
    try:
        assert encoder() is None
    finally:
        encoder.cache_clear()
