"""The roles of the staff: one table, told in the documents, held for a municipality."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.handoff.account import Account, read_grants
from bot.handoff.roles import ACCESS, HOMES, MAY, Grant
from bot.settings import BadSetting

ROOT = Path(__file__).resolve().parents[3]


def account(*grants: tuple[str, str]) -> Account:
    return Account("kari", "Kari", "helsesykepleier", frozenset(Grant(*one) for one in grants))


def test_the_documents_tell_the_same_table() -> None:
    text = (ROOT / "docs/security.md").read_text("utf-8").split("## Who may do what")[1]
    text = text.split("\n## ")[0]
    header, *rows = re.findall(r"(?m)^\| (`\w+`|right) +\| (.+) \|$", text)
    columns = re.findall(r"`(\w+)`", header[1])
    told = {}
    for name, cells in rows:
        marks = [cell.strip() for cell in cells.split("|")][: len(columns)]
        told[name.strip("`")] = {
            column for column, mark in zip(columns, marks, strict=True) if mark == "yes"
        }
    assert columns == list(ACCESS)
    assert told == {right: set(who) for right, who in MAY.items()}


def test_only_health_personnel_see_cases() -> None:
    assert MAY["cases"] == {"reviewer", "lead"}
    for access in sorted(MAY["cases"]):
        with pytest.raises(BadSetting, match="role is None"):
            read_grants({"access": [access], "municipalities": ["9999"]}, "x")
    role, grants = read_grants({"access": ["admin"], "municipalities": ["9999"]}, "x")
    assert role is None and grants == {("admin", "9999")}


def test_a_role_in_one_municipality_is_none_in_the_next() -> None:
    both = account(("lead", "3203"), ("catalog_editor", "3413"))
    assert both.municipalities == {"3203", "3413"}
    assert both.using("cases").municipalities == {"3203"}
    assert both.using("coverage").municipalities == {"3203", "3413"}
    assert both.using("audit").municipalities == {"3203"}
    assert both.using("cases").may("coverage")  # the header of a page shows the other pages


def test_everybody_has_a_page_to_land_at() -> None:
    for access in ACCESS:
        assert account((access, "9999")).home in HOMES.values()
    assert account().home is None


def test_a_session_keeps_an_account_as_it_is() -> None:
    kari = account(("lead", "3203"), ("admin", "9999"))
    assert Account.from_json(kari.as_json()) == kari


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"access": "lead"}, "access is 'lead': write a list of reviewer, lead"),
        ({"access": ["boss"]}, "access is \\['boss'\\]"),
        ({"access": []}, "access is \\[\\]"),
        ({"role": "rektor"}, "role is 'rektor': write one of helsesykepleier"),
        ({"municipalities": "9999"}, "municipalities is '9999': write a list"),
        ({"municipalities": [9999]}, "9999 is no municipality"),
    ],
)
def test_a_bad_setting_says_how_to_mend_it(about: dict[str, object], says: str) -> None:
    good = {"role": "lege", "access": ["lead"], "municipalities": ["9999"]}
    with pytest.raises(BadSetting, match=says):
        read_grants({**good, **about}, "here")
