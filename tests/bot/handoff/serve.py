"""The staff pages alone, served for the tests: `python -m tests.bot.handoff.serve PORT`."""

from __future__ import annotations

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.handoff.staff import routes

if __name__ == "__main__":
    app = Starlette(routes=[Mount("/staff", routes=routes())])
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, ws="none", log_level="warning")
