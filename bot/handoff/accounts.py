"""Local accounts of the staff pages: for demo and trial. Passwords are kept as argon2 hashes.

python -m bot.handoff.accounts         shows the demo account, making it when needed
python -m bot.handoff.accounts hash    reads a password and prints its hash for handoff.yml
"""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Optional

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from bot.handoff.account import Account, read_grants
from bot.handoff.reading import FILE, check_names, text_of
from bot.settings import ROOT, BadSetting, env, section

_HASHER = PasswordHasher()
# Somebody who guesses at accounts that don't exist waits as long as for one that does.
_NOBODY = _HASHER.hash(secrets.token_hex(16))


class Accounts:
    """Everybody who may log in with a password: accounts, each with its argon2 hash."""

    def __init__(self, accounts: Iterable[tuple[Account, str]]) -> None:
        self._accounts = {account.user: (account, password) for account, password in accounts}

    @classmethod
    def load(cls) -> Accounts:
        """Read `settings/handoff.yml` and the demo account; none beside a provider.

        Raises BadSetting.
        """
        values = section("handoff")
        if values.get("login") is not None:
            return cls([])
        found = [_account(one, i) for i, one in enumerate(values.get("accounts") or [], 1)]
        about = _demo_account()
        made = ensure_demo_account()
        if about is not None and made is not None:
            account = _read({**about, "user": made[0]}, f"{FILE}: demo_account")
            found.append((account, _HASHER.hash(made[1])))
        return cls(found)

    def get(self, user: str) -> Optional[Account]:
        """Return an account by its user name."""
        found = self._accounts.get(user)
        return found[0] if found else None

    def check(self, user: str, password: str) -> Optional[Account]:
        """Return the account when the password is right. Takes a tenth of a second of a core."""
        account, known = self._accounts.get(user, (None, _NOBODY))
        try:
            _HASHER.verify(known, password)
        except (Argon2Error, InvalidHashError):
            return None
        return account


def ensure_demo_account() -> Optional[tuple[str, str]]:
    """Return user and password of the demo account, made at the first start; None without one.

    It lies in var/staff-demo.txt, which only its owner can read. The environment variables
    UNGVEIVISER_STAFF_USER and UNGVEIVISER_STAFF_PASSWORD take its place.
    """
    about = _demo_account()
    if about is None:
        return None
    if env("STAFF_PASSWORD"):
        return env("STAFF_USER") or str(about["user"]), env("STAFF_PASSWORD")
    path = Path(env("VAR") or ROOT / "var") / "staff-demo.txt"
    return str(about["user"]), _lasting_password(path)


def _lasting_password(path: Path) -> str:
    """Return the password in `path`. Several processes that start at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(12) + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text("utf-8").strip()


def _demo_account() -> Optional[dict[str, Any]]:
    values = section("handoff")
    about = values.get("demo_account")
    if about is None or values.get("login") is not None or not section("bot").get("demo"):
        return None
    if not isinstance(about, dict):
        raise BadSetting(f"{FILE}: demo_account is {about!r}: write user, name, role below it")
    text_of(about, "user", f"{FILE}: demo_account")
    return about


def _account(about: Any, number: int) -> tuple[Account, str]:
    where = f"{FILE}: accounts[{number}]"
    if not isinstance(about, dict):
        raise BadSetting(f"{where} is {about!r}: write user, name, role below it")
    password = text_of(about, "password", where)
    if not password.startswith("$argon2id$"):
        raise BadSetting(
            f"{where}: password is no argon2 hash: "
            "make one with `python -m bot.handoff.accounts hash`"
        )
    return _read(about, where), password


def _read(about: Mapping[str, Any], where: str) -> Account:
    check_names(about, {"user", "name", "role", "access", "municipalities", "password"}, where)
    role, grants = read_grants(about, where)
    return Account(text_of(about, "user", where), text_of(about, "name", where), role, grants)


def main(arguments: list[str]) -> int:
    """Show the demo account, or hash a password. Returns the exit code."""
    if arguments == ["hash"]:
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline()
        sys.stdout.write(_HASHER.hash(password.rstrip("\n")) + "\n")
        return 0
    made = ensure_demo_account()
    if made is None:
        sys.stdout.write("There is no demo account: see demo_account in settings/handoff.yml\n")
        return 1
    sys.stdout.write(f"{made[0]} {made[1]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
