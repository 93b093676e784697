"""The checked-in facts about Keras: well-formed, and in the order in which they are written."""

import json
import re

import pytest

from playground.catalog import generate
from playground.catalog.tables import facts

TEXT = generate.PATH.read_text("utf-8")
FACTS = json.loads(TEXT)


def test_the_file_says_which_keras_it_describes():
    assert set(FACTS) == {"keras", "tables"}
    assert re.fullmatch(r"3\.\d+\.\d+", FACTS["keras"])


def test_tables_and_names_are_sorted():
    assert list(FACTS["tables"]) == sorted(FACTS["tables"])
    for table in FACTS["tables"].values():
        assert table
        assert list(table) == sorted(table)


@pytest.mark.parametrize("kind", sorted(FACTS["tables"]))
def test_every_object_is_described_in_the_same_form(kind):
    for name, described in FACTS["tables"][kind].items():
        assert set(described) == {"aliases", "first", "arguments"}, name
        assert described["first"] == described["first"].strip(), name
        assert described["aliases"] == sorted(set(described["aliases"])), name
        arguments = described["arguments"]
        assert len({argument["name"] for argument in arguments}) == len(arguments), name
        for argument in arguments:
            assert set(argument) in ({"name", "default", "help"}, {"name", "required", "help"}), (name, argument)
            assert argument.get("required", True) is True, (name, argument)
            assert argument["help"] == " ".join(argument["help"].split()), (name, argument)


@pytest.mark.parametrize("kind", sorted(FACTS["tables"]))
def test_no_name_stands_for_two_objects(kind):
    table = FACTS["tables"][kind]
    others = [other for described in table.values() for other in described["aliases"]]
    assert len(others) == len(set(others))
    assert not set(others) & set(table)


def test_there_is_one_argument_a_line_so_that_differences_read_well():
    listed = [
        argument for table in FACTS["tables"].values() for each in table.values() for argument in each["arguments"]
    ]
    lines = [line for line in TEXT.splitlines() if line.startswith('    {"name": ')]
    assert len(lines) == len(listed) > 1000
    assert [json.loads(line.rstrip(",")) for line in lines] == listed


def test_what_is_written_is_what_the_tables_read():
    assert facts() == FACTS
