"""Rasa's own validation of domain, rules and training data, by Rasa's command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.engine.quiet import ENVIRONMENT

ROOT = Path(__file__).resolve().parent.parent


def test_rasa_finds_no_fault_in_domain_rules_and_examples() -> None:
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "data", "validate"]
    command += ["--fail-on-warnings", "--max-history", "2", "--domain", "domain.yml"]
    env = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(
        [*command, "--data", "data"], cwd=ROOT, env=env, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
