"""`python -m bot.evaluate FILE.jsonl [--json OUT] [--errors]`: scores single messages."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.evaluation.messages import Scored, misses, report
from bot.evaluation.rates import Rate
from bot.nlu.examples import BadExample, Example, read
from bot.safety.bare import bare
from bot.train import DIALOGUE, TrainingFailed, train

if TYPE_CHECKING:
    from bot.nlu.vectors import Encoder

AHEAD = 100
"""So many messages have their sentence vectors computed at a time."""
# Short heads for the figures of each group.
COLUMNS = {
    "caught": "caught",
    "acute": "acute recall",
    "f.emerg": "false emergency",
    "f.check": "false check",
    "theme": "theme",
    "duration": "duration",
    "severity": "severity",
    "not.und": "not understood",
}


def main(arguments: list[str] | None = None) -> int:
    """Score the file and print the tables. Returns 0 when it ran."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluate", description=__doc__)
    parser.add_argument("file", type=Path, help="messages, evaluation format part 1")
    parser.add_argument("--json", type=Path, help="write figures and answers here")
    parser.add_argument("--errors", action="store_true", help="list the misses with evidence")
    options = parser.parse_args(arguments)
    try:
        examples = list(read(options.file))
        train()
    except (OSError, BadExample, TrainingFailed) as error:
        print(error, file=sys.stderr)
        return 1
    started = time.monotonic()
    answered = asyncio.run(answer_all(examples))
    seconds = time.monotonic() - started
    scored = [one for one, _ in answered]
    tables = report(scored)
    show(tables)
    print(f"\n{len(scored)} messages in {seconds:.1f} s")
    if options.errors:
        show_misses(answered)
    if options.json:
        write_whole(options.json, as_json(tables, scored))
    return 0


def write_whole(path: Path, found: dict[str, Any]) -> None:
    """Write JSON so that whoever waits for the file never sees a part of it."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    part.replace(path)


async def answer_all(examples: list[Example]) -> list[tuple[Scored, Any]]:
    """Return each example with its turn, and the screen's verdict on it."""
    from bot.engine.local import LocalEngine
    from bot.evaluation.first_turn import FirstTurns
    from bot.nlu.vectors import encoder

    parts = [examples[at : at + AHEAD] for at in range(0, len(examples), AHEAD)]
    vectors = encoder()
    answered: list[tuple[Scored, Any]] = []
    with ThreadPoolExecutor(1) as ahead:
        # What takes the most time runs beside the rest: on two cores half the wait.
        foreseen = [ahead.submit(_foresee, vectors, part) for part in parts]
        turns = FirstTurns(LocalEngine(DIALOGUE))
        for part, job in zip(parts, foreseen, strict=True):
            job.result()
            for example in part:
                turn, verdict = await turns.answer(example.text)
                answered.append((Scored(example, turn), verdict))
            print(f"  {len(answered)} of {len(examples)} …", file=sys.stderr)
    return answered


def _foresee(vectors: Encoder | None, examples: list[Example]) -> None:
    if vectors is not None:
        texts = [example.text for example in examples]
        vectors.foresee([*dict.fromkeys([*texts, *map(bare, texts)])])


def show(tables: dict[str, dict[str, Any]]) -> None:
    """Print the figures for all, natural and hard, then one line for each group."""
    for part in ("all", "natural", "hard"):
        if part in tables:
            print(f"\n{part}")
            for name, value in tables[part].items():
                print(f"  {name:16} {value if isinstance(value, Rate) else _number(value)}")
    print("\n" + " ".join(["group".ljust(20), *(short.rjust(8) for short in COLUMNS)]))
    for part, figures in tables.items():
        cells = " ".join(f"{_number(figures[name].value):>8}" for name in COLUMNS.values())
        print(f"{part:20} {cells}")


def show_misses(answered: list[tuple[Scored, Any]]) -> None:
    """Print what went wrong, with the evidence that the screen saw."""
    verdicts = {one.example.id: verdict for one, verdict in answered}
    for kind, one in misses([one for one, _ in answered]):
        e, verdict = one.example, verdicts[one.example.id]
        evidence = [f"{x.kind}:{x.name}={x.score:.2f}" for x in getattr(verdict, "evidence", ())]
        understood = one.turn["understood"]["themes"]
        print(f"\n[{kind}] {e.id} {e.style} {e.flag}/{e.urgency} {','.join(e.themes)}")
        print(f"  {e.text}\n  → {one.turn['safety']} {understood} {' '.join(evidence)}")


def as_json(tables: dict[str, dict[str, Any]], scored: list[Scored]) -> dict[str, Any]:
    """Return the figures by group, and for each line what was answered."""
    figures = {
        part: {name: v.to_json() if isinstance(v, Rate) else v for name, v in values.items()}
        for part, values in tables.items()
    }
    lines = [
        {"id": s.example.id, "safety": s.turn["safety"], "understood": s.turn["understood"]}
        for s in scored
    ]
    return {"figures": figures, "lines": lines}


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
