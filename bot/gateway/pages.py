"""The pages of `bot.web` for youth and those of `bot.handoff` for staff."""

from __future__ import annotations

import dataclasses
from typing import Optional

from starlette.routing import BaseRoute, Mount

from bot.gateway.parts import Parts
from bot.handoff import staff
from bot.handoff.cases import Cases
from bot.handoff.desk import Desk
from bot.handoff.link import connect
from bot.web import pages


def page_routes() -> list[BaseRoute]:
    """Return /, /embed, /widget.js and /static."""
    return pages.routes()


def staff_routes(parts: Parts) -> list[BaseRoute]:
    """Return the staff pages under /staff. Raises BadSetting."""
    return [Mount("/staff", routes=staff.routes(_desk(parts)))]


def _desk(parts: Parts) -> Optional[Desk]:
    """Return a desk that writes through our own cases, so that the youth hears at once."""
    if parts.config.redis_url is None or not isinstance(parts.cases, Cases):
        return None
    desk = Desk.build(connect(parts.config.redis_url), parts.config.secret)
    return dataclasses.replace(desk, cases=parts.cases)
