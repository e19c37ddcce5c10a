"""`python -m bot.simulate FILE.jsonl [--json OUT]`: plays conversations with a bot."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.evaluation.conversations import Played, figures, load, play
from bot.evaluation.rates import Rate
from bot.processes import free_port
from bot.settings import ROOT

START_SECONDS = 300.0


def main(arguments: list[str] | None = None) -> int:
    """Play the conversations and print the scores. Returns 0 when it ran."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulate", description=__doc__)
    parser.add_argument("file", type=Path, help="conversations, evaluation format part 2")
    parser.add_argument("--json", type=Path, help="write scores and conversations here")
    parser.add_argument(
        "--errors", action="store_true", help="show the conversations that went wrong"
    )
    parser.add_argument("--url", help="a running bot instead of one of its own")
    options = parser.parse_args(arguments)
    try:
        scripts = load(options.file)
    except (OSError, ValueError) as error:
        parser.error(f"{options.file}: {error}")
    with own_bot() if not options.url else _given(options.url) as url:
        played = []
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as http:
            for number, script in enumerate(scripts, 1):
                played.append(play(http, script))
                if number % 10 == 0:
                    print(f"  {number}/{len(scripts)}", file=sys.stderr, flush=True)
    scores = figures(played)
    for name, value in scores.items():
        print(f"{name:24} {value}")
    if options.errors:
        for one in played:
            _show(one)
    if options.json:
        options.json.write_text(json.dumps(_as_json(scores, played), ensure_ascii=False, indent=1))
    return 0


@contextmanager
def own_bot() -> Iterator[str]:
    """Start the whole bot on a free port and end it afterwards; yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as var:
        env = {**os.environ, "PORT": str(port), "UNGVEIVISER_VAR": var}
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.run"], cwd=ROOT, env=env, stdout=sys.stderr
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process)
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


@contextmanager
def _given(url: str) -> Iterator[str]:
    yield url


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/health", timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise SystemExit("The bot did not start: see the lines above.")


def _show(played: Played) -> None:
    wrong = not (played.right_level and played.right_service) or played.asked_twice
    if wrong:
        print(f"\n{played.script['id']}: {json.dumps(played.to_json(), ensure_ascii=False)}")
        print(f"  expected {json.dumps(played.script['expected'], ensure_ascii=False)}")
        print(f"  opening: {played.script['opening']}")


def _as_json(scores: dict[str, Any], played: list[Played]) -> dict[str, Any]:
    plain = {name: v.to_json() if isinstance(v, Rate) else v for name, v in scores.items()}
    return {"figures": plain, "conversations": [one.to_json() for one in played]}


if __name__ == "__main__":
    sys.exit(main())
