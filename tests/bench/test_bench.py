"""The proofs of `make load` and `make crash`, small: nothing lost, nothing doubled."""

from __future__ import annotations

from pathlib import Path

from tests.bench.bot import running
from tests.bench.crash import prove
from tests.bench.load import measure


async def test_killed_again_and_again_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    async with running(tmp_path, quick=True) as bot:
        result = await prove(bot, cases=6, at_once=3, pause=(0.5, 2.5), seed=3)
    assert result.faults == []
    assert result.words >= 6 * 6


async def test_many_chats_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, quick=True) as bot:
        found = await measure(bot, chats=12, seconds=4, pause=1.0)
    assert (found.lost, found.doubled) == (0, 0)
    assert len(found.to_youth) >= 12 and len(found.to_case) >= 12
