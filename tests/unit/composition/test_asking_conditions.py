"""A condition asked about many entities."""

from sg_pipelines.config.conditions import compile_condition
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.operations.asking_conditions import Answers

CUSTOMER = KINDS["customer"]


def answers(condition):
    return Answers(compile_condition(condition), CUSTOMER)


def test_nothing_and_the_word_none_are_two_questions():
    asked = answers("lifecycle == 'None'")
    assert asked.to({"lifecycle": None}, {}) is False
    assert asked.to({"lifecycle": "None"}, {}) is True


def test_the_platforms_word_comes_before_our_own_count():
    asked = answers("orders_count > 1")
    assert asked.to({"orders_count": 5}, {"orders_count": 0}) is True
    assert asked.to({"orders_count": 0}, {"orders_count": 5}) is False
    assert asked.to({"orders_count": None}, {"orders_count": 5}) is True
    assert asked.to({"orders_count": None}, {"orders_count": None}) is None


def test_amounts_written_as_texts_are_asked_about_as_numbers():
    assert answers("total_spent > 250.5").to({"total_spent": "1,250.75"}, {}) is True
    assert answers("total_spent > 250.5").to({"total_spent": "much"}, {"total_spent": 300.0}) is None
