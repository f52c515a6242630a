"""hubspot-api-client, as published, against the sandbox: nothing is changed but the host."""

import itertools

import hubspot
import pytest
from hubspot.crm import associations, companies, contacts, deals, line_items, objects, products
from hubspot.crm.association_type import AssociationType
from urllib3.util.retry import Retry

NUMBERS = itertools.count(1)


@pytest.fixture
def client(sandbox):
    sandbox.settings("hubspot", search_rate_limit=1000, rate_limit=10_000)
    token = sandbox.credentials("hubspot")["token"]
    return hubspot.Client.create(access_token=token, host=sandbox.base_url("hubspot"))


@pytest.fixture
def name():
    """A word no other test uses."""
    return f"thing{next(NUMBERS)}"


def requests_of(sandbox):
    return sandbox.tell("POST", "requests/clear")["hubspot"]["by_status"]


def new_contact(client, email, **more):
    properties = {"email": email, **more}
    return client.crm.contacts.basic_api.create(contacts.SimplePublicObjectInputForCreate(properties=properties))


def new_company(client, **properties):
    return client.crm.companies.basic_api.create(companies.SimplePublicObjectInputForCreate(properties=properties))


def test_pages_are_listed_until_there_is_no_cursor(sandbox, client, name):
    made = sandbox.make("hubspot", "company", *({"name": f"{name} {n}"} for n in range(25)))
    seen, after = [], None
    while True:
        page = client.crm.companies.basic_api.get_page(limit=10, after=after, properties=["name", "no_such_property"])
        seen += page.results
        if page.paging is None:
            break
        after = page.paging.next.after
    mine = [one for one in seen if (one.properties["name"] or "").startswith(f"{name} ")]
    assert [one.id for one in mine] == made
    assert "no_such_property" not in mine[0].properties
    assert mine[0].created_at <= mine[0].updated_at


def test_all_records_of_a_type_are_fetched_at_once(sandbox, client, name):
    made = sandbox.make("hubspot", "product", *({"sku": name} for _ in range(230)))
    sandbox.tell("POST", "requests/clear")
    everything = client.crm.products.get_all(properties=["hs_sku"])
    assert [one.id for one in everything if one.properties["hs_sku"] == name] == made
    assert requests_of(sandbox) == {"200": 3}


def test_archived_records_are_listed_apart(client, name):
    made = new_company(client, name=name)
    client.crm.companies.basic_api.archive(made.id)
    assert made.id in [one.id for one in client.crm.companies.get_all(archived=True)]
    assert made.id not in [one.id for one in client.crm.companies.get_all()]


def test_a_search_is_paged_by_its_cursor(sandbox, client, name):
    made = sandbox.make("hubspot", "company", *({"name": name} for _ in range(205)))
    filters = [companies.Filter(property_name="name", operator="EQ", value=name)]
    found, after = [], None
    while True:
        asked = companies.PublicObjectSearchRequest(
            filter_groups=[companies.FilterGroup(filters=filters)],
            sorts=["hs_object_id"],
            properties=["name"],
            limit=200,
            after=after,
        )
        page = client.crm.companies.search_api.do_search(public_object_search_request=asked)
        found += [one.id for one in page.results]
        if page.paging is None:
            break
        after = page.paging.next.after
    assert (found, page.total) == (made, 205)


def test_a_batch_is_read_and_what_is_not_there_is_named(sandbox, client, name):
    made = sandbox.make("hubspot", "customer", {"email": f"{name}@example.com"}, {"last_name": name})
    inputs = [contacts.SimplePublicObjectId(id=one) for one in (*made, "7")]
    asked = contacts.BatchReadInputSimplePublicObjectId(inputs=inputs, properties=["email"], properties_with_history=[])
    answer = client.crm.contacts.batch_api.read(batch_read_input_simple_public_object_id=asked)
    assert isinstance(answer, contacts.BatchResponseSimplePublicObjectWithErrors)
    assert [one.id for one in answer.results] == made
    assert answer.errors[0].context == {"ids": ["7"]}


def test_a_record_is_created_changed_read_by_its_unique_property_and_archived(client, name):
    made = client.crm.deals.basic_api.create(
        deals.SimplePublicObjectInputForCreate(properties={"dealname": name, "amount": "12.50", "external_id": name})
    )
    changed = client.crm.deals.basic_api.update(made.id, deals.SimplePublicObjectInput(properties={"amount": "13"}))
    assert (changed.id, changed.properties["amount"]) == (made.id, "13")
    read = client.crm.deals.basic_api.get_by_id(name, id_property="external_id", properties=["amount", "dealname"])
    assert (read.id, read.properties["dealname"], read.archived) == (made.id, name, False)
    client.crm.deals.basic_api.archive(made.id)
    with pytest.raises(deals.exceptions.NotFoundException):
        client.crm.deals.basic_api.get_by_id(made.id)
    assert client.crm.deals.basic_api.get_by_id(made.id, archived=True).archived is True


