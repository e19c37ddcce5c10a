"""Every sentence to young people: there in both written forms, plain, short and kind."""

from __future__ import annotations

import re
from typing import get_args

import pytest
import yaml

from bot.dialogue.plan import HOME_THEMES, Step
from bot.help.levels import ORDER
from bot.nlu.labels import THEME_OF_INTENT, THEMES
from bot.texts import FOLDER, all_english, all_texts, say
from bot.texts.plain import lix, sentences, words
from bot.turn import Language
from tests.bot.texts.words import BOKMAL, CLINICAL, NEVER_SAID, NYNORSK

LANGUAGES: tuple[Language, ...] = ("nb", "nn")
LONGEST_BUBBLE = 300
LONGEST_SENTENCE = 20
LONGEST_LABEL = 32
HIGHEST_LIX = 30
FEWEST_WORDS_FOR_LIX = 12  # LIX says nothing about a line of a few words, or about a list
# The longest words of their own and the longest place we can put into a summary.
WORDS = "sovet nesten ingenting siden før jul i fjor"
PLACE = "Søndre Nordstrand i Oslo"

TEXTS = all_texts()
FORMS = [(key, language) for key in TEXTS for language in LANGUAGES]
PLACEHOLDER = re.compile(r"\{\w+\}")
PICTURE = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]")


def is_label(key: str) -> bool:
    return ".choice." in f".{key}" and ".error." not in key


def bubbles(about: str) -> list[tuple[str, Language, str]]:
    """Return what is put together of several texts: the first reply and the summary."""
    made = []
    for theme in THEMES:
        for language in LANGUAGES:
            first = [say(f"{part}.{theme}.{about}", language) for part in ("mirror", "tip")]
            made.append((f"mirror+tip {theme}", language, " ".join(first)))
            made.append((f"summary {theme}", language, summary(theme, about, language)))
    return made


def summary(theme: str, about: str, language: Language) -> str:
    other = ".other" if about == "other" else ""
    lines = [
        say("summary.opening", language),
        say(f"summary.{theme}.{about}", language),
        say("summary.duration.words", language, words=WORDS),
        say(f"summary.severity.severe{other}", language),
        say(f"summary.place{other}", language, place=PLACE),
        say("summary.question", language),
    ]
    return " ".join(lines)


def test_every_text_stands_in_both_forms_and_says_who_reviewed_it() -> None:
    faults = [key for key, form in FORMS if not TEXTS[key].get(form, "").strip()]
    faults += [key for key, entry in TEXTS.items() if not entry.get("review")]
    assert faults == []


def test_placeholders_are_the_same_in_both_forms() -> None:
    holes = {key: [set(PLACEHOLDER.findall(TEXTS[key][f])) for f in LANGUAGES] for key in TEXTS}
    assert [key for key, (nb, nn) in holes.items() if nb != nn] == []


def test_what_is_also_said_in_english_stands_for_a_text_and_is_short() -> None:
    for key, text in all_english().items():
        assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(TEXTS[key]["nb"])), key
        assert len(text) <= LONGEST_BUBBLE
        assert not [word for word in NEVER_SAID if word in text.lower()]


@pytest.mark.parametrize("part", ["dialogue", "info", "pathway", "waiting", "helped"])
def test_what_the_dialogue_says_is_all_said_in_english_too(part: str) -> None:
    keys = set(yaml.safe_load((FOLDER / f"{part}.yml").read_text("utf-8")))
    assert keys - set(all_english()) == set()


def test_what_is_not_said_in_english_is_said_in_bokmaal() -> None:
    assert say("choice.confirm=yes", "en") == all_english()["choice.confirm=yes"]
    assert say("type.barnevern", "en") == TEXTS["type.barnevern"]["nb"]


def test_every_text_is_short() -> None:
    faults = []
    for key, form in FORMS:
        text = TEXTS[key][form]
        longest = max((len(words(one)) for one in sentences(text)), default=0)
        if len(text) > (LONGEST_LABEL if is_label(key) else LONGEST_BUBBLE):
            faults.append((key, form, f"{len(text)} characters"))
        if longest > LONGEST_SENTENCE:
            faults.append((key, form, f"a sentence of {longest} words"))
    assert faults == []


def test_every_text_is_plain() -> None:
    hard = {}
    for key, form in FORMS:
        text = TEXTS[key][form]
        if len(words(text)) >= FEWEST_WORDS_FOR_LIX and text.endswith((".", "!", "?", ":")):
            hard[key, form] = round(lix(text), 1)
    assert {at: figure for at, figure in hard.items() if figure > HIGHEST_LIX} == {}


