"""A client file says by which keys records are identified; what it leaves out ties nobody to anybody."""

import pytest

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.runtime.main_job import main_job
from sg_pipelines.runtime.session import open_session

ALL = "keys: [external_id, email, phone]"


def evidence(session):
    """Words of evidence of customers' links."""
    links = session.workspace.store.find("links", {"kind": "customer", "open": True})
    return {item["detail"] for link in links for item in link["evidence"]}


def tells(details, word):
    return any(word in detail for detail in details)


@pytest.mark.parametrize(
    ("keys", "speaks", "is_silent"),
    [
        ("[external_id, email, phone]", ["e-mail", "phone", "external id"], []),
        ("[external_id, email]", ["e-mail", "external id"], ["phone"]),
        ("[email]", ["e-mail"], ["phone", "external id"]),
        ("[]", [], ["e-mail", "phone", "external id"]),
    ],
)
def test_only_the_keys_that_are_named_tell_who_somebody_is(make_home, keys, speaks, is_silent):
    home = make_home(people=150, seed=3)
    rewrite(home, ALL, f"keys: {keys}")
    with open_session("demo") as session:
        main_job(session, full=False, progress=lambda text: None)
        told = evidence(session)
        assert [word for word in speaks if not tells(told, word)] == []
        assert [word for word in is_silent if tells(told, word)] == []
        assert tells(told, "names the other's id")


def test_without_a_word_on_keys_all_of_them_count(make_home):
    home = make_home(people=60, seed=3)
    rewrite(home, f"    {ALL}\n", "")
    with open_session("demo") as session:
        assert session.workspace.plans[CUSTOMER.name].keys == ("external_id", "email", "phone")


def rewrite(home, was, now):
    path = home.client_file("demo")
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")
