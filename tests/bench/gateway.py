"""The gateway with a screen that starts at once; all else is the product's own.

python -m tests.bench.gateway --port PORT
"""

from __future__ import annotations

from typing import Any

from bot.gateway import __main__ as command
from bot.gateway import app, parts
from tests.bot.gateway.standins import Screen

real = parts.build_parts


def with_quick_screen(config: Any) -> parts.Parts:
    return real(config, screen=Screen())


if __name__ == "__main__":
    app.build_parts = with_quick_screen
    raise SystemExit(command.main())