@pytest.mark.parametrize("about", ["self", "other"])
def test_what_is_put_together_is_short_and_plain(about: str) -> None:
    made = bubbles(about)
    assert [(name, form) for name, form, text in made if len(text) > LONGEST_BUBBLE] == []
    assert [(name, form) for name, form, text in made if lix(text) > HIGHEST_LIX] == []


def test_nothing_clinical_nothing_we_cannot_keep_and_no_pictures() -> None:
    faults = []
    for key, form in FORMS:
        text = TEXTS[key][form].lower()
        faults += [(key, form, word) for word in (*CLINICAL, *NEVER_SAID) if word in text]
        faults += [(key, form, sign) for sign in PICTURE.findall(text)]
    assert faults == []


@pytest.mark.parametrize(("form", "foreign"), [("nn", BOKMAL), ("nb", NYNORSK)])
def test_the_written_forms_are_not_mixed(form: Language, foreign: frozenset[str]) -> None:
    mixed = {key: {word.lower() for word in words(TEXTS[key][form])} & foreign for key in TEXTS}
    assert {key: found for key, found in mixed.items() if found} == {}


@pytest.mark.parametrize("about", ["self", "other"])
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_has_its_words(theme: str, about: str) -> None:
    for part in ("mirror", "tip", "summary"):
        assert f"{part}.{theme}.{about}" in TEXTS


def test_fallbacks_of_the_themes_stand() -> None:
    assert {"mirror.other", "tip.other", "summary.other"} <= TEXTS.keys()


QUESTIONS = sorted(set(get_args(Step)) - {"help", "safe", "confirm"})


@pytest.mark.parametrize("step", QUESTIONS)
def test_every_question_has_words(step: str) -> None:
    assert f"ask.{step}" in TEXTS


@pytest.mark.parametrize("about", ["self", "other"])
@pytest.mark.parametrize("flag", ["suicide", "unsafe_home"])
def test_the_safety_question_and_its_buttons_have_words(flag: str, about: str) -> None:
    assert f"ask.safe.{flag}.{about}" in TEXTS
    assert {f"choice.safe={value}.{flag}" for value in ("no", "yes", "unclear")} <= TEXTS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flag", ["suicide", "unsafe_home"])
def test_a_bare_no_to_the_safety_question_means_no_danger(flag: str, language: Language) -> None:
    """The dialogue reads a typed "nei" as `safe=no`: the buttons must say the same."""
    assert say(f"choice.safe=no.{flag}", language).startswith("Nei")
    assert say(f"choice.safe=yes.{flag}", language).startswith("Ja")


@pytest.mark.parametrize("level", ORDER)
def test_every_level_has_an_introduction(level: str) -> None:
    assert {f"help.{level}", f"help.{level}.other"} <= TEXTS.keys()


@pytest.mark.parametrize("name", ["severity", "duration"])
def test_every_extent_can_be_said_back(name: str) -> None:
    values = {"severity": ("mild", "moderate", "severe"), "duration": ("short", "long")}[name]
    for value in values:
        assert {f"summary.{name}.{value}", f"summary.{name}.{value}.other"} <= TEXTS.keys()
    assert "{words}" in TEXTS[f"summary.{name}.words"]["nb"]


@pytest.mark.parametrize("intent", ["greet", "thanks", "bye"])
def test_small_talk_has_an_answer(intent: str) -> None:
    assert {f"small.{intent}", f"small.{intent}.after_help"} <= TEXTS.keys()


ASKED_OF_US = [
    name for name in THEME_OF_INTENT if name.startswith("ask_") and name != "ask_booking"
]


@pytest.mark.parametrize("intent", ASKED_OF_US)
def test_every_question_about_us_is_answered_with_its_source(intent: str) -> None:
    answer = TEXTS[f"info.{intent}"]
    assert answer["source"]
    assert re.fullmatch(r"\d{4}-\d{2}", answer["last_checked"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", sorted(HOME_THEMES | {"familie"}))
def test_danger_at_home_never_leads_to_the_parents(theme: str, language: Language) -> None:
    text = say(f"tip.{theme}.self", language).lower()
    assert not re.search(r"\b(mamma|pappa|mor|far|foreldre\w*|familie\w*)\b", text)
