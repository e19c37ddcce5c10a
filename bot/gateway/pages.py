"""The pages of `bot.web` and the staff pages of `bot.handoff`, as far as they are installed."""

from __future__ import annotations

import importlib
import importlib.util

from starlette.routing import BaseRoute, Mount

WEB = "bot.web.pages"
STAFF = "bot.handoff.staff"


def page_routes() -> list[BaseRoute]:
    """Return /, /embed, /widget.js and /static, or nothing where there are no pages."""
    return _routes(WEB)


def staff_routes() -> list[BaseRoute]:
    """Return the staff pages under /staff, or nothing where there are none."""
    found = _routes(STAFF)
    return [Mount("/staff", routes=found)] if found else []


def _routes(module: str) -> list[BaseRoute]:
    if importlib.util.find_spec(module) is None:
        return []
    routes: list[BaseRoute] = importlib.import_module(module).routes()
    return routes
