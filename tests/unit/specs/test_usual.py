"""What newly chosen things start with."""

import pytest

from playground import catalog
from playground.specs.rules.kinds import accepts
from playground.specs.usual import usual_args

TABLES = ("layers", "schedules", "callbacks", "optimizers", "losses", "metrics", "steps", "splits", "regularizers")
EVERY = [(table, entry.id) for table in TABLES for entry in catalog.entries(table)]


@pytest.mark.parametrize(("table", "kind"), EVERY)
def test_it_has_all_it_needs_and_nothing_wrong(table, kind):
    entry = catalog.entry(table, kind)
    args = usual_args(table, kind)
    assert {param.name for param in entry.params if param.required} <= set(args)
    for name, value in args.items():
        param = entry.param(name)
        assert param is not None, name
        if not isinstance(value, dict):
            assert accepts(param, value), (name, value)


def test_what_does_not_exist_is_named():
    with pytest.raises(KeyError, match="layers has no Dens"):
        usual_args("layers", "Dens")