def test_batches_are_created_changed_upserted_and_archived(client, name):
    batch = client.crm.products.batch_api
    created = batch.create(
        products.BatchInputSimplePublicObjectBatchInputForCreate(
            inputs=[products.SimplePublicObjectBatchInputForCreate(properties={"external_id": f"{name}-1"})]
        )
    )
    (first,) = created.results
    change = products.SimplePublicObjectBatchInput(id=first.id, properties={"price": "5"})
    batch.update(products.BatchInputSimplePublicObjectBatchInput(inputs=[change]))
    wanted = [
        products.SimplePublicObjectBatchInputUpsert(
            id=f"{name}-{n}", id_property="external_id", properties={"hs_sku": name}
        )
        for n in (1, 2)
    ]
    upserted = batch.upsert(products.BatchInputSimplePublicObjectBatchInputUpsert(inputs=wanted)).results
    assert [one.new for one in upserted] == [False, True]
    assert upserted[0].id == first.id
    ids = [products.SimplePublicObjectId(id=one.id) for one in upserted]
    batch.archive(products.BatchInputSimplePublicObjectId(inputs=ids))
    assert client.crm.products.basic_api.get_by_id(first.id, archived=True).archived is True


def test_one_bad_input_of_a_traced_batch_is_told_beside_the_good_ones(client):
    inputs = [
        line_items.SimplePublicObjectBatchInputForCreate(properties={"quantity": text}, object_write_trace_id=text)
        for text in ("1", "many")
    ]
    answer = client.crm.line_items.batch_api.create(
        line_items.BatchInputSimplePublicObjectBatchInputForCreate(inputs=inputs)
    )
    assert [one.object_write_trace_id for one in answer.results] == ["1"]
    assert (answer.num_errors, answer.errors[0].context) == (1, {"objectWriteTraceId": ["many"]})


def test_order_records_are_reached_by_the_general_calls(client, name):
    made = client.crm.objects.basic_api.create(
        "orders", objects.SimplePublicObjectInputForCreate(properties={"hs_order_name": name})
    )
    names = [one.properties["hs_order_name"] for one in client.crm.objects.get_all("0-123")]
    assert name in names
    assert client.crm.objects.basic_api.get_by_id("order", made.id).id == made.id


def test_records_are_associated_listed_and_parted(client, name):
    person, firm = new_contact(client, f"{name}@example.com"), new_company(client, name=name)
    v4 = client.crm.associations.v4.basic_api
    spec = associations.v4.AssociationSpec(
        association_category="HUBSPOT_DEFINED", association_type_id=AssociationType.PRIMARY_CONTACT_TO_COMPANY
    )
    labels = v4.create("contacts", person.id, "companies", firm.id, [spec])
    assert (labels.from_object_type_id, labels.to_object_id, labels.labels) == ("0-1", firm.id, ["Primary"])
    (listed,) = v4.get_page("contacts", person.id, "companies", limit=500).results
    assert listed.to_object_id == firm.id
    assert [one.type_id for one in listed.association_types] == [1, 279]
    stated = client.crm.contacts.basic_api.get_by_id(
        person.id, properties=["associatedcompanyid"], associations=["companies"]
    )
    assert stated.properties["associatedcompanyid"] == firm.id
    assert {one.id for one in stated.associations["companies"].results} == {firm.id}
    v4.archive("contacts", person.id, "companies", firm.id)
    assert v4.get_page("contacts", person.id, "companies").results == []


def test_associations_are_made_read_and_parted_in_batches(sandbox, client, name):
    v4, batch = associations.v4, client.crm.associations.v4.batch_api
    ((firm,), (one, other, alone)) = (
        sandbox.make("hubspot", "company", {"name": name}),
        sandbox.make("hubspot", "customer", {}, {}, {}),
    )
    company = v4.PublicObjectId(id=firm)
    spec = v4.AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=1)
    typed = v4.PublicAssociationMultiPost(types=[spec], _from=v4.PublicObjectId(id=one), to=company)
    made = batch.create("contacts", "companies", v4.BatchInputPublicAssociationMultiPost(inputs=[typed]))
    assert [told.labels for told in made.results] == [["Primary"]]
    plain = v4.PublicDefaultAssociationMultiPost(_from=v4.PublicObjectId(id=other), to=company)
    both = batch.create_default("contacts", "companies", v4.BatchInputPublicDefaultAssociationMultiPost(inputs=[plain]))
    assert [told.association_spec.association_type_id for told in both.results] == [279, 280]
    inputs = [v4.PublicFetchAssociationsBatchRequest(id=person) for person in (one, other, alone)]
    read = batch.get_page("contacts", "companies", v4.BatchInputPublicFetchAssociationsBatchRequest(inputs=inputs))
    assert {told._from.id: [to.to_object_id for to in told.to] for told in read.results} == {one: [firm], other: [firm]}
    assert [error.context["fromObjectId"] for error in read.errors] == [[alone]]
    parted = v4.PublicAssociationMultiArchive(_from=v4.PublicObjectId(id=one), to=[company])
    batch.archive("contacts", "companies", v4.BatchInputPublicAssociationMultiArchive(inputs=[parted]))
    assert client.crm.associations.v4.basic_api.get_page("contacts", one, "companies").results == []


