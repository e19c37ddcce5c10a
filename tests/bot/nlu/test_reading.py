"""What is read from a message by rules alone."""

from __future__ import annotations

import pytest

from bot.nlu.normalise import normalise
from bot.nlu.reading import only_how_much


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("ja ganske mytji", True), ("ja", True), ("8/10", True), ("quite a lot", True)),
        *(("ja, søv dårlig", False), ("går utover skolen", False), ("vet ikke", False)),
        ("ja ganske mye, for jeg tør ikke gå på skolen lenger", False),
    ],
)
def test_only_how_much_names_nothing_that_it_gets_in_the_way_of(text: str, expected: bool) -> None:
    assert only_how_much(normalise(text)) is expected
