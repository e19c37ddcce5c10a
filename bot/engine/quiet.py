"""Rasa without telemetry, crash reports or noise. `quiet()` comes before any use of Rasa."""

from __future__ import annotations

import logging
import os
import warnings

ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_PRO_TELEMETRY_ENABLED": "false",
    "SENTRY_DSN": "",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "SANIC_REGISTER": "false",
    "CUDA_VISIBLE_DEVICES": "-1",
    # Several processes share few cores: threads that wait for each other cost more than they give.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def quiet() -> None:
    """Import Rasa with all that it would send out switched off.

    Its debug log holds what people write: only warnings are let through.
    """
    os.environ.update(ENVIRONMENT)
    # Filters do not hold: the libraries under Rasa set their own while they are imported.
    warnings.showwarning = _say_nothing
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(log_level=logging.WARNING, warn_only_once=True)
    configure_structlog(logging.WARNING)


def _say_nothing(*_: object, **__: object) -> None:
    """Take the place of `warnings.showwarning`: the pins are old on purpose."""
