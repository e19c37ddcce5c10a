"""The gateway as a process of its own, with stand-ins behind it: for tests that need a process.

python -m tests.bot.gateway.serving PORT
"""

from __future__ import annotations

import sys
from typing import Any

from bot.gateway import __main__ as command
from bot.gateway import app, parts
from tests.bot.gateway.standins import Cases, Dialogue, Duty, Screen

real = parts.build_parts


def with_standins(config: Any) -> parts.Parts:
    return real(config, screen=Screen(), dialogue=Dialogue(), duty=Duty("9999"), cases=Cases())


if __name__ == "__main__":
    app.build_parts = with_standins
    raise SystemExit(command.main(["--port", sys.argv[1]]))
