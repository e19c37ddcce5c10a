"""What is none of our business is told from what somebody needs."""

from __future__ import annotations

import pytest

from bot.nlu.normalise import normalise
from bot.nlu.off_topic import is_off_topic


@pytest.mark.parametrize(
    "text",
    [
        *("hva er klokka", "ka e klokka?", "hei, kva er klokka no", "hva er 2+2"),
        *("blir det regn i morgen", "hvordan blir været", "kan du fortelle en vits"),
        *("kan du hjelpe meg med matteleksa", "skriv en stil", "hvem vant kampen i går"),
        *("hvor mange bor det i Norge", "hva synes du om trump", "er du singel", "har du snap"),
    ],
)
def test_it_is_none_of_our_business(text: str) -> None:
    assert is_off_topic(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        *("hva er galt med meg", "kan du hjelpe meg", "hva er det å være deprimert"),
        *("hva synes du om at pappa slår meg", "hva synes du om meg", "skal vi snakke"),
        *("hvem er helsesykepleieren", "hvor kan jeg gå", "hvor mange kan jeg ringe"),
        "kan du hjelpe meg med matte for jeg orker ikke mer og vil bare bort herfra nå",
        "mamma sier hva er klokka når jeg kommer hjem og så slår hun",
    ],
)
def test_it_may_be(text: str) -> None:
    assert not is_off_topic(normalise(text))
