"""Signed SuiteQL requests, the concurrency limit, and what NetSuite's answers mean."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence

import httpx
import jwt

from sg_pipelines.connectors.answers import Answer, documented
from sg_pipelines.connectors.connections import NetSuiteConnection, OAuth1Credentials, OAuth2Credentials
from sg_pipelines.connectors.netsuite.signing import authorization
from sg_pipelines.connectors.netsuite.wire import TOKEN
from sg_pipelines.connectors.pacing import ConcurrencyPacing
from sg_pipelines.connectors.transport import Call, Transport
from sg_pipelines.errors import (
    CredentialsRejected,
    PermissionMissing,
    PlatformRefused,
    RateLimited,
    SgError,
    Unavailable,
)
from sg_pipelines.ports.platforms import PullReport

REST = "/services/rest"
PAGE = 1_000
JWT_SECONDS, RENEW_BEFORE_SECONDS = 300, 120
CONCURRENCY_CODES = ("CONCURRENCY_LIMIT_EXCEEDED", "SSS_REQUEST_LIMIT_EXCEEDED")


class NetSuiteSession:
    """Calls of one account. Signatures and tokens follow wall time."""

    def __init__(self, connection: NetSuiteConnection, http: httpx.AsyncClient) -> None:
        self.account = connection.account
        self._connection, self._http = connection, http
        host = connection.account_id.lower().replace("_", "-")
        self._base = connection.base_url or f"https://{host}.suitetalk.api.netsuite.com"
        self._realm = connection.account_id.upper().replace("-", "_")
        self._token, self._token_until = "", 0.0
        pacing = ConcurrencyPacing(connection.concurrency)
        self._transport = Transport(account=connection.account, http=http, judge=self._judge, pacing=pacing)

    async def query(
        self, sql: str, parameters: Sequence[str], report: PullReport, *, limit: int = PAGE, counts: bool = True
    ) -> Answer:
        """One page of a SuiteQL query: items, count, hasMore, totalResults."""
        call = await self._prepared(
            Call(
                "POST",
                f"{self._base}{REST}/query/v1/suiteql?limit={limit}&offset=0",
                json={"q": sql, "params": list(parameters)},
                headers={"Prefer": "transient"},
                counts=counts,
            ),
            report,
        )
        return await self._transport.json(call, report, sign=self._sign)

    async def limits(self, report: PullReport) -> httpx.Response:
        """The account's concurrency limits."""
        call = Call("GET", f"{self._base}{REST}/system/v1/governanceLimits", counts=False)
        return await self._transport.send(await self._prepared(call, report), report, sign=self._sign)

    async def aclose(self) -> None:
        """Give back connections."""
        await self._http.aclose()

    # --- signing in ----------------------------------------------------------------------------------------

    async def _prepared(self, call: Call, report: PullReport) -> Call:
        """A bearer token is asked for before it is needed; signatures are made per attempt."""
        credentials = self._connection.credentials
        if isinstance(credentials, OAuth2Credentials) and time.time() > self._token_until - RENEW_BEFORE_SECONDS:
            await self._sign_in(credentials, report)
        return call

    def _sign(self, call: Call) -> dict[str, str]:
        credentials = self._connection.credentials
        if isinstance(credentials, OAuth1Credentials):
            nonce, now = secrets.token_hex(16), int(time.time())
            return {
                "Authorization": authorization(
                    call.method, call.url, credentials, self._realm, nonce=nonce, timestamp=now
                )
            }
        return {"Authorization": f"Bearer {self._token}"}

    async def _sign_in(self, credentials: OAuth2Credentials, report: PullReport) -> None:
        url, now = f"{self._base}{REST}/auth/oauth2/v1/token", int(time.time())
        claims = {
            "iss": credentials.client_id,
            "scope": ["rest_webservices"],
            "aud": url,
            "iat": now,
            "exp": now + JWT_SECONDS,
        }
        assertion = jwt.encode(
            claims,
            credentials.private_key,
            algorithm=_algorithm(credentials),
            headers={"kid": credentials.certificate_id},
        )
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        }
        answer = await self._transport.json(Call("POST", url, data=form, counts=False), report)
        given = documented(TOKEN, answer, f"{self._connection.account} sign-in")
        self._token, self._token_until = given["access_token"], now + float(given["expires_in"])

    # --- judging -------------------------------------------------------------------------------------------

    def _judge(self, response: httpx.Response) -> SgError | None:
        if response.is_success:
            return None
        where, status = f"{self._connection.account} {response.request.url.path}", response.status_code
        code, detail = _reason(response)
        if code in CONCURRENCY_CODES or status == 429:
            return RateLimited("too many simultaneous requests", where=where)
        if status == 401 or "/auth/" in str(response.request.url.path):
            remedy = "Check the integration's keys, the token's role, and this machine's clock"
            return CredentialsRejected("NetSuite does not let us in", where=where, remedy=remedy)
        if status == 403:
            remedy = "Give the role: REST Web Services, SuiteAnalytics Workbook, Lists > Customers (view)"
            return PermissionMissing("the role lacks a permission", where=where, remedy=remedy)
        if status >= 500:
            return Unavailable(f"NetSuite answered {status}", where=where, remedy="Its status page may say why")
        return PlatformRefused(f"NetSuite refused ({status} {code}): {detail}", where=where)


def _algorithm(credentials: OAuth2Credentials) -> str:
    return "PS256" if "RSA" in credentials.private_key.splitlines()[0] else "ES256"


def _reason(response: httpx.Response) -> tuple[str, str]:
    try:
        details = response.json()["o:errorDetails"]
        return str(details[0].get("o:errorCode", "")), str(details[0].get("detail", ""))[:300]
    except (ValueError, KeyError, IndexError, TypeError):
        return "", "no reason given"
