"""The lexicon keeps what its own examples promise, and says clearly what is wrong in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.lexicon import FOLDER, BadLexicon, Lexicon, Rule
from bot.safety.patterns import BadPattern, compile_pattern, line_of
from bot.safety.verdict import FLAGS

LEXICON = Lexicon.load()
EVERY = [*LEXICON.rules, *LEXICON.contexts, *LEXICON.sayings]


def fired(text: str) -> set[str]:
    found = LEXICON.look(text)
    return {
        hit.rule.id
        for hit in (*found.hits, *found.contexts, *found.sayings)
        if hit.urgency == hit.rule.urgency
    }


@pytest.mark.parametrize("rule", EVERY, ids=[rule.id for rule in EVERY])
def test_examples(rule: Rule) -> None:
    assert rule.must_fire, "a rule shows by an example what it is for"
    for text in rule.must_fire:
        assert rule.id in fired(text), text
    for text in rule.must_not_fire:
        assert rule.id not in fired(text), text


def test_every_flag_has_acute_and_serious_rules() -> None:
    told = {(rule.flag, rule.urgency) for rule in LEXICON.rules}
    assert {(flag, level) for flag in FLAGS for level in ("acute", "serious")} <= told


@pytest.mark.parametrize(
    "text",
    [
        "jeg skal ta livet mitt i kveld",
        "eg skal ta livet mitt i kveld",
        "æ ska ta livet mitt i kveld",
        "JEG SKAL TA LIVET MITT I KVELD!!!",
        "jeg skal ta livet mitt ikveld",
        "har skrevet avskjesdbrev til mamma",
    ],
)
def test_spellings_of_one_plan(text: str) -> None:
    assert any(hit.urgency == "acute" for hit in LEXICON.look(text).hits)


@pytest.mark.parametrize(
    "text",
    [
        "jeg har ikke tenkt å ta livet mitt",
        "skriver oppgave om selvmord i psykologi, har dere kilder",
        "så en film der hun tar livet sitt i natt",
        "dør av latter hahaha",
        "pappa slo meg i sjakk",
    ],
)
def test_no_danger_now(text: str) -> None:
    assert not [hit for hit in LEXICON.look(text).hits if hit.urgency in ("acute", "serious")]


def test_words_are_those_of_the_message() -> None:
    hit = LEXICON.look("Æ ska ta livet mitt i kveld").hits[0]
    assert "æ" in hit.words or "ska" in hit.words


def folder(tmp_path: Path, **files: object) -> Path:
    shutil.copytree(FOLDER, tmp_path / "lexicon")
    for name, content in files.items():
        text = yaml.safe_dump(content, allow_unicode=True)
        (tmp_path / "lexicon" / f"{name}.yml").write_text(text, "utf-8")
    return tmp_path / "lexicon"


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"id": "x", "urgency": "acute"}, "needs id and any"),
        ({"id": "x", "urgency": "now", "any": ["dø"]}, "urgency 'now'"),
        ({"id": "x", "urgency": "acute", "any": ["{ukjent}"]}, "no group 'ukjent'"),
        ({"id": "x", "urgency": "acute", "any": ["(dø"]}, "not closed"),
        ({"id": "x", "urgency": "acute", "any": ["dø?"]}, "at least one word"),
        ({"id": "x", "urgency": "acute", "any": ["dø"], "typo": 1}, "typo"),
    ],
)
def test_faults_are_named(tmp_path: Path, rule: dict[str, object], says: str) -> None:
    with pytest.raises(BadLexicon, match=says) as caught:
        Lexicon.load(folder(tmp_path, suicide={"rules": [rule]}))
    assert "suicide.yml" in str(caught.value)


def test_two_rules_of_one_name(tmp_path: Path) -> None:
    rule = {"id": "x", "urgency": "acute", "any": ["dø"]}
    with pytest.raises(BadLexicon, match="used twice"):
        Lexicon.load(folder(tmp_path, suicide={"rules": [rule, rule]}))


def test_gaps_stop_at_negation_and_sentence() -> None:
    from bot.nlu.normalise import normalise

    pattern = compile_pattern("vil .. dø", {})

    def met(text: str) -> bool:
        return bool(list(pattern.spans(line_of(normalise(text)).text)))

    assert met("jeg vil bare dø")
    assert not met("jeg vil ikke dø")
    assert not met("jeg vil hjem. dø")


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_patterns_compile_or_say_why(source: str) -> None:
    try:
        compile_pattern(source, {"a": ("dø",)})
    except BadPattern as error:
        assert str(error)
