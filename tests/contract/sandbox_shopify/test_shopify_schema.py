"""The simulated schema is a true part of the official one, and every field of it can be read."""

from graphql import is_enum_type, is_input_object_type, is_required_input_field, is_union_type

from sg_pipelines.sandbox.shopify.mutations import MUTATIONS
from sg_pipelines.sandbox.shopify.queries import QUERIES
from sg_pipelines.sandbox.shopify.resolvers import FIELDS
from sg_pipelines.sandbox.shopify.schema import SCHEMA

OURS = {name: shape for name, shape in SCHEMA.type_map.items() if not name.startswith("__")}


def told(argument):
    """Type and default."""
    return str(argument.type), argument.default_value


def test_every_type_is_of_the_same_sort(official):
    for name, shape in OURS.items():
        assert type(official.type_map[name]) is type(shape), name


def test_fields_have_the_same_types_and_nullability(official):
    for name, shape in OURS.items():
        theirs = official.type_map[name]
        for field, own in getattr(shape, "fields", {}).items():
            assert str(theirs.fields[field].type) == str(own.type), f"{name}.{field}"


def test_arguments_have_the_same_types_and_defaults_and_none_that_must_be_given_is_missing(official):
    for name, shape in OURS.items():
        if is_input_object_type(shape):
            continue
        for field, own in getattr(shape, "fields", {}).items():
            theirs = official.type_map[name].fields[field].args
            for argument, given in own.args.items():
                assert told(given) == told(theirs[argument]), f"{name}.{field}({argument})"
            needed = {one for one, given in theirs.items() if is_required_input_field(given)}
            assert needed <= set(own.args), f"{name}.{field}"


def test_inputs_have_the_same_fields_and_none_that_must_be_given_is_missing(official):
    for name, shape in OURS.items():
        if is_input_object_type(shape):
            theirs = official.type_map[name]
            assert {field: told(own) for field, own in shape.fields.items()} == {
                field: told(theirs.fields[field]) for field in shape.fields
            }
            needed = {field for field, given in theirs.fields.items() if is_required_input_field(given)}
            assert needed <= set(shape.fields), name
            assert shape.is_one_of == theirs.is_one_of, name


def test_enums_and_unions_are_parts_and_interfaces_are_true(official):
    for name, shape in OURS.items():
        theirs = official.type_map[name]
        if is_enum_type(shape):
            assert set(shape.values) <= set(theirs.values), name
        elif is_union_type(shape):
            assert {one.name for one in shape.types} <= {one.name for one in theirs.types}, name
        else:
            own = {one.name for one in getattr(shape, "interfaces", ())}
            assert own <= {one.name for one in getattr(theirs, "interfaces", ())}, name


def test_directives_are_the_official_ones(official):
    own, theirs = SCHEMA.get_directive("idempotent"), official.get_directive("idempotent")
    assert {name: told(one) for name, one in own.args.items()} == {name: told(one) for name, one in theirs.args.items()}
    assert own.locations == theirs.locations


def test_every_field_of_a_record_can_be_read():
    assert {name: set(OURS[name].fields) for name in FIELDS} == {name: set(fields) for name, fields in FIELDS.items()}


def test_every_root_has_an_answer():
    assert set(OURS["QueryRoot"].fields) == set(QUERIES)
    assert set(OURS["Mutation"].fields) == set(MUTATIONS)
