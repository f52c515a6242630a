"""Who a simulated NetSuite account lets in."""

import base64
import hashlib
import hmac
import time
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from starlette.applications import Starlette
from starlette.routing import Mount

HOST = "http://sb1.example"
LIST = "/services/rest/record/v1/customer"
URL = f"{HOST}{LIST}"


def enc(text):
    return quote(str(text), safe="")


def oauth(account, url=URL, *, digest=hashlib.sha256, method="GET", without=(), **other):
    """An OAuth 1.0a header worked out from RFC 5849 by itself."""
    given = account.simulator.credentials()
    said = {
        "oauth_consumer_key": given["consumer_key"],
        "oauth_token": given["token_id"],
        "oauth_nonce": f"nonce{time.perf_counter_ns()}",
        "oauth_timestamp": str(int(time.time())),
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_version": "1.0",
    } | {name: value for name, value in other.items() if name.startswith("oauth_")}
    parts = urlsplit(url)
    asked = [pair.split("=", 1) for pair in parts.query.split("&") if pair]
    pairs = sorted([(enc(k), enc(v)) for k, v in said.items()] + [(k, v) for k, v in asked])
    address = f"{parts.scheme}://{parts.netloc}{parts.path}"
    base = "&".join((method, enc(address), enc("&".join(f"{k}={v}" for k, v in pairs))))
    key = f"{enc(other.get('consumer_secret', given['consumer_secret']))}&{enc(given['token_secret'])}"
    said["oauth_signature"] = base64.b64encode(hmac.new(key.encode(), base.encode(), digest).digest()).decode()
    said = {"realm": other.get("realm", given["account_id"])} | said
    pairs = (f'{k}="{enc(v)}"' for k, v in said.items() if k not in without)
    return {"Authorization": f"OAuth {', '.join(pairs)}"}


def status(account, headers, url=URL):
    return account.send("GET", url, headers=headers).status_code


def test_a_right_signature_is_let_in(account):
    assert status(account, oauth(account)) == 200


def test_the_query_is_signed_too(account):
    url = f"{URL}?limit=10&offset=20"
    assert status(account, oauth(account, url), url) == 200
    assert status(account, oauth(account), url) == 401


def test_a_signature_holds_behind_a_path_prefix(account):
    mounted = Starlette(routes=[Mount("/erp", app=account.simulator.app)])
    url = f"{HOST}/erp{LIST}?limit=5"
    assert account.send("GET", url, app=mounted, headers=oauth(account, url)).status_code == 200
    assert account.send("GET", url, app=mounted, headers=oauth(account, f"{URL}?limit=5")).status_code == 401


class Later(NamedTuple):
    """So many seconds from when the test runs, which may be long after its parameters were read."""

    seconds: int
    shape: type


def at_once(said):
    """The same with every time worked out now."""
    now = int(time.time())
    return {name: one.shape(now + one.seconds) if isinstance(one, Later) else one for name, one in said.items()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"consumer_secret": "another"},
        {"realm": "ANOTHER"},
        {"oauth_token": "another"},
        {"oauth_consumer_key": "another"},
        {"oauth_nonce": "short"},
        {"oauth_timestamp": Later(-400, str)},
        {"oauth_timestamp": Later(400, str)},
        {"oauth_timestamp": "²"},
        {"method": "POST"},
        {"without": ("oauth_signature",)},
        {"digest": hashlib.sha1, "oauth_signature_method": "HMAC-SHA1"},
    ],
)
def test_a_signature_with_one_thing_wrong_is_refused(account, wrong):
    assert status(account, oauth(account, **at_once(wrong))) == 401


def test_a_nonce_is_used_once(account):
    header = oauth(account)
    assert [status(account, header), status(account, header)] == [200, 401]


def test_a_refusal_has_the_documented_body_and_says_no_more(account):
    answer = account.send("GET", URL)
    assert answer.status_code == 401
    body = answer.json()
    assert body["title"] == "Unauthorized"
    assert body["status"] == 401
    assert [one["o:errorCode"] for one in body["o:errorDetails"]] == ["INVALID_LOGIN"]


def test_a_signed_jwt_buys_a_bearer_token(account):
    answer = account.ask_token(account.assertion())
    assert answer.status_code == 200
    assert answer.json()["expires_in"] == "3600"
    assert answer.json()["token_type"] == "bearer"
    assert status(account, {"Authorization": f"Bearer {answer.json()['access_token']}"}) == 200


def test_an_rsa_certificate_signs_with_ps256_and_never_with_rs256(open_account):
    account = open_account(key_type="rsa")
    assert account.ask_token(account.assertion(algorithm="PS256")).status_code == 200
    assert account.ask_token(account.assertion(algorithm="RS256")).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"kid": "another"},
        {"iss": "another"},
        {"aud": "http://another.example/token"},
        {"exp": Later(-10, int)},
        {"exp": Later(3700, int)},
        {"exp": Later(300, str)},
        {"scope": ["restlets"]},
        {"key": ec.generate_private_key(ec.SECP256R1())},
        {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048), "algorithm": "RS256"},
        {"key": "a shared secret of some length, as HS256 wants it", "algorithm": "HS256"},
    ],
)
def test_a_jwt_with_one_thing_wrong_is_refused(account, wrong):
    assert account.ask_token(account.assertion(**at_once(wrong))).status_code == 400


def test_a_jwt_that_says_no_end_is_refused(account):
    given = account.simulator.credentials()
    claims = {name: value for name, value in account.claims().items() if name != "exp"}
    headers = {"kid": given["certificate_id"]}
    assert account.ask_token(jwt.encode(claims, given["private_key"], "ES256", headers)).status_code == 400
    assert account.ask_token("not a token").status_code == 400


def test_a_bearer_token_expires(open_account):
    account = open_account(token_seconds=0)
    assert status(account, account.bearer()) == 401
    assert status(account, {"Authorization": "Bearer made-up"}) == 401


def test_keys_and_tokens_survive_a_restart(open_account):
    before = open_account()
    header = before.bearer()
    after = open_account()
    assert after.simulator.credentials() == before.simulator.credentials()
    assert status(after, header) == 200


def test_the_credentials_have_the_names_of_the_client_file(account):
    one = "account_id consumer_key consumer_secret token_id token_secret client_id certificate_id private_key"
    assert set(account.simulator.credentials()) == set(one.split())
