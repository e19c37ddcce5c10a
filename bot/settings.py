"""Settings: `settings/*.yml` with environment variables on top.

`settings/bot.yml` holds what an operator sets, `settings/levels.yml` what the
clinical owner signs, `settings/handoff.yml` who answers for which municipality.
Every setting is described in docs/settings.md.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
FOLDER = Path(os.environ.get("UNGVEIVISER_SETTINGS", ROOT / "settings"))


class BadSetting(ValueError):
    """A settings file that cannot be used; says which and why."""


@cache
def section(name: str) -> dict[str, Any]:
    """Return the file `settings/<name>.yml` as a dictionary.

    Raises BadSetting when it is missing or is no mapping.
    """
    return read_file(FOLDER / f"{name}.yml")


def read_file(path: Path) -> dict[str, Any]:
    """Return a file of settings as a dictionary. Raises BadSetting."""
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadSetting(f"{path}: cannot be read ({error})") from error
    if not isinstance(loaded, dict):
        raise BadSetting(f"{path}: must hold 'name: value' lines")
    return loaded


def env(name: str, default: str = "") -> str:
    """Return the environment variable UNGVEIVISER_<name>, or `default`."""
    return os.environ.get(f"UNGVEIVISER_{name}", default)
