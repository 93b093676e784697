"""Every public object of Keras is on offer or left out with a reason, and the page of documentation says so."""

import pytest

from playground import catalog
from playground.catalog import document
from playground.catalog.left_out import LEFT_OUT
from playground.catalog.tables import coverage, facts

FUNCTIONS = {"layers": {"Input"}}
"""What people look for among Keras's classes that is none of them."""


def test_nothing_of_keras_is_unexplained():
    print(f"\nKeras {facts()['keras']}\n{'table':14}{'public':>8}{'on offer':>10}{'left out':>10}  unexplained")
    for each in coverage():
        rest = ", ".join(each.unexplained) or "-"
        print(f"{each.table:14}{each.public:8}{each.on_offer:10}{each.left_out:10}  {rest}")
    assert {each.table: each.unexplained for each in coverage()} == {each.table: () for each in coverage()}
    assert all(each.public == each.on_offer + each.left_out for each in coverage())
    assert {each.table for each in coverage()} == set(facts()["tables"])


@pytest.mark.parametrize("kind", sorted(LEFT_OUT))
def test_what_is_left_out_is_in_keras_and_not_on_offer(kind):
    known = set(facts()["tables"][kind]) | FUNCTIONS.get(kind, set())
    assert set(LEFT_OUT[kind]) - known == set()
    assert [name for name in LEFT_OUT[kind] if catalog.entry(kind, name) is not None] == []


def test_the_page_of_documentation_is_what_the_tables_say():
    assert document.PATH.read_text("utf-8") == document.document(), "run make catalog"


@pytest.mark.parametrize("each", coverage(), ids=lambda each: each.table)
def test_the_page_has_every_entry_and_every_reason(each):
    section = document.document().split(f"\n## {each.table.capitalize()}\n")[1].split("\n## ")[0]
    for entry in catalog.entries(each.table):
        assert f"| {entry.id} | {entry.group} | {entry.summary} |" in section
    for name, reason in LEFT_OUT[each.table].items():
        (line,) = [line for line in section.splitlines() if line.endswith(f": {reason}.")]
        assert name in line.removeprefix("- ").split(":")[0].split(", ")
