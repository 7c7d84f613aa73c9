"""A small OpenID provider for the tests: two people with passwords, a button that refuses, keys of its own. Authorization code flow with
PKCE as in OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.

    python -m tests.support.provider PORT
"""

import base64
import hashlib
import secrets
import sys
import time
from html import escape
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = ("dashboard", "client-secret-of-the-tests")
PEOPLE = {  # user -> password, claims
    "somchai": ("right-1", {"name": "สมชาย ใจดี", "email": "somchai@office.example", "email_verified": True}),
    "mary": ("right-2", {"name": "<b>Mary</b> *Hill*", "email": "Mary@elsewhere.example"}),
    "unproven": ("right-3", {"name": "Unproven", "email": "unproven@office.example", "email_verified": False}),
}
KEY = RSAKey.generate_key(2048, parameters={"kid": "one"})
codes: dict[str, dict] = {}


def metadata(request: Request) -> JSONResponse:
    here = str(request.base_url).rstrip("/")
    return JSONResponse(
        {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys",
            "end_session_endpoint": f"{here}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


async def authorize(request: Request):
    asked = request.query_params
    if request.method == "GET":
        return HTMLResponse(FORM.format(fault=""))
    form = dict(pair.split("=", 1) for pair in (await request.body()).decode().split("&"))
    if "deny" in form:
        return RedirectResponse(f"{asked['redirect_uri']}?" + urlencode({"error": "access_denied", "state": asked["state"]}), 302)
    password, _ = PEOPLE.get(form["user"], (None, None))
    if form["password"] != password:
        return HTMLResponse(FORM.format(fault="<p role=alert>wrong password</p>"))
    code = secrets.token_urlsafe(16)
    codes[code] = {"user": form["user"], "nonce": asked.get("nonce"), "challenge": asked["code_challenge"], "uri": asked["redirect_uri"]}
    return RedirectResponse(f"{asked['redirect_uri']}?" + urlencode({"code": code, "state": asked["state"]}), 302)


async def token(request: Request) -> JSONResponse:
    form = dict(pair.split("=", 1) for pair in (await request.body()).decode().split("&"))
    given = codes.pop(form.get("code", ""), None)
    basic = "Basic " + base64.b64encode(":".join(CLIENT).encode()).decode()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
    if given is None or request.headers.get("authorization") != basic or challenge != given["challenge"]:
        return JSONResponse({"error": "invalid_grant"}, 400)
    now = int(time.time())
    claims = {
        "iss": str(request.base_url).rstrip("/"),
        "aud": CLIENT[0],
        "sub": given["user"],
        "iat": now,
        "exp": now + 300,
        "nonce": given["nonce"],
    } | PEOPLE[given["user"]][1]
    return JSONResponse(
        {
            "access_token": secrets.token_urlsafe(8),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEY),
        }
    )


def keys(_: Request) -> JSONResponse:
    return JSONResponse({"keys": [KEY.as_dict(private=False) | {"use": "sig", "alg": "RS256"}]})


def end(request: Request) -> RedirectResponse:
    return RedirectResponse(escape(request.query_params["post_logout_redirect_uri"]), 302)


FORM = """<!doctype html><title>provider</title>{fault}<form method=post><input name=user aria-label=user>
<input name=password type=password aria-label=password><button>enter</button><button name=deny value=1>deny</button></form>"""
app = Starlette(
    routes=[
        Route("/.well-known/openid-configuration", metadata),
        Route("/authorize", authorize, methods=["GET", "POST"]),
        Route("/token", token, methods=["POST"]),
        Route("/keys", keys),
        Route("/end", end),
        Route("/favicon.ico", lambda _: Response(status_code=204)),
    ]
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
