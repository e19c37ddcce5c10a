"""What the models learn from: `data/nlu/messages/*.jsonl` and the examples of `data/nlu/*.yml`.

The messages carry all labels, one JSON object a line in the shape of the evaluation
format. The examples are answers, questions and greetings in the middle of a talk, by
intent; the safety classifier learns from them what is no danger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.labels import THEME_OF_INTENT
from bot.settings import ROOT

FOLDER = ROOT / "data" / "nlu" / "messages"
_SEVERITY = {"mild": "mild", "moderat": "moderate", "alvorlig": "severe", "ukjent": None}
_DURATION = {"kort": "short", "lang": "long", "ukjent": None}


class BadExample(ValueError):
    """A line that is no labelled message; quotes file and line."""


@dataclass(frozen=True)
class Example:
    """One labelled message. `themes`: what it is about; a spoken example's intent stands first."""

    id: str
    text: str
    style: str
    flag: str | None
    urgency: str
    hard: bool
    about: str
    themes: tuple[str, ...]
    severity: str | None
    duration: str | None
    note: str = ""


def parse(line: dict[str, Any]) -> Example:
    """Return one line of the evaluation format as an Example. Raises KeyError."""
    return Example(
        id=str(line["id"]),
        text=line["text"],
        style=line.get("style", "bokmal"),
        flag=None if line["red_flag"] == "none" else line["red_flag"],
        urgency=line["urgency"],
        hard=bool(line.get("hard", False)),
        about=line.get("about", "self"),
        themes=tuple(line.get("themes", ())),
        severity=_SEVERITY[line.get("severity_hint", "ukjent")],
        duration=_DURATION[line.get("duration_hint", "ukjent")],
        note=line.get("note", ""),
    )


def read(path: Path) -> Iterator[Example]:
    """Yield the examples of one file. Raises BadExample."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield parse(json.loads(line))
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise BadExample(
                    f"{path}:{number}: {error!r} – see the evaluation format"
                ) from None


def training() -> list[Example]:
    """Return every training message, file by file."""
    return [example for path in sorted(FOLDER.glob("*.jsonl")) for example in read(path)]


def spoken(folder: Path = FOLDER.parent) -> dict[str, list[Example]]:
    """Return the examples of each of Rasa's YAML files, by the file's name."""
    found = {}
    for path in sorted(folder.glob("*.yml")):
        intents = yaml.safe_load(path.read_text("utf-8"))["nlu"]
        lines = [(line, one["intent"]) for one in intents for line in one["examples"].splitlines()]
        found[path.stem] = [
            _harmless(f"{path.stem}-{at:04d}", line.removeprefix("- ").strip(), intent)
            for at, (line, intent) in enumerate(lines, 1)
        ]
    return found


def _harmless(name: str, text: str, intent: str) -> Example:
    theme = THEME_OF_INTENT.get(intent)
    themes = (intent, theme) if theme else (intent,)
    return Example(name, text, "bokmal", None, "none", False, "self", themes, None, None)
