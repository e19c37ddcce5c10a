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
}


def quiet() -> None:
    """Import Rasa with all that it would send out switched off.

    Its debug log holds what people write: only warnings are let through.
    """
    os.environ.update(ENVIRONMENT)
    for category in (DeprecationWarning, FutureWarning, UserWarning):
        warnings.filterwarnings("ignore", category=category)
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(log_level=logging.WARNING, warn_only_once=True)
    configure_structlog(logging.WARNING)
