"""The settings of the log-in provider: what is wrong is told, and how to mend it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handoff.provider import Provider
from bot.settings import BadSetting

GOOD: dict[str, Any] = {
    "issuer": "https://login.kommune.example",
    "callback": "https://chat.kommune.example/staff/login/callback",
    "client_id": "ungveiviser",
    "groups": {"drift": {"access": ["admin"], "municipalities": ["9999"]}},
}


def test_the_least_that_is_needed() -> None:
    found = Provider.read(GOOD, "")
    assert found.algorithms == ("RS256",) and found.scopes == ("openid", "profile")
    assert (found.name_claim, found.groups_claim, found.skew) == ("given_name", "groups", 60)


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"issuer": "http://login.kommune.example"}, "issuer: must begin with https://"),
        ({"issuer": None}, "issuer: is no web address"),
        ({"callback": "https://chat.kommune.example/"}, "callback must be our own address and end"),
        ({"client_id": 7}, "client_id is 7: write a text"),
        ({"algorithms": ["none"]}, "algorithms: choose among RS256"),
        ({"algorithms": ["HS256"]}, "algorithms: choose among RS256"),
        ({"algorithms": []}, "algorithms: choose among RS256"),
        ({"acr": "high"}, "acr is 'high': write a list"),
        ({"skew_seconds": 3600}, "skew_seconds is 3600: write a number from 0 to 300"),
        ({"skew_seconds": True}, "skew_seconds is True"),
        ({"groups": {}}, "groups is {}: write one"),
        ({"groups": {"drift": "admin"}}, "groups.drift is 'admin'"),
        ({"groups": {"a": {"access": ["lead"], "municipalities": ["9999"]}}}, "role is None"),
        ({"secret": "x"}, "'secret' is no setting"),
    ],
)
def test_a_bad_setting_says_how_to_mend_it(about: dict[str, Any], says: str) -> None:
    with pytest.raises(BadSetting, match=says):
        Provider.read({**GOOD, **about}, "")


def test_a_name_is_made_fit_to_be_shown() -> None:
    read = Provider.read(GOOD, "")
    for given, shown in ((" Kari\n Anne ", "Kari Anne"), ("x" * 99, "x" * 60), (None, "Vakten")):
        account = read.account({"sub": "1", "groups": ["drift"], "given_name": given})
        assert account is not None and account.name == shown and account.user == "oidc:1"
