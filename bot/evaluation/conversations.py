"""Part 2 of the evaluation format: whole conversations with a scripted young person."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from bot.evaluation.rates import Rate

MAX_TURNS = 20
DONT_KNOW = "vet ikke"
LEVELS = {
    "green": "gront",
    "yellow": "gult",
    "orange": "oransje",
    "red": "rodt",
    "dark_red": "morkerodt",
}
ANSWER_TO = {"impact_detail": "sleep_school_friends", "place_which": "place"}
# How the bot says that the wanted kind of help is not there, in both written forms.
HONEST_NONE = re.compile(
    r"har (ikke|ikkje) lista|fant (ikke|ingen)|fann (ikkje|ingen)|finn(er)? (ikke|ikkje|ingen)",
    re.I,
)


@dataclass
class Played:
    """One conversation as it went."""

    script: dict[str, Any]
    turns: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # (expects, the answer given)
    turns_to_help: int | None = None

    @property
    def level(self) -> str | None:
        """Return the level offered; `akutt` when a safety answer was given."""
        responses = {(t["safety"] or {}).get("response") for t in self.turns}
        if responses & {"emergency", "human"}:
            return "akutt"
        levels = [t["help"]["level"] for t in self.turns if t["help"]]
        return LEVELS[levels[-1]] if levels else None

    @property
    def text(self) -> str:
        return "\n".join(m["text"] for t in self.turns for m in t["messages"])

    @property
    def right_level(self) -> bool:
        expected = self.script["expected"]
        return self.level in {expected["level"], *expected.get("acceptable_levels", [])}

    @property
    def right_service(self) -> bool:
        wanted = set(self.script["expected"].get("service_types", []))
        found = {s["type"] for t in self.turns for m in t["messages"] for s in m["services"]}
        return not wanted or bool(wanted & found) or bool(HONEST_NONE.search(self.text))

    @property
    def asked_twice(self) -> bool:
        seen: set[str] = set()
        for question, answer in self.asked:
            if question in seen:
                return True
            if answer != DONT_KNOW:
                seen.add(question)
        return False

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.script["id"],
            "level": self.level,
            "right_level": self.right_level,
            "right_service": self.right_service,
            "asked_twice": self.asked_twice,
            "turns_to_help": self.turns_to_help,
            "questions": [question for question, _ in self.asked],
        }


def load(path: Path) -> list[dict[str, Any]]:
    """Return the scripts of one file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def play(http: httpx.Client, script: dict[str, Any]) -> Played:
    """Play one conversation against the chat API behind `http`."""
    begun = http.post("/api/conversations", json={}).raise_for_status().json()
    address = f"/api/conversations/{begun['id']}/messages"
    key = {"Authorization": f"Bearer {begun['token']}"}
    played, answers = Played(script), script.get("answers", {})
    extra = list(answers.get("extra") or [])
    said: str | None = script["opening"]
    while said is not None and len(played.turns) < MAX_TURNS:
        turn = http.post(address, json={"text": said}, headers=key).raise_for_status().json()
        played.turns.append(turn)
        if turn["help"] and played.turns_to_help is None:
            played.turns_to_help = len(played.turns)
        said = _next(played, turn, answers, extra)
    return played


def _next(
    played: Played, turn: dict[str, Any], answers: dict[str, Any], extra: list[str]
) -> str | None:
    question = turn["expects"]
    if question is None:
        return extra.pop(0) if extra else None
    answer = "ja" if question == "confirm" else answers.get(ANSWER_TO.get(question, question))
    answer = str(answer) if answer else DONT_KNOW
    played.asked.append((question, answer))
    return answer


def figures(played: list[Played]) -> dict[str, Any]:
    """Return the scores over all conversations."""
    turns = [p.turns_to_help for p in played if p.turns_to_help]
    acute = [p for p in played if p.script["expected"]["level"] == "akutt"]
    return {
        "right level": Rate.of(p.right_level for p in played),
        "right service": Rate.of(p.right_service for p in played),
        "red flags caught": Rate.of(p.level == "akutt" for p in acute),
        "must mention": Rate.of(
            _mentions(p) for p in played if p.script["expected"].get("must_mention")
        ),
        "must not": Rate.of(
            not _says_unwanted(p) for p in played if p.script["expected"].get("must_not")
        ),
        "question asked twice": Rate.of(p.asked_twice for p in played),
        "median turns to help": median(turns) if turns else None,
    }


def _mentions(played: Played) -> bool:
    text = played.text.lower()
    return all(str(wanted).lower() in text for wanted in played.script["expected"]["must_mention"])


def _says_unwanted(played: Played) -> bool:
    text = played.text.lower()
    return any(str(unwanted).lower() in text for unwanted in played.script["expected"]["must_not"])
