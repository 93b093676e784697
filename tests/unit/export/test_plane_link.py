"""The address of the page Playground: what stands in it comes back, as settings and as a run, and nothing else does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import catalog
from playground.data import outline
from playground.data.sets.hand_points import COLUMNS
from playground.export.plane_link import Look, address_of, normal, numbers_of, read, sources
from playground.export.plane_values import POINTS
from playground.specs import Args, RunSpec
from playground.specs.plane import (
    FEATURES,
    MAX_LAYERS,
    MAX_UNITS,
    NONE,
    REGULARISATIONS,
    Hidden,
    Plane,
    dataset_of,
    plane_of,
    spec_of,
)

UNTIMED = settings(deadline=None, max_examples=60)
ACTIVATIONS = [entry.id for entry in catalog.entries("activations")]
OPTIMIZERS = [entry.id for entry in catalog.entries("optimizers")]


@st.composite
def options(draw: st.DrawFn, source: str) -> Args:
    """Options that the page can set of ``source``."""
    if source == POINTS:
        labels = draw(st.lists(st.integers(0, 4), min_size=1, max_size=40))
        at = st.integers(-100, 100).map(lambda n: round(n / 100, 2))
        x1, x2 = (draw(st.lists(at, min_size=len(labels), max_size=len(labels))) for _ in range(2))
        return Args(dict(zip(COLUMNS, (x1, x2, labels), strict=True)))
    found = {}
    for param in numbers_of(source):
        most = min(param.maximum, 2000)
        number = st.integers(param.minimum, most) if param.kind == "int" else st.floats(param.minimum, most)
        found[param.name] = draw(number)
    return Args(found)


@st.composite
def planes(draw: st.DrawFn) -> Plane:
    """Any settings that the page can have."""
    source = draw(st.sampled_from(list(sources())))
    kind = draw(st.sampled_from([NONE, *REGULARISATIONS]))
    hidden = st.builds(Hidden, st.integers(1, MAX_UNITS), st.sampled_from(ACTIVATIONS))
    chosen = draw(st.sets(st.sampled_from(FEATURES), min_size=1))
    layers = tuple(draw(st.lists(hidden, max_size=MAX_LAYERS)))
    return normal(
        Plane(
            source=source,
            options=draw(options(source)),
            train=draw(st.integers(1, 9)) / 10,
            seed=draw(st.integers(0, 2**31 - 1)),
            features=tuple(name for name in FEATURES if name in chosen),
            layers=layers,
            optimizer=draw(st.sampled_from(OPTIMIZERS)),
            learning_rate=draw(st.floats(1e-6, 100)),
            batch_size=draw(st.integers(1, 1000)),
            regularisation=kind,
            rate=0.0 if kind == NONE else draw(st.floats(1e-6, 10)),
            dropout=draw(st.sampled_from([0.0, 0.1, 0.25, 0.5])) if layers else 0.0,
        )
    )


LOOKS = st.builds(
    Look,
    discretise=st.booleans(),
    test=st.booleans(),
    speed=st.integers(0, 1000),
    present=st.booleans(),
    hide=st.lists(st.sampled_from(["noise", "seed", "learning_rate"]), unique=True).map(tuple),
)


@UNTIMED
@given(planes(), LOOKS)
def test_an_address_restores_the_settings_exactly(plane, look):
    assert read(address_of(plane, look)) == (plane, look, ())


@UNTIMED
@given(planes())
def test_a_run_has_the_settings_that_it_was_made_of(plane):
    try:
        facts = outline(dataset_of(plane))
    except ValueError:  # points of one class, or too few
        assert plane.source == POINTS
        return
    spec = RunSpec.from_json(spec_of(plane, facts).to_json())
    assert normal(plane_of(spec, facts)) == plane
    assert spec_of(plane_of(spec, facts), facts) == spec


def test_a_run_that_the_page_has_no_settings_for_is_none_of_its_own():
    plane = Plane()
    facts = outline(dataset_of(plane))
    spec = spec_of(plane, facts)
    layers = (spec.model.layers[0].model_copy(update={"kind": "Conv1D"}), *spec.model.layers[1:])
    assert plane_of(spec.model_copy(update={"model": spec.model.model_copy(update={"layers": layers})}), facts) is None
    changed = spec.training.model_copy(update={"metrics": ()})
    assert plane_of(spec.model_copy(update={"training": changed}), facts) is None


@UNTIMED
@given(
    st.dictionaries(
        st.sampled_from(["source", "seed", "layers", "features", "points", "noise", "rate", "hide", "speed", "train"]),
        st.text(max_size=40) | st.sampled_from(["1e999", "nan", "-1", "8tanh", "x,x", "____", "AAAB", "9" * 300]),
    )
)
def test_whatever_stands_in_an_address_some_settings_come_of_it_and_they_come_back(parts):
    plane, look, refused = read(parts)
    assert read(address_of(plane, look)) == (plane, look, ())
    assert set(refused) <= set(parts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("source", "mnist"),
        ("layers", "9tanh"),
        ("layers", "4nothing"),
        ("layers", "-".join(["2relu"] * 7)),
        ("features", ""),
        ("seed", "-1"),
        ("learning_rate", "inf"),
        ("batch_size", "1e3"),
        ("noise", "9"),
        ("n_samples", "1000000"),
        ("optimizer", "../etc"),
    ],
)
def test_what_there_is_not_is_named_and_left_out(name, value):
    plane, _look, refused = read({name: value})
    assert refused == (name,)
    assert plane == normal(Plane())


def test_points_by_hand_are_part_of_the_address():
    options = Args({"x1": [0.5, -1.0, 1.0], "x2": [0.01, 1.0, -0.99], "label": [0, 1, 4]})
    plane = normal(replace(Plane(), source=POINTS, options=options))
    assert read(address_of(plane))[0].options == options
