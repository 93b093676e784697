"""New rows go the way of the run's own: what is prepared of a raw row is what training read of it."""

import numpy as np
import pandas as pd
import pytest

from playground import data
from playground.data.kept_rows import used
from playground.data.new_columns import new_columns, new_rows
from playground.data.new_rows import in_source_units, inputs_of
from playground.data.new_texts import symbols_row
from playground.data.plan import plan
from playground.data.table import CLASSES, Table
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.first_dataset import first_dataset

SEED = 3


def step(kind, **args):
    return {"kind": kind, "args": args}


def prepared_of(spec, settings):
    """The prepared data, its plan, and the raw rows of the validation part."""
    prepared = data.prepare(spec, SEED, settings)
    made = plan(spec, settings)
    loaded = made.source.load(made.options, SEED, settings, lambda share, words: None)
    raw = used(made, loaded.x[prepared.array("rows_validation")])
    return prepared, made, loaded, raw


def frame_of(raw, columns):
    """Raw rows as somebody would type them."""
    arrays = raw.arrays if isinstance(raw, Table) else raw.T
    cells = {}
    for wanted, array in zip(columns, arrays, strict=True):
        values = [*wanted.column.values, None]
        cells[wanted.column.name] = [values[at] for at in array] if wanted.column.type in CLASSES else array
    return pd.DataFrame(cells)


NUMBERS = [
    ("digits", [step("standardise")]),
    ("digits", [step("min_max"), step("add_channel")]),
    ("digits", [step("resize", height=16, width=16), step("scale", maximum=16)]),
    ("iris", [step("standardise")]),
    ("diabetes", [step("standardise_target")]),
    ("moons", [step("plane_features", x=True, y=True, product=True)]),
    ("seasonal", [step("standardise"), step("standardise_target")]),
    ("continuation", [step("min_max")]),
]


@pytest.mark.parametrize(("source", "steps"), NUMBERS, ids=lambda value: str(value)[:40])
def test_raw_arrays_become_what_training_read(source, steps, tmp_path):
    spec = DatasetSpec.model_validate({**first_dataset(source).model_dump(), "steps": steps})
    prepared, made, _, raw = prepared_of(spec, Settings(home=tmp_path))
    assert np.array_equal(inputs_of(made, prepared.facts, raw), prepared.array("x_validation"))


TABLES = [
    ("tips", [step("standardise"), step("one_hot")]),
    ("tips", [step("ordinal"), step("robust")]),
    ("gapminder", [step("one_hot", max_categories=5), step("min_max"), step("log_target")]),
    ("election", [step("group_rare", least=5), step("one_hot"), step("standardise")]),
]


@pytest.mark.parametrize(("source", "steps"), TABLES, ids=lambda value: str(value)[:40])
def test_typed_cells_become_what_training_read(source, steps, tmp_path):
    settings = Settings(home=tmp_path)
    spec = DatasetSpec.model_validate({**first_dataset(source).model_dump(), "steps": steps})
    prepared, made, _, raw = prepared_of(spec, settings)
    columns = new_columns(made, spec, settings)
    found = new_rows(made, columns, frame_of(raw, columns))
    assert found.is_good.all()
    assert np.array_equal(inputs_of(made, prepared.facts, found.x), prepared.array("x_validation"))


@pytest.mark.parametrize("kinds", [["standardise_target"], ["log_target"], ["log_target", "standardise_target"]])
def test_answers_go_back_to_the_units_of_the_source(kinds, tmp_path):
    steps = [step("one_hot"), *map(step, kinds)]
    spec = DatasetSpec.model_validate({**first_dataset("tips").model_dump(), "steps": steps})
    prepared, made, loaded, _ = prepared_of(spec, Settings(home=tmp_path))
    raw = loaded.y[prepared.array("rows_validation")]
    assert not np.allclose(prepared.array("y_validation"), raw)
    assert np.allclose(in_source_units(made, prepared.facts, prepared.array("y_validation")), raw, rtol=1e-4)


@pytest.fixture
def tips(tmp_path):
    """What new rows of the tips need: plan, columns, and two good rows."""
    settings = Settings(home=tmp_path)
    spec = first_dataset("tips")
    _, made, _, raw = prepared_of(spec, settings)
    columns = new_columns(made, spec, settings)
    return made, columns, frame_of(raw, columns).head(2)


def test_a_table_that_lacks_a_column_is_refused_by_its_name(tips):
    made, columns, frame = tips
    lacking = frame.columns[0]
    with pytest.raises(data.DataError, match=f"lacks the column '{lacking}'"):
        new_rows(made, columns, frame.drop(columns=lacking))


def test_columns_come_in_any_order_with_others_between(tips):
    made, columns, frame = tips
    other = frame[frame.columns[::-1]].assign(note="x")
    first, second = (new_rows(made, columns, each).x for each in (frame, other))
    assert all(np.array_equal(a, b) for a, b in zip(first.arrays, second.arrays, strict=True))


def test_rows_without_names_come_in_the_order_of_the_columns(tips):
    made, columns, frame = tips
    bare = frame.set_axis([f"column {n}" for n in range(len(columns))], axis="columns")
    assert new_rows(made, columns, bare, is_in_order=True).is_good.all()
    with pytest.raises(data.DataError, match=f"expected {len(columns)} cells a row"):
        new_rows(made, columns, bare.iloc[:, 1:], is_in_order=True)


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        ("category", "Marsday", "received 'Marsday'"),
        ("number", "many", "expected a number, received 'many'"),
        ("number", None, "received nothing"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_and_the_other_rows_stay(tips, kind, cell, said):
    made, columns, frame = tips
    name = next(each.column.name for each in columns if each.column.type == kind)
    frame = frame.astype(object)
    frame.loc[frame.index[0], name] = cell
    found = new_rows(made, columns, frame)
    assert found.is_good.tolist() == [False, True]
    assert found.faults[0].startswith(f"{name}: expected")
    assert said in found.faults[0]
    assert len(found.x) == 1


def test_signs_become_the_numbers_of_their_places(tmp_path):
    spec = first_dataset("addition")
    made = plan(spec, Settings(home=tmp_path))
    _, _, loaded, _ = prepared_of(spec, Settings(home=tmp_path))
    row = np.asarray(loaded.x[0])
    text = "".join(made.source.symbols[at] for at in row)
    assert symbols_row(made, text.rstrip()).tolist() == [row.tolist()]
    with pytest.raises(data.DataError, match="received 'x'"):
        symbols_row(made, "1x2")
    with pytest.raises(data.DataError, match="Expected 5 signs, received 9"):
        symbols_row(made, "123456+78")
