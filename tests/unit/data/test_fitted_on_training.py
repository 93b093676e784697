"""No row outside the training part influences what a step has fitted: every step of the catalogue, with all choices."""

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground import catalog
from playground.catalog import Entry
from playground.catalog.own import OWN
from playground.data import SOURCES, DataError, Loaded, Prepared, outline, prepare
from playground.data.steps import STEPS
from playground.data.transforms.table_steps import TABLE_STEPS
from playground.data.uploads.upload import take_in
from playground.settings import Settings
from playground.specs import DatasetSpec, SplitSpec, StepSpec
from playground.specs.args import Args
from playground.specs.usual import usual_args

ENTRIES: dict[str, Entry] = {entry.id: entry for entry in (*catalog.entries("steps"), *OWN["steps"])}
NEEDED = ("date_parts", "fill", "one_hot", "tfidf")
"""Steps that make numbers of any table; one under test comes between them, or in the place of one."""
COLUMNS = (("size", "weight", "colour", "note", "when", "open"), ("size", "weight"), ("note",))
N, N_TRAIN = 60, 40


def table(*, is_strange: bool) -> str:
    """A table with gaps, a rare category, words, dates and equal rows; the rows that do not train may be strange."""
    lines = ["part,size,weight,colour,note,when,open,y"]
    for row in range(N):
        part = "train" if row < N_TRAIN else ("val", "test")[row % 2]
        if is_strange and row >= N_TRAIN:
            colour = ("red", "rare")[row % 2]
            lines.append(f"{part},{row * 1e6},-{row}e5,{colour},strange {colour} words,2999-12-31,True,{row}e4")
            continue
        at = 5 if row == 6 else row
        size, weight = "" if at % 7 == 3 else at * 1.25, "" if at % 11 == 4 else 90 - at
        colour = "rare" if at == 9 else ("red", "green", "blue", "")[at % 4]
        note = f"a note on row{at % 6} of some length and number {at}"
        lines.append(f"{part},{size},{weight},{colour},{note},2021-{at % 12 + 1:02}-11,{at % 2 == 0},{at % 9}.5")
    return "\n".join(lines)


def choices(entry: Entry) -> Iterator[dict[str, Any]]:
    """The usual arguments of a step, and these with every other choice of one of them."""
    usual = usual_args("steps", entry.id)
    yield usual
    for param in entry.params:
        values = param.choices if param.kind == "choice" else (True, False) if param.kind == "flag" else ()
        yield from ({**usual, param.name: value} for value in values if value != usual.get(param.name, param.default))


def pipelines(step: StepSpec) -> Iterator[tuple[StepSpec, ...]]:
    """Steps with ``step`` at every place among those that are needed, with all of these and with fewer."""
    for n in range(len(NEEDED), -1, -1):
        for kinds in itertools.combinations(NEEDED, n):
            others = [StepSpec(kind=kind, args=Args(usual_args("steps", kind))) for kind in kinds if kind != step.kind]
            for at in range(len(others) + 1):
                yield (*others[:at], step, *others[at:])


def fitting(base: DatasetSpec, step: StepSpec, limits: Settings) -> DatasetSpec | None:
    """``base`` with the first pipeline that has ``step`` and fits."""
    for steps in pipelines(step):
        spec = base.model_copy(update={"steps": steps})
        try:
            outline(spec, limits)
        except DataError:
            continue
        return spec
    return None


def is_the_same(plain: Prepared, strange: Prepared) -> None:
    """Both have the same training part and have fitted the same; what is outside of it differs."""
    assert plain.facts.fitted == strange.facts.fitted
    for name in ("x_train", "y_train"):
        np.testing.assert_array_equal(plain.array(name), strange.array(name))
    tests = [[made.array(f"{name}_test").tolist() for name in "xy"] for made in (plain, strange)]
    assert tests[0] != tests[1]


@pytest.fixture
def file_of(server_settings: Settings, tmp_path: Path) -> Callable[[str], str]:
    """Takes in a table and gives its SHA-256."""

    def take(text: str) -> str:
        path = tmp_path / "own.csv"
        path.write_text(text)
        return take_in(path, path.name, server_settings, lambda fraction, message: None).file

    return take


TYPES = Args(
    {"size": "number", "weight": "number", "colour": "category", "note": "text", "when": "date", "open": "yes/no"}
)


