"""Speaks OpenID Connect with the provider: code flow with PKCE (OpenID Connect Core 1.0, 3.1).

What the provider says of itself and its keys are kept a while; a token signed with a key that we
don't know makes us ask for the keys again, so that a change of keys goes unnoticed.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, Optional
from urllib.parse import quote, urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from bot.handoff.address import read_url
from bot.handoff.errors import LoginRefused, ProviderDown
from bot.handoff.flows import Flow
from bot.handoff.provider import CALLBACK, Provider
from bot.settings import BadSetting

# Seconds: how long one question to the provider may take, and how long answers are kept.
TIMEOUT = 5.0
KEPT = 600.0
# No more often than this are the keys fetched for a key that we don't know.
KEYS_PAUSE = 5.0
MAX_BYTES = 256 * 1024


class OpenId:
    """The provider as we know it. Raises ProviderDown when it does not answer as it should."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._about: dict[str, Any] = {}
        self._about_at = self._keys_at = float("-inf")
        self._keys: Optional[KeySet] = None
        self._lock = asyncio.Lock()

    async def login_url(self, flow: Flow) -> str:
        """Return where the browser is to go to log in."""
        about = await self._discover()
        ours = self.provider
        wanted = {
            "response_type": "code",
            "client_id": ours.client_id,
            "redirect_uri": ours.callback,
            "scope": " ".join(ours.scopes),
            "state": flow.state,
            "nonce": flow.nonce,
            "code_challenge": create_s256_code_challenge(flow.verifier),
            "code_challenge_method": "S256",
            **({"acr_values": " ".join(ours.acr)} if ours.acr else {}),
        }
        return _with(about["authorization_endpoint"], wanted)

    async def logout_url(self, id_token: str) -> Optional[str]:
        """Return where the browser is to go to log out there too; None: it can't be done there."""
        address = str((await self._discover()).get("end_session_endpoint"))
        if not _is_address(address):
            return None
        back = f"{self.provider.callback[: -len(CALLBACK)]}/staff/login"
        about = {"client_id": self.provider.client_id, "post_logout_redirect_uri": back}
        return _with(address, {"id_token_hint": id_token, **about})

    async def claims(self, code: str, issuer: str, flow: Flow) -> tuple[dict[str, Any], str]:
        """Return the claims of who has logged in, checked, and the token that held them.

        `code` and `issuer` ("" without one) are what the browser brought back. Raises LoginRefused.
        """
        about = await self._discover()
        named = issuer or not about.get("authorization_response_iss_parameter_supported")
        if not named or issuer not in ("", self.provider.issuer):
            raise LoginRefused("issuer")
        answer = await self._exchange(about, code, flow)
        token, access = answer.get("id_token"), answer.get("access_token")
        if not isinstance(token, str) or len(token) > MAX_BYTES:
            raise LoginRefused("no_token")
        decoded = await self._verified(about, token)
        found = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.provider.issuer},
                "aud": {"essential": True, "value": self.provider.client_id},
            },
            {
                "nonce": flow.nonce,
                "client_id": self.provider.client_id,
                "access_token": access if isinstance(access, str) else None,
            },
        )
        self._check(found)
        return dict(found), token

    def _check(self, claims: CodeIDToken) -> None:
        try:
            claims.validate(leeway=self.provider.skew)
        except ClaimError as error:
            raise LoginRefused(str(error.claim)) from None
        except (JoseError, TypeError, ValueError) as error:
            raise LoginRefused(type(error).__name__) from None
        subject = claims["sub"]
        if not isinstance(subject, str) or not subject.isprintable() or not 0 < len(subject) < 256:
            raise LoginRefused("sub")
        if self.provider.acr and claims.get("acr") not in self.provider.acr:
            raise LoginRefused("acr")

    async def _verified(self, about: dict[str, Any], token: str) -> jwt.Token:
        """Return a token whose signature is right."""
        rules = JWSRegistry(algorithms=list(self.provider.algorithms), strict_check_header=False)
        try:
            try:
                return jwt.decode(token, await self._key_set(about), registry=rules)
            except InvalidKeyIdError:
                return jwt.decode(token, await self._key_set(about, anew=True), registry=rules)
        except (JoseError, TypeError, ValueError) as error:
            raise LoginRefused(type(error).__name__) from None

    async def _exchange(self, about: dict[str, Any], code: str, flow: Flow) -> dict[str, Any]:
        """Change the code for tokens."""
        ours = self.provider
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": ours.callback,
            "code_verifier": flow.verifier,
        }
        # RFC 6749, 2.3.1: both are encoded as in a form before they go into the header.
        auth = httpx.BasicAuth(quote(ours.client_id, safe=""), quote(ours.secret, safe=""))
        ways = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if not ours.secret or "client_secret_basic" not in ways:
            form |= {"client_id": ours.client_id}
            form |= {"client_secret": ours.secret} if ours.secret else {}
            return await self._ask("POST", about["token_endpoint"], data=form)
        return await self._ask("POST", about["token_endpoint"], data=form, auth=auth)

    async def _discover(self) -> dict[str, Any]:
        """Return what the provider says of itself (OpenID Connect Discovery 1.0)."""
        async with self._lock:
            if time.monotonic() - self._about_at > KEPT:
                url = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
                about = await self._ask("GET", url)
                needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
                if about.get("issuer") != self.provider.issuer:
                    raise ProviderDown("another issuer")
                if not all(_is_address(about.get(name)) for name in needed):
                    raise ProviderDown("discovery lacks an address")
                self._about, self._about_at = about, time.monotonic()
            return self._about

    async def _key_set(self, about: dict[str, Any], *, anew: bool = False) -> KeySet:
        async with self._lock:
            age = time.monotonic() - self._keys_at
            if self._keys is None or age > (KEYS_PAUSE if anew else KEPT):
                found = await self._ask("GET", about["jwks_uri"])
                try:
                    self._keys = KeySet.import_key_set(found)  # type: ignore[arg-type]
                except (JoseError, KeyError, TypeError, ValueError) as error:
                    raise ProviderDown(type(error).__name__) from None
                self._keys_at = time.monotonic()
            return self._keys

    async def _ask(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        """Return a JSON object of the provider. A refused code raises LoginRefused."""
        try:
            answer = await asyncio.wait_for(self._fetch(method, url, more), TIMEOUT)
            about = answer.json() if len(answer.content) <= MAX_BYTES else None
        except (httpx.HTTPError, asyncio.TimeoutError, ValueError) as error:
            raise ProviderDown(type(error).__name__) from None
        if method == "POST" and answer.status_code in (400, 401, 403):
            raise LoginRefused("code")
        if answer.status_code != 200 or not isinstance(about, dict):
            raise ProviderDown(f"HTTP {answer.status_code}")
        return about

    @staticmethod
    async def _fetch(method: str, url: str, more: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as client:
            return await client.request(method, url, **more)


def _with(url: str, values: dict[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(values)}"


def _is_address(value: Any) -> bool:
    try:
        return bool(read_url(value, ""))
    except BadSetting:
        return False
