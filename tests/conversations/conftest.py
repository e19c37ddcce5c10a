"""`talk(...)` begins a conversation with the shared bot."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Stack
from tests.talk import Talk


@pytest.fixture
def talk(stack: Stack) -> Callable[..., Talk]:
    return lambda **begin: Talk(stack.url, **begin)
