"""`python -m bot.engine.serve`: Rasa's server, on loopback, with our channel only."""

from __future__ import annotations

import argparse

from bot.engine.quiet import quiet
from bot.settings import ROOT, BadSetting
from service_catalog.sources.settings import Sources


def main() -> None:
    """Serve the dialogue model until ended."""
    parser = argparse.ArgumentParser(prog="python -m bot.engine.serve", description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    try:
        Sources.load()
    except BadSetting as error:
        parser.exit(2, f"{error}\n")
    quiet()
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    serve_application(
        model_path=options.model,
        interface="127.0.0.1",
        port=options.port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml")),
        enable_api=False,
    )


if __name__ == "__main__":
    main()
