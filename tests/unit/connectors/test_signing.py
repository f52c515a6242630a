from sg_pipelines.connectors.connections import OAuth1Credentials
from sg_pipelines.connectors.netsuite.signing import authorization, encoded, signature

KEYS = OAuth1Credentials("ck", "cs", "tk", "ts")
SAID = {"oauth_consumer_key": "ck", "oauth_nonce": "nonce123", "oauth_timestamp": "1700000000"}


def test_characters_are_encoded_as_rfc_5849_wants_it():
    assert encoded("a b+c~d/é") == "a%20b%2Bc~d%2F%C3%A9"


def test_the_signature_covers_method_address_query_and_secrets():
    url = "https://1.suitetalk.api.netsuite.com/services/rest/query/v1/suiteql?limit=10"
    base = signature("POST", url, SAID, KEYS)
    assert base == signature("post", url, SAID, KEYS)
    others = [
        signature("GET", url, SAID, KEYS),
        signature("POST", url.replace("10", "11"), SAID, KEYS),
        signature("POST", url, {**SAID, "oauth_nonce": "other"}, KEYS),
        signature("POST", url, SAID, OAuth1Credentials("ck", "cs", "tk", "other")),
    ]
    assert base not in others


def test_the_header_names_the_realm_and_shows_no_secret():
    header = authorization("POST", "https://x.example/y", KEYS, "1234_SB1", nonce="n" * 8, timestamp=1)
    assert header.startswith('OAuth realm="1234_SB1", ')
    assert '"cs"' not in header
    assert '"ts"' not in header


def test_credentials_do_not_show_in_a_repr():
    assert "cs" not in repr(KEYS).replace("OAuth1Credentials", "")