def test_a_merge_answers_with_a_new_record(client, name):
    winner, loser = new_contact(client, f"{name}@example.com"), new_contact(client, f"{name}@example.org", phone="1")
    asked = contacts.PublicMergeInput(primary_object_id=winner.id, object_id_to_merge=loser.id)
    survivor = client.crm.contacts.basic_api.merge(asked)
    assert survivor.id not in (winner.id, loser.id)
    read = client.crm.contacts.basic_api.get_by_id(survivor.id, properties=["email", "phone", "hs_merged_object_ids"])
    assert (
        read.properties.items()
        >= {
            "email": f"{name}@example.com",
            "phone": "1",
            "hs_merged_object_ids": f"{winner.id};{loser.id}",
        }.items()
    )
    with pytest.raises(contacts.exceptions.NotFoundException):
        client.crm.contacts.basic_api.get_by_id(loser.id)


def test_a_contact_is_erased_on_request(client, name):
    made = new_contact(client, f"{name}@example.com")
    client.crm.contacts.basic_api.purge(contacts.PublicGdprDeleteInput(object_id=made.id))
    with pytest.raises(contacts.exceptions.NotFoundException):
        client.crm.contacts.basic_api.get_by_id(made.id, archived=True)


def test_properties_are_listed(client):
    listed = client.crm.properties.core_api.get_all("deals").results
    stages = next(one for one in listed if one.name == "dealstage")
    assert stages.type == "enumeration"
    assert "closedwon" in [option.value for option in stages.options]


def test_too_many_requests_are_tried_again_when_the_client_is_told_to(sandbox, client):
    retry = Retry(total=3, status_forcelist=(429, 502), allowed_methods=None, backoff_factor=0)
    patient = hubspot.Client.create(**{**client.config, "retry": retry})
    sandbox.tell("POST", "requests/clear")
    sandbox.fault("hubspot", "throttle", count=2)
    sandbox.fault("hubspot", "server_error")
    assert patient.crm.deals.basic_api.get_page(limit=1) is not None
    assert requests_of(sandbox) == {"200": 1, "429": 2, "502": 1}


def test_the_real_limit_is_told_with_its_policy(sandbox, client):
    sandbox.settings("hubspot", search_rate_limit=0)
    asked = deals.PublicObjectSearchRequest(limit=1)
    with pytest.raises(deals.ApiException) as refused:
        client.crm.deals.search_api.do_search(public_object_search_request=asked)
    assert refused.value.status == 429
    assert "You have reached your secondly limit." in refused.value.body


def test_a_wrong_token_is_an_unauthorized_exception(client):
    stranger = hubspot.Client.create(**{**client.config, "access_token": "x"})
    with pytest.raises(contacts.exceptions.UnauthorizedException) as refused:
        stranger.crm.contacts.basic_api.get_page()
    assert refused.value.status == 401


def test_a_refused_value_is_an_api_exception_that_names_the_property(client):
    with pytest.raises(deals.ApiException) as refused:
        client.crm.deals.basic_api.create(deals.SimplePublicObjectInputForCreate(properties={"shoe_size": "5"}))
    assert refused.value.status == 400
    assert "PROPERTY_DOESNT_EXIST" in refused.value.body


def test_a_second_contact_with_an_email_is_a_conflict(client, name):
    made = new_contact(client, f"{name}@example.com")
    with pytest.raises(contacts.ApiException) as refused:
        new_contact(client, f"{name}@example.com")
    assert refused.value.status == 409
    assert f"Existing ID: {made.id}" in refused.value.body


def test_any_path_can_be_asked_for(sandbox, client):
    asked = {"base_url": sandbox.base_url("hubspot"), "path": "/account-info/v3/details"}
    answer = client.api_request(asked)
    assert str(answer.json()["portalId"]) == sandbox.credentials("hubspot")["portal_id"]
    answer.close()
