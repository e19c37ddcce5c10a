"""An OpenID provider for the tests: `python -m tests.bot.handoff.provider PORT CALLBACK`.

Small but real: discovery, code flow with PKCE and client secret, signed tokens, change of keys,
log-out. POST /wishes says who logs in and what goes wrong (`fault`); GET /seen tells what came.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "ungveiviser", "geheim+/% ø"
KARI = {"sub": "kari-1", "given_name": "Kari", "groups": ["sykepleiere"], "acr": "high"}


class Provider:
    def __init__(self, port: int, callback: str) -> None:
        # Another site than 127.0.0.1 to a browser: strict cookies stay at home.
        self.issuer = f"http://localhost:{port}"
        self.callback = callback
        self.keys = [new_key()]
        self.codes: dict[str, dict[str, str]] = {}
        self.seen: list[str] = []
        self.forget()

    def forget(self) -> None:
        self.fault, self.claims = "", dict(KARI)

    async def wishes(self, request: Request) -> Response:
        about = await request.json()
        self.forget()
        self.fault = about.get("fault", "")
        self.claims.update(about.get("claims", {}))
        if about.get("rotate"):
            self.keys = [new_key()]
        self.seen.clear()
        return JSONResponse({})

    async def told(self, request: Request) -> Response:
        return JSONResponse(self.seen)

    async def discovery(self, request: Request) -> Response:
        self.seen.append("discovery")
        at = self.issuer
        return await self.faulty("discovery") or JSONResponse(
            {
                "issuer": "http://localhost:1" if self.fault == "other discovery" else at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/jwks",
                "end_session_endpoint": f"{at}/logout",
                "response_types_supported": ["code"],
                "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.seen.append("authorize")
        wanted = {"client_id": CLIENT, "redirect_uri": self.callback, "response_type": "code"}
        if any(asked.get(name) != value for name, value in wanted.items()):
            return PlainTextResponse("not a client of ours", 400)
        if asked.get("code_challenge_method") != "S256" or len(asked["code_challenge"]) != 43:
            return PlainTextResponse("PKCE is needed", 400)
        if self.fault == "denied":
            return RedirectResponse(f"{self.callback}?error=access_denied&state={asked['state']}")
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        more = "&iss=http://localhost:1" if self.fault == "other issuer" else f"&iss={self.issuer}"
        return RedirectResponse(f"{self.callback}?code={code}&state={asked['state']}{more}", 302)

    async def token(self, request: Request) -> Response:
        form = dict(await request.form())
        self.seen.append("token")
        if answer := await self.faulty("token"):
            return answer
        basic = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        if basic != "ungveiviser:geheim%2B%2F%25%20%C3%B8":  # RFC 6749, 2.3.1
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self.codes.pop(str(form["code"]), None)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        hashed = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        if base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        answer = {"access_token": "at", "token_type": "Bearer", "id_token": self.id_token(asked)}
        if self.fault == "no token":
            del answer["id_token"]
        return JSONResponse(answer)

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims.update(WRONG.get(self.fault, lambda now: {})(now))
        claims = {name: value for name, value in claims.items() if value is not None}
        key, header = self.keys[0], {"alg": "RS256", "kid": self.keys[0].kid}
        if self.fault == "alg none":
            parts = [{"alg": "none", "kid": key.kid}, claims]
            return ".".join(map(encoded, parts)) + "."
        if self.fault == "signed with the public key":
            head = f"{encoded({'alg': 'HS256', 'kid': key.kid})}.{encoded(claims)}"
            sign = hmac.digest(key.as_pem(private=False), head.encode(), "sha256")
            return f"{head}.{base64.urlsafe_b64encode(sign).rstrip(b'=').decode()}"
        if self.fault == "signed with the secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 4), ["HS256"])
        if self.fault == "unknown key":
            key = new_key()
            header["kid"] = key.kid
        if self.fault == "another's signature":
            key = new_key()
        if self.fault == "its own key":
            key = new_key()
            header |= {"kid": key.kid, "jwk": key.as_dict(private=False)}
        token = jwt.encode(header, claims, key, ["RS256"])
        if self.fault == "altered":
            head, _, sign = token.split(".")
            token = f"{head}.{encoded({**claims, 'groups': ['ledere']})}.{sign}"
        return "x.y" if self.fault == "no JWT" else token

    async def jwks(self, request: Request) -> Response:
        self.seen.append("jwks")
        keys = [{**key.as_dict(private=False), "use": "sig"} for key in self.keys]
        strange = {"kty": "PQC", "kid": "of the future"}
        return await self.faulty("jwks") or JSONResponse({"keys": [strange, *keys]})

    async def logout(self, request: Request) -> Response:
        self.seen.append("logout")
        asked = request.query_params
        jwt.decode(asked["id_token_hint"], self.keys[0], ["RS256"])
        return RedirectResponse(asked["post_logout_redirect_uri"], 302)

    async def faulty(self, where: str) -> Response | None:
        if self.fault == f"slow {where}":
            await asyncio.sleep(30)
        if self.fault == f"500 {where}":
            return PlainTextResponse("Traceback (most recent call last)", 500)
        if self.fault == f"no JSON {where}":
            return PlainTextResponse("<html>")
        if self.fault == f"redirect {where}":
            return RedirectResponse("http://localhost:1/elsewhere", 302)
        return None


# What is wrong in the claims, by the name of the fault.
WRONG: dict[str, Any] = {
    "wrong nonce": lambda now: {"nonce": "x"},
    "no nonce": lambda now: {"nonce": None},
    "wrong audience": lambda now: {"aud": "another"},
    "no audience": lambda now: {"aud": None},
    "several audiences": lambda now: {"aud": [CLIENT, "another"]},
    "for another party": lambda now: {"azp": "another"},
    "wrong issuer": lambda now: {"iss": "http://localhost:1"},
    "expired": lambda now: {"iat": now - 900, "exp": now - 600},
    "no expiry": lambda now: {"exp": None},
    "from the future": lambda now: {"iat": now + 900, "exp": now + 1800},
    "not yet": lambda now: {"nbf": now + 900},
    "no subject": lambda now: {"sub": None},
    "odd subject": lambda now: {"sub": "a\nb"},
    "weak": lambda now: {"acr": "low"},
    "no strength": lambda now: {"acr": None},
    "wrong access token": lambda now: {"at_hash": "x"},
    "clocks apart": lambda now: {"iat": now + 30, "exp": now - 30},
}


def encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def new_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})


def app_of(provider: Provider) -> Starlette:
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", provider.discovery),
            Route("/authorize", provider.authorize),
            Route("/token", provider.token, methods=["POST"]),
            Route("/jwks", provider.jwks),
            Route("/logout", provider.logout),
            Route("/wishes", provider.wishes, methods=["POST"]),
            Route("/seen", provider.told),
        ]
    )


if __name__ == "__main__":
    app = app_of(Provider(int(sys.argv[1]), sys.argv[2]))
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, ws="none", log_level="warning")
