"""`python -m bot.gateway --host 127.0.0.1 --port 8000`."""

from __future__ import annotations

import argparse
import logging
import sys

import uvicorn

from bot.gateway.app import create_app
from bot.gateway.config import Config
from bot.settings import BadSetting


def main(arguments: list[str] | None = None) -> int:
    """Run the gateway until it is told to stop; return the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for every turn says nothing
    try:
        config = Config.load()
        parser = argparse.ArgumentParser(prog="python -m bot.gateway")
        parser.add_argument("--host", default=config.host)
        parser.add_argument("--port", type=int, default=config.port)
        given = parser.parse_args(arguments)
        app = create_app(config)
    except BadSetting as error:
        sys.stderr.write(f"{error}\n")
        return 2
    uvicorn.run(
        app,
        host=given.host,
        port=given.port,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=list(config.trusted_proxies),
        timeout_graceful_shutdown=3,
        ws="none",
        log_level="warning",
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
