"""The code and the text files hang together: no key is asked for that does not stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.nlu.labels import INTENTS
from bot.settings import ROOT
from bot.texts import UnknownText, all_texts, say

FOLDERS = ("bot", "actions", "service_catalog")
SPEAKERS = {"say", "_said", "spoken"}
TEXTS = all_texts()


def asked_for() -> Iterator[tuple[str, str, set[str]]]:
    """Yield (place in the code, pattern of the key, names of the values) of every `say`."""
    for path in (path for name in FOLDERS for path in (ROOT / name).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                if node.func.id not in SPEAKERS:
                    continue
                for key in keys_in(node.args[0]):
                    values = {word.arg for word in node.keywords if word.arg}
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", key, values


def keys_in(node: ast.expr) -> list[str]:
    """Return the keys an argument may be, as patterns; f-strings match anything in the holes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        fixed = [getattr(part, "value", None) for part in node.values]
        return ["".join(re.escape(p) if isinstance(p, str) else ".*" for p in fixed)]
    if isinstance(node, ast.IfExp):
        return keys_in(node.body) + keys_in(node.orelse)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_first":
        return [key for one in node.args for key in keys_in(one)][-1:]
    return []


def test_every_key_in_the_code_stands_in_a_file_with_the_right_placeholders() -> None:
    missing, unfilled = [], []
    for place, pattern, values in asked_for():
        found = [key for key in TEXTS if re.fullmatch(pattern, key)]
        if not found:
            missing.append((place, pattern))
        if "*" not in pattern:
            for key in found:
                holes = set(re.findall(r"\{(\w+)\}", TEXTS[key]["nb"]))
                if not holes <= values:
                    unfilled.append((place, key, holes - values))
    assert missing == []
    assert unfilled == []


def test_every_button_has_a_label() -> None:
    from bot.dialogue.reply import CHOICES

    names = {name for group in CHOICES.values() for name in group}
    assert {name for name in names if f"choice.{name}" not in TEXTS} == set()
    assert {f"choice.{n}" for n in ("human=yes", "more=other", "more=enough")} <= TEXTS.keys()


def test_every_opening_button_has_an_answer() -> None:
    opening = [key.rpartition(".")[2] for key in TEXTS if key.startswith("gateway.choice.")]
    assert opening
    assert {topic for topic in opening if f"topic.{topic}" not in TEXTS} == set()


def test_every_intent_that_speaks_its_name_has_words() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    assert set(domain["intents"]) == set(INTENTS)
    questions = {f"info.{name}" for name in domain["intents"] if name.startswith("ask_")}
    assert questions - {"info.ask_booking"} <= TEXTS.keys()


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(UnknownText, match=r"no\.such\.text"):
        say("no.such.text", "nb")


def test_the_examples_of_every_question_are_many_and_stand_once() -> None:
    path = Path(ROOT / "data" / "nlu" / "info.yml")
    examples: dict[str, list[str]] = {}
    for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
        lines = block["examples"].splitlines()
        examples[block["intent"]] = [line.removeprefix("- ").strip().lower() for line in lines]
    asked = {name for name in INTENTS if name.startswith("ask_")}
    assert examples.keys() == asked
    assert {name: len(lines) for name, lines in examples.items() if len(lines) < 30} == {}
    everything = [line for lines in examples.values() for line in lines]
    assert [line for line in set(everything) if everything.count(line) > 1] == []
