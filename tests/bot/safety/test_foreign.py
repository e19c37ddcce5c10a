"""Other languages: told apart from Norwegian, answered in their own words, cries heard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.safety.foreign import FOLDER, Foreign, foreign, languages
from bot.safety.numbers import BY_NUMBER
from bot.safety.screen import Screen
from bot.settings import ROOT
from bot.texts.plain import sentences, words

FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yml")}
MUST_FIRE = [
    (code, flag, text)
    for code, read in FILES.items()
    for flag, entry in read.get("flags", {}).items()
    for text in entry["must_fire"]
]
HARMLESS = [(code, text) for code, read in FILES.items() for text in read.get("must_not_fire", [])]
# Written apart from the files.
HEARD = [
    ("pl", "Nikt mnie nie rozumie i boję się iść do szkoły"),
    ("pl", "czy ktos moze mi pomoc? nie mowie po norwesku"),
    ("uk", "Мені дуже самотньо, я не знаю, з ким поговорити"),
    ("ru", "Мне одиноко, и я не знаю, с кем поговорить. Мы живём в Норвегии"),
    ("ar", "أشعر بالوحدة في المدرسة ولا أعرف مع من أتكلم"),
    ("fa", "من در مدرسه خیلی تنها هستم و نمی‌دانم با کی حرف بزنم"),
    ("so", "waxaan ahay keligay iskuulka, qof ma i caawin karaa"),
    ("se", "mun balan mannat skuvlii, ii oktage leat muinna"),
    ("tr", "okulda çok yalnızım, kimse benimle konuşmuyor, yardım lütfen"),
    ("es", "tengo miedo de ir a la escuela y nadie me ayuda"),
    ("de", "ich habe angst vor der schule und niemand hilft mir"),
]
NORWEGIAN = [
    "ja",
    "jeg bor i Łódź nå",
    "mamma sier alltid nie nie nie på polsk",
    "habibi jeg er så sliten wallah",
    "eg har tysk prøve: ich bin, du bist, og eg hatar det",
    "no quiero seier eg til alt",
    "æ e så lei av alt asså",
    "Đorđe er kjæresten min",
    "ok",
    "😭😭😭",
    "¯\\_(ツ)_/¯",
    "π er 3,14",
    "hola",
    "hvordan sier man я på russisk",
]


def of(code: str) -> Foreign:
    return languages()[code]


def test_every_language_can_be_read() -> None:
    assert languages().keys() == FILES.keys()
    assert {"se", "pl", "uk", "ar", "so", "en"} <= FILES.keys()


@pytest.mark.parametrize(("code", "flag", "text"), MUST_FIRE)
def test_a_cry_for_help_is_heard(code: str, flag: str, text: str) -> None:
    tongue = foreign(text)
    assert tongue is not None and tongue.code == code
    verdict = tongue.look(text)
    assert verdict.flag == flag and verdict.response in ("human", "emergency")


@pytest.mark.parametrize(("code", "text"), HARMLESS + HEARD)
def test_what_is_no_cry_is_known_as_its_language(code: str, text: str) -> None:
    tongue = foreign(text)
    assert tongue is not None and tongue.code == code
    assert tongue.look(text).flag is None


@pytest.mark.parametrize("text", NORWEGIAN)
def test_norwegian_with_foreign_words_stays_norwegian(text: str) -> None:
    assert foreign(text) is None


def test_no_norwegian_message_is_taken_for_foreign() -> None:
    files = [
        *(ROOT / "data/nlu/messages").glob("*.jsonl"),
        *(ROOT / "tests/evaluation").glob("*.jsonl"),
    ]
    taken = [text for path in files for text in texts_of(path) if foreign(text)]
    assert taken == []


def texts_of(path: Path) -> list[str]:
    lines: list[dict[str, Any]] = [json.loads(line) for line in path.open(encoding="utf-8")]
    return [line["text"] for line in lines if "text" in line]


def test_an_unknown_script_is_answered_in_english() -> None:
    tongue = foreign("ሓገዝ የድልየኒ ኣሎ")
    assert tongue is not None and tongue.code == "en"


@pytest.mark.parametrize("code", FILES)
def test_what_is_said_is_short_and_holds_the_numbers(code: str) -> None:
    for danger in (False, True):
        said = of(code).bubble(danger=danger)
        assert len(said) <= 300
        assert max(len(words(one)) for one in sentences(said)) <= 20
        for number in ("113", "112", "116 111"):
            assert number in said
            assert number in BY_NUMBER


@pytest.mark.parametrize("code", FILES)
def test_every_language_names_its_reviewer_or_says_draft(code: str) -> None:
    assert FILES[code]["review"]


def test_the_screen_hears_them_without_a_classifier() -> None:
    screen = Screen.load(Path("no-such-model"))
    assert screen.look("мій тато б'є мене").flag == "violence"
    assert screen.look("nie chcę już żyć").response == "human"
    assert screen.look("wzięłam za dużo tabletek").response == "emergency"


def test_a_language_that_fails_leaves_the_rest_of_the_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: str) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.safety.screen.foreign", broken)
    screen = Screen.load()
    assert screen.look("jeg tar livet mitt i kveld").response == "emergency"
    assert not screen.whole