OF_TABLES = [kind for kind in ENTRIES if kind in TABLE_STEPS or kind not in STEPS]
OF_ARRAYS = [kind for kind in ENTRIES if kind in STEPS or kind not in TABLE_STEPS]


@pytest.mark.parametrize("kind", OF_TABLES)
def test_of_a_table(kind, file_of, server_settings):
    files = [file_of(table(is_strange=is_strange)) for is_strange in (False, True)]
    found = 0
    for args, features in itertools.product(choices(ENTRIES[kind]), COLUMNS):
        made = [
            DatasetSpec(
                source="table",
                options=Args({"file": file, "task": "regression", "types": {name: TYPES[name] for name in features}}),
                target="y",
                features=features,
                split=SplitSpec(kind="by_column", args=Args({"column": "part"})),
            )
            for file in files
        ]
        plain = fitting(made[0], StepSpec(kind=kind, args=Args(args)), server_settings)
        if plain is None:
            continue
        found += 1
        strange = made[1].model_copy(update={"steps": plain.steps})
        is_the_same(prepare(plain, 0, server_settings), prepare(strange, 0, server_settings))
    assert found, f"no table shows what {kind} is fitted on"


SHAPES = ((4,), (2,), (28, 28), (28, 28, 3))
"""Of columns, of a point in the plane, of grey images and of coloured ones."""


@pytest.mark.parametrize("kind", OF_ARRAYS)
def test_of_arrays(kind, server_settings, monkeypatch, tmp_path):
    elsewhere = server_settings.model_copy(update={"home": tmp_path / "elsewhere"})
    usual, found = SOURCES["diabetes"], 0
    y = np.arange(N) % 9 + 0.5
    for shape, args in itertools.product(SHAPES, choices(ENTRIES[kind])):
        x = np.random.default_rng(0).uniform(0, 255, (N, *shape)).astype(np.float32)
        names = tuple(f"column {at}" for at in range(shape[0])) if len(shape) == 1 else ()
        source = dataclasses.replace(usual, input_shape=shape, features=names, n_samples=N, load=_loads(x, y))
        monkeypatch.setitem(SOURCES, "diabetes", source)
        steps = (StepSpec(kind=kind, args=Args(args)),)
        spec = DatasetSpec(source="diabetes", steps=steps, split=SplitSpec(kind="ordered"))
        try:
            outline(spec, server_settings)
        except DataError:
            continue
        found += 1
        before = prepare(spec, 0, server_settings)
        held_out = np.setdiff1d(np.arange(N), before.array("rows_train"))
        strange_x, strange_y = x.copy(), y.copy()
        strange_x[held_out] = strange_x[held_out] * 30 + 1000
        strange_y[held_out] += 1000
        monkeypatch.setitem(SOURCES, "diabetes", dataclasses.replace(source, load=_loads(strange_x, strange_y)))
        is_the_same(before, prepare(spec, 0, elsewhere))
    assert found or kind not in STEPS, f"no input shows what {kind} is fitted on"


def _loads(x: np.ndarray, y: np.ndarray) -> Callable[..., Loaded]:
    return lambda *_: Loaded(x, y)


@pytest.mark.parametrize("difference", [False, True])
@pytest.mark.parametrize("kind", OF_ARRAYS)
def test_of_a_series(kind, difference, file_of, server_settings):
    window, values = 2, np.cumsum(np.arange(N) * 7 % 23 + 1.5)
    n = N - window - difference
    n_train = n - 2 * round(0.15 * n)
    strange = values.copy()
    strange[n_train + window + difference :] *= 1000
    found = []
    for series in (values, strange):
        text = "\n".join(
            ["month,value", *(f"{2000 + at // 12}-{at % 12 + 1:02},{one}" for at, one in enumerate(series))]
        )
        options = Args({"file": file_of(text), "window": window, "difference": difference})
        spec = DatasetSpec(source="series", options=options, target="value", split=SplitSpec(kind="ordered"))
        step = StepSpec(kind=kind, args=Args(usual_args("steps", kind)))
        spec = spec.model_copy(update={"steps": (step,)})
        try:
            outline(spec, server_settings)
        except DataError:
            assert kind not in ("standardise", "min_max", "scale", "standardise_target", "log_target")
            return
        found.append(prepare(spec, 0, server_settings))
    is_the_same(*found)
