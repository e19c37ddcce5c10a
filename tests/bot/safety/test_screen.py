"""The screen sees danger wherever it stands, never raises, and works with what is there."""

from __future__ import annotations

import itertools
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning import learn
from bot.nlu.examples import FOLDER
from bot.safety.classifier import BadModel, Classifier
from bot.safety.lexicon import Lexicon
from bot.safety.screen import LONGEST, Screen, ScreenFailed
from bot.safety.verdict import URGENCIES, Verdict
from bot.safety.weighing import Thresholds
from bot.safety.windows import windows

FILLER = "vi hadde matte i dag og så spiste jeg lunsj med de andre i kantina. "
CRY = "jeg skal ta livet mitt i kveld"
LABELS = [
    "Ja",
    "Nei",
    "Vet ikke",
    "Litt",
    "0301",
    "Oslo",
    "15",
    "ja takk",
    "👍",
    "hei",
    "takk",
    "ok",
]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real model by words alone, of two files of messages and the ordinary answers."""
    folder = tmp_path_factory.mktemp("nlu") / "messages"
    folder.mkdir()
    for name in ("bokmal.jsonl", "by.jsonl"):
        shutil.copy(FOLDER / name, folder)
    for path in FOLDER.parent.glob("*.yml"):
        shutil.copy(path, folder.parent)
    path = tmp_path_factory.mktemp("models") / "safety.joblib"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.learning.encode_kept", lambda *_: None)
        learn(path, path.with_name("reader.joblib"), folder)
    return path


@pytest.fixture(scope="session")
def screen(small: Path) -> Screen:
    return Screen.load(small)


@pytest.fixture(scope="session")
def rules_only(tmp_path_factory: pytest.TempPathFactory) -> Screen:
    return Screen.load(tmp_path_factory.mktemp("none") / "safety.joblib")


def test_lexicon_alone_when_the_model_is_missing(rules_only: Screen) -> None:
    assert rules_only.classifier is None
    assert rules_only.look(CRY).response == "emergency"
    assert rules_only.look(FILLER).response is None


def test_lexicon_alone_when_the_model_is_broken(tmp_path: Path) -> None:
    broken = tmp_path / "safety.joblib"
    broken.write_bytes(b"no model")
    with pytest.raises(BadModel, match="make train"):
        Classifier.load(broken)
    assert Screen.load(broken).look(CRY).response == "emergency"


@pytest.mark.parametrize(
    ("before", "after"),
    [*itertools.product([0, 1_000, 2_400, 9_000], [0, 700, 3_000]), (LONGEST - 200, 0)],
)
def test_seen_wherever_it_stands(screen: Screen, before: int, after: int) -> None:
    start = (FILLER * 300)[:before]
    text = start + " " + CRY + ". " + (FILLER * 60)[:after]
    assert len(text) <= LONGEST
    verdict = screen.look(text)
    assert verdict.response in ("emergency", "human")
    assert verdict.flag == "suicide"


@pytest.mark.parametrize("length", [10, 899, 901, 1_650, 2_500, LONGEST])
def test_windows_cover_the_whole_text(length: int) -> None:
    text = "".join(f"{place:05d} " for place in range(length))[:length]
    seen = set()
    for one in windows(text):
        start = text.index(one)
        seen.update(range(start, start + len(one)))
    assert seen == set(range(length))


@pytest.mark.parametrize("label", LABELS)
def test_labels_and_small_talk_are_no_danger(screen: Screen, label: str) -> None:
    assert screen.look(label).response is None


@pytest.mark.parametrize(
    "junk", ["", " ", "\0", "\ud800", "?" * 20_000, "🏳️‍🌈" * 3_000, "{{{%s", "a" * 20_000]
)
def test_junk(screen: Screen, junk: str) -> None:
    assert isinstance(screen.look(junk), Verdict)


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_never_raises(rules_only: Screen, text: str) -> None:
    verdict = rules_only.look(text)
    assert verdict.urgency in URGENCIES
    assert (verdict.flag is None) == (verdict.urgency == "none")


def test_a_failing_classifier_does_not_silence_the_rules(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Classifier, "columns", lambda *_: 1 / 0)
    assert screen.look(CRY).response == "emergency"


def test_where_the_lexicon_fails_the_classifier_reads_alone(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lexicon, "look", lambda *_: 1 / 0)
    assert screen.look(CRY).response in ("emergency", "human")
    assert not screen.whole
    monkeypatch.undo()
    assert screen.look(FILLER).response is None and screen.whole


def test_where_nothing_can_read_it_says_so(
    screen: Screen, rules_only: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lexicon, "look", lambda *_: 1 / 0)
    monkeypatch.setattr(Classifier, "columns", lambda *_: 1 / 0)
    for one in (screen, rules_only):
        with pytest.raises(ScreenFailed):
            one.look(CRY)
        assert not one.whole


def test_a_part_that_nothing_read_is_not_taken_for_harmless(
    rules_only: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Lexicon.look
    monkeypatch.setattr(
        Lexicon, "look", lambda self, text: 1 / 0 if "broken" in text else whole(self, text)
    )
    with pytest.raises(ScreenFailed):
        rules_only.look("broken " + FILLER * 60)
    assert rules_only.look("broken " + FILLER * 60 + CRY).response == "emergency"


def test_without_its_classifier_it_is_not_whole(rules_only: Screen) -> None:
    rules_only.look(CRY)
    assert not rules_only.whole


def test_evidence_names_rule_words_and_score(screen: Screen) -> None:
    evidence = screen.look(CRY).evidence
    assert any(one.name == "suicide.plan_with_time" and "livet" in one.words for one in evidence)
    assert any(one.kind == "classifier" and 0 <= one.score <= 1 for one in evidence)


def test_about_somebody_else(screen: Screen) -> None:
    assert screen.look("venninna mi skal ta livet sitt nå og svarer ikke").about == "other"
    assert screen.look("jeg kutter meg hver kveld").about == "self"


def test_school_topics_are_met_as_topics(rules_only: Screen) -> None:
    verdict = rules_only.look("skriver oppgave om selvmord, har dere noen tips")
    assert verdict.urgency in ("topic", "uncertain", "none")
    assert verdict.response in ("check", None)


def test_quick_enough(screen: Screen) -> None:
    """Without vectors 30 ms at the most, on the average of many."""
    texts = [FILLER, CRY, "hei, kan jeg få snakke med noen om noe som er litt vanskelig?"] * 20
    screen.look(CRY)
    started = time.process_time()
    for text in texts:
        screen.look(text)
    assert (time.process_time() - started) / len(texts) < 0.03


def test_thresholds_are_probabilities(tmp_path: Path) -> None:
    wrong = tmp_path / "thresholds.yml"
    wrong.write_text("check: 3")
    with pytest.raises(ValueError, match="between 0 and 1"):
        Thresholds.load(wrong)
