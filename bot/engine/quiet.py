"""Rasa without telemetry, crash reports or noise. Call before Rasa is imported."""

from __future__ import annotations

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
    """Switch off all that Rasa would send out, and warnings about its own old parts."""
    os.environ.update(ENVIRONMENT)
    for category in (DeprecationWarning, FutureWarning, UserWarning):
        warnings.filterwarnings("ignore", category=category)
