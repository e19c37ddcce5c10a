"""Reads `login` of `settings/handoff.yml`: the OpenID provider by which staff log in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from bot.handoff.account import Account, read_grants
from bot.handoff.address import read_url
from bot.handoff.reading import FILE, check_names, text_of
from bot.handoff.roles import Grant
from bot.handoff.roster import Role
from bot.settings import BadSetting, env, section

CALLBACK = "/staff/login/callback"
# Signatures with a public key alone: a shared secret or "none" proves nothing here.
ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
_NAMES = {
    *("issuer", "callback", "client_id", "algorithms", "acr", "scopes"),
    *("name_claim", "groups_claim", "groups", "skew_seconds"),
}
MAX_SKEW = 300
MAX_NAME = 60


@dataclass(frozen=True)
class Group:
    """What a value of the groups claim gives."""

    role: Optional[Role]
    grants: frozenset[Grant]


@dataclass(frozen=True)
class Provider:
    """The provider, how we are known to it, and what its claims mean. `skew` is in seconds."""

    issuer: str
    callback: str
    client_id: str
    secret: str
    algorithms: tuple[str, ...]
    acr: tuple[str, ...]
    scopes: tuple[str, ...]
    name_claim: str
    groups_claim: str
    groups: Mapping[str, Group]
    skew: int

    @classmethod
    def load(cls) -> Optional[Provider]:
        """Return the provider of the settings, or None. Raises BadSetting."""
        about = section("handoff").get("login")
        return None if about is None else cls.read(about, env("OIDC_SECRET"))

    @classmethod
    def read(cls, about: Any, secret: str) -> Provider:
        """Return what the settings say. `secret`: empty for a client without. Raises BadSetting."""
        where = f"{FILE}: login"
        if not isinstance(about, dict):
            raise BadSetting(f"{where} is {about!r}: write issuer, client_id, … below it")
        check_names(about, _NAMES, where)
        callback = read_url(about.get("callback"), f"{where}: callback")
        if not callback.endswith(CALLBACK) or "?" in callback or "#" in callback:
            raise BadSetting(f"{where}: callback must be our own address and end in {CALLBACK}")
        algorithms = _texts(about, "algorithms", ["RS256"], where)
        if not algorithms or not set(algorithms) <= set(ALGORITHMS):
            raise BadSetting(f"{where}: algorithms: choose among {', '.join(ALGORITHMS)}")
        return cls(
            issuer=read_url(about.get("issuer"), f"{where}: issuer"),
            callback=callback,
            client_id=text_of(about, "client_id", where),
            secret=secret,
            algorithms=algorithms,
            acr=_texts(about, "acr", [], where),
            scopes=tuple(dict.fromkeys(["openid", *_texts(about, "scopes", ["profile"], where)])),
            name_claim=text_of({"name_claim": "given_name", **about}, "name_claim", where),
            groups_claim=text_of({"groups_claim": "groups", **about}, "groups_claim", where),
            groups=_groups(about.get("groups"), f"{where}.groups"),
            skew=_skew(about.get("skew_seconds", 60), where),
        )

    def account(self, claims: Mapping[str, Any]) -> Optional[Account]:
        """Return the account that claims (checked before) describe; None: nobody of ours."""
        given = claims.get(self.groups_claim)
        values = {given} if isinstance(given, str) else set(map(str, _list(given)))
        found = [group for value, group in self.groups.items() if value in values]
        if not found:
            return None
        role = next((group.role for group in found if group.role), None)
        name = claims.get(self.name_claim)
        shown = " ".join(name.split())[:MAX_NAME] if isinstance(name, str) else ""
        grants = frozenset[Grant]().union(*(group.grants for group in found))
        return Account(f"oidc:{claims['sub']}", shown or "Vakten", role, grants)


def _groups(about: Any, where: str) -> dict[str, Group]:
    if not isinstance(about, dict) or not about:
        raise BadSetting(f"{where} is {about!r}: write one '\"name of a group\":' line for each")
    found = {}
    for value, one in about.items():
        if not isinstance(one, dict):
            raise BadSetting(f"{where}.{value} is {one!r}: write role, access, municipalities")
        check_names(one, {"role", "access", "municipalities"}, f"{where}.{value}")
        found[str(value)] = Group(*read_grants(one, f"{where}.{value}"))
    return found


def _texts(about: Mapping[str, Any], name: str, default: list[str], where: str) -> tuple[str, ...]:
    values = about.get(name, default)
    if not isinstance(values, list) or not all(isinstance(one, str) and one for one in values):
        raise BadSetting(f"{where}: {name} is {values!r}: write a list of words")
    return tuple(values)


def _skew(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_SKEW:
        raise BadSetting(f"{where}: skew_seconds is {value!r}: write a number from 0 to {MAX_SKEW}")
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
