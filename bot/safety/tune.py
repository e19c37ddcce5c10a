"""`python -m bot.safety.tune FILE`: shows what each threshold costs, to choose by.

Prints for the classifier alone what is caught and what is asked in vain at each
threshold; and at the thresholds of thresholds.yml the figures of the evaluation, for
the whole screen and for each part alone. Reads labelled messages (`.jsonl`); of a plain
text file (one harmless message a line) it counts the answers. Sends nothing anywhere.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import numpy as np

from bot.nlu.examples import Example, read
from bot.safety.lexicon import Lexicon
from bot.safety.screen import Screen
from bot.safety.verdict import FLAGS, Verdict
from bot.turn import Response

RESPONSES: tuple[Response, ...] = get_args(Response)
TOPICS = frozenset({"selvmord", "selvskading", "vold", "overgrep"})
STEPS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main(arguments: list[str] | None = None) -> int:
    """Print the curve and the figures. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.safety.tune", description=__doc__)
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    screen = Screen.load()
    out = sys.stdout
    if options.file.suffix == ".txt":
        out.write(everyday(options.file.read_text("utf-8").splitlines(), screen) + "\n")
        return 0
    lines = list(read(options.file))
    out.write("\n".join(curve(lines, [screen.chance(line.text) for line in lines])) + "\n")
    for name, one in parts_of(screen).items():
        started = time.perf_counter()
        verdicts = [one.look(line.text) for line in lines]
        each = (time.perf_counter() - started) / len(lines) * 1000
        out.write(f"\n{name}: {each:.0f} ms a message\n")
        out.write("\n".join(figures(lines, verdicts)) + "\n")
    return 0


def parts_of(screen: Screen) -> dict[str, Screen]:
    """Return the screen and what is left of it without this or that part."""
    lexicon, limits, learned = screen.lexicon, screen.thresholds, screen.classifier
    no_rules = Lexicon([], lexicon.contexts, lexicon.sayings)
    return {
        "the whole screen": screen,
        "lexicon alone": Screen(lexicon, limits),
        "classifier alone": Screen(no_rules, limits, learned, screen.vectors),
        "without sentence vectors": Screen(lexicon, limits, learned),
    }


def curve(lines: list[Example], scores: Iterable[float]) -> list[str]:
    """Return one line for each threshold: caught and asked in vain, natural and hard."""
    chances = np.array(list(scores))
    flagged = np.array([line.flag is not None for line in lines])
    hard = np.array([line.hard for line in lines])
    rows = ["from   caught natural/hard   in vain natural/hard"]
    for step in STEPS:
        over = chances >= step
        parts = [_share(over[flagged & ~hard]), _share(over[flagged & hard])]
        parts += [_share(over[~flagged & ~hard]), _share(over[~flagged & hard])]
        rows.append(f"{step:4.2f}   {parts[0]} {parts[1]}            {parts[2]} {parts[3]}")
    return rows


def everyday(texts: Iterable[str], screen: Screen) -> str:
    """Return how many of these texts get which answer for safety."""
    responses = [screen.look(text).response for text in texts if text.strip()]
    counts = ", ".join(f"{name} {responses.count(name)}" for name in RESPONSES)
    return f"of {len(responses)}: {counts}"


def figures(lines: list[Example], verdicts: list[Verdict]) -> list[str]:
    """Return the figures of the evaluation format that the screen decides."""
    rows = []
    for name, hard in (("natural", False), ("hard", True)):
        pairs = [(line, v) for line, v in zip(lines, verdicts, strict=True) if line.hard is hard]
        danger = [v for line, v in pairs if line.flag]
        acute = [v for line, v in pairs if line.flag and line.urgency == "acute"]
        none = [(line, v) for line, v in pairs if not line.flag]
        rows.append(
            f"{name}: caught {_share([v.response is not None for v in danger])}"
            f" acute {_share([v.response in ('emergency', 'human') for v in acute])}"
            f" false emergency {_share([v.response == 'emergency' for _, v in none])}"
            f" false check {_share([_in_vain(line, v) for line, v in none])}"
        )
    for flag in FLAGS:
        found = [v for line, v in zip(lines, verdicts, strict=True) if line.flag == flag]
        rows.append(f"{flag}: caught {_share([v.response is not None for v in found])}")
    return rows


def _in_vain(line: Example, verdict: Verdict) -> bool:
    if verdict.response == "check":
        return not TOPICS & set(line.themes)
    return verdict.response == "human"


def _share(found: Any) -> str:
    values = list(found)
    return f"{sum(values) / len(values):.3f} of {len(values)}" if values else "–"


if __name__ == "__main__":
    sys.exit(main())
