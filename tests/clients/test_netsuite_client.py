"""The public `netsuite` client, unchanged but for the host, against the sandbox."""

import asyncio
import uuid

import pytest

netsuite = pytest.importorskip("netsuite", reason="the public netsuite client is not installed here")
exceptions = pytest.importorskip("netsuite.exceptions")

# what the client itself does that its own libraries have given up
pytestmark = [
    pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:use sign_hmac_sha256_with_client:DeprecationWarning"),
]

ACCOUNT = "netsuite"
CUSTOMER, ITEM, ORDER = "/record/v1/customer", "/record/v1/inventoryItem", "/record/v1/salesOrder"
KEYS = ("consumer_key", "consumer_secret", "token_id", "token_secret")


class SandboxApi(netsuite.NetSuiteRestApi):
    """The client with the sandbox's address."""

    def __init__(self, base_url, config, **more):
        super().__init__(config, concurrent_requests=4, **more)
        self.base_url = base_url

    def _make_url(self, subpath):
        return f"{self.base_url}/{ACCOUNT}/services/rest{subpath}"


@pytest.fixture(autouse=True)
def plain_http(monkeypatch):
    """The client's signing library insists on TLS unless told that loopback needs none."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture
def connect(sandbox):
    """A function that makes a client, with other credentials where a test says so."""
    given = sandbox.credentials(ACCOUNT)

    def make(*, account=None, signature_method="HMAC-SHA256", **other):
        auth = netsuite.TokenAuth(**{key: other.get(key, given[key]) for key in KEYS})
        config = netsuite.Config(account=account or given["account_id"], auth=auth)
        return SandboxApi(sandbox.url, config, signature_method=signature_method)

    return make


@pytest.fixture
def api(connect):
    return connect()


@pytest.fixture
def mark():
    """A text no other test uses: the sandbox may be shared."""
    return uuid.uuid4().hex[:12]


def run(work):
    return asyncio.run(work)


def made(api, path, body):
    """The id of a record made by POST; the client itself gives no answer's headers but through `request`."""
    answer = run(api.request("POST", path, json=body))
    assert answer.status_code == 204, answer.text
    return answer.headers["Location"].rpartition("/")[2]


def test_a_query_is_paged_through_to_its_end(api, mark):
    async def fill():
        bodies = [{"firstName": "Ada", "lastName": f"L{n}", "email": f"{n}.{mark}@example.com"} for n in range(25)]
        await asyncio.gather(*(api.post(CUSTOMER, json=body) for body in bodies))

    async def pages():
        seen, offset, has_more = [], 0, True
        sql = f"SELECT id, email FROM customer WHERE email LIKE '%.{mark}@example.com' ORDER BY id"
        while has_more:
            page = await api.suiteql(sql, limit=10, offset=offset)
            seen += page["items"]
            offset, has_more = offset + 10, page["hasMore"]
            assert page["totalResults"] == 25
        return seen

    run(fill())
    seen = run(pages())
    assert {row["email"] for row in seen} == {f"{n}.{mark}@example.com" for n in range(25)}
    assert [int(row["id"]) for row in seen] == sorted(int(row["id"]) for row in seen)


def test_a_query_takes_bound_parameters_and_ten_rows_unless_told_otherwise(api, mark):
    for number in range(11):
        run(api.put(f"{CUSTOMER}/eid:{mark}-{number}", json={"firstName": "Ada", "lastName": mark}))
    body = {"params": [mark, "T"]}
    page = run(api.suiteql("SELECT externalid FROM customer WHERE lastname = ? AND isperson = ?", json=body))
    assert (page["count"], page["totalResults"], page["hasMore"]) == (10, 11, True)


def test_a_record_is_made_read_changed_and_deleted(api, mark):
    number = made(api, CUSTOMER, {"isPerson": False, "companyName": f"Mill {mark}", "externalId": mark})
    read = run(api.get(f"{CUSTOMER}/{number}", params={"expandSubResources": "true"}))
    assert (read["companyName"], read["externalId"], read["addressBook"]["items"]) == (f"Mill {mark}", mark, [])
    address = {"defaultBilling": True, "addressBookAddress": {"city": "Reno", "country": {"id": "US"}}}
    assert (
        run(api.patch(f"{CUSTOMER}/{number}", json={"addressBook": {"items": [address]}, "url": "a.example"})) is None
    )
    read = run(api.get(f"{CUSTOMER}/eid:{mark}", params={"fields": "url,defaultAddress"}))
    assert (read["url"], read["defaultAddress"]) == ("a.example", "Reno, US")
    found = run(api.get(CUSTOMER, params={"q": f'companyName IS "Mill {mark}"'}))
    assert [item["id"] for item in found["items"]] == [number]
    assert run(api.delete(f"{CUSTOMER}/{number}")) is None
    with pytest.raises(exceptions.NetsuiteAPIRequestError) as gone:
        run(api.get(f"{CUSTOMER}/{number}"))
    assert gone.value.status_code == 404
    rows = run(api.suiteql(f"SELECT type FROM deletedrecord WHERE type = 'customer' AND recordid = {number}"))
    assert rows["items"] == [{"links": [], "type": "customer"}]


def test_an_order_is_made_of_items_and_its_lines_are_queried(api, mark):
    company = made(api, CUSTOMER, {"isPerson": False, "companyName": f"Mill {mark}"})
    base = {"currencyPage": {"id": "1"}, "priceLevel": {"id": "1"}, "quantity": {"value": 0}, "price": 10.25}
    lamp = made(api, ITEM, {"itemId": f"LAMP-{mark}", "price": {"items": [base]}})
    lines = {"items": [{"item": {"id": lamp}, "quantity": 2}]}
    order = {"entity": {"id": company}, "otherRefNum": mark, "shippingCost": 4, "discountRate": -1, "item": lines}
    number = made(api, ORDER, order)
    read = run(api.get(f"{ORDER}/{number}"))
    assert (read["subtotal"], read["discountTotal"], read["total"]) == (20.5, -1.0, 23.5)
    sql = (
        "SELECT i.itemid, l.quantity, l.foreignamount FROM transactionline l INNER JOIN transaction t "
        "ON t.id = l.transaction INNER JOIN item i ON i.id = l.item "
        f"WHERE t.otherrefnum = '{mark}' AND l.itemtype = 'InvtPart'"
    )
    (line,) = run(api.suiteql(sql))["items"]
    assert line == {"links": [], "itemid": f"LAMP-{mark}", "quantity": "-2", "foreignamount": "-20.5"}


def test_the_catalog_is_read(api):
    schema = run(api.jsonschema("salesOrder"))
    assert schema["properties"]["tranDate"]["format"] == "date"
    document = run(api.openapi(["customer", "inventoryItem"]))
    assert set(document["components"]["schemas"]) == {"customer", "inventoryItem"}


def test_the_client_has_unknown_names_refused(api):
    with pytest.raises(exceptions.NetsuiteAPIRequestError, match="shoeSize") as refused:
        run(api.post(CUSTOMER, json={"firstName": "Ada", "lastName": "L", "shoeSize": 5}))
    assert refused.value.status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"consumer_secret": "another"},
        {"token_secret": "another"},
        {"token_id": "another"},
        {"account": "ANOTHER_SB1"},
        {"signature_method": "HMAC-SHA1"},
    ],
)
def test_a_wrong_signature_is_refused(connect, wrong):
    with pytest.raises(exceptions.NetsuiteAPIRequestError, match="INVALID_LOGIN") as refused:
        run(connect(**wrong).suiteql("SELECT id FROM customer"))
    assert refused.value.status_code == 401
