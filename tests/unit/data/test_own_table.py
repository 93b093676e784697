"""Tables of one's own, from file to prepared arrays: what the training part alone decides, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data import DataError, Prepared, outline, prepare
from playground.data.sets.own_series import windows
from playground.data.uploads.look import retargeted
from playground.data.uploads.profile import Profile
from playground.data.uploads.proposal import proposed, proposed_dataset
from playground.data.uploads.upload import take_in
from playground.specs import DatasetSpec, SplitSpec, StepSpec
from playground.specs.args import Args

HEAD = "size,colour,note,open,y"
COLOURS = ("red", "green", "blue", "")


def rows(n: int = 60, last: int = 60) -> list[str]:
    """A table with gaps, a category, a text and a truth value; rows from ``last`` on are quite another world."""
    found = []
    for row in range(n):
        if row < last:
            size = "" if row % 7 == 3 else f"{row * 1.25}"
            found.append(f"{size},{COLOURS[row % 4]},a note on row{row % 6} of some length,{row % 2 == 0},{row % 9}.5")
        else:
            found.append(f"{row * 1e6},red,strange words {row} nobody has ever seen,True,{row * 1e5}")
    return found


@pytest.fixture
def taken(server_settings, tmp_path) -> Callable[[list[str]], Profile]:
    def take(lines: list[str], head: str = HEAD) -> Profile:
        path = tmp_path / "own.csv"
        path.write_text("\n".join([head, *lines]))
        return take_in(path, path.name, server_settings, lambda fraction, message: None)

    return take


STEPS = ("fill", "one_hot", "tfidf", "standardise", "standardise_target")


def spec_of(profile: Profile, steps: tuple[str, ...] = STEPS, **args: object) -> DatasetSpec:
    return DatasetSpec(
        source="table",
        options=Args({"file": profile.file, "types": {"note": "text"}}),
        target="y",
        features=("size", "colour", "note", "open"),
        steps=tuple(StepSpec(kind=kind, args=Args({"max_words": 12} if kind == "tfidf" else {})) for kind in steps),
        split=SplitSpec(kind="ordered", args=Args({"validation": 0.1, "test": 0.2})),
    )


def test_every_column_becomes_numbers(taken, server_settings):
    spec = spec_of(taken(rows()))
    known = outline(spec, server_settings)
    made = prepare(spec, 0, server_settings)
    x = made.array("x_train")
    assert (known.n_train, known.n_validation, known.n_test) == (42, 6, 12)
    assert x.shape == (42, *known.input_shape) == (42, 2 + 3 + 12 + 1)
    assert known.features[:6] == (
        "size",
        "size missing",
        "colour = blue",
        "colour = green",
        "colour = red",
        "note word 1",
    )
    assert known.features[-1] == "open = True"
    assert made.facts.model_copy(update={"fitted": (), "unknown_words": None, "repeated": None}) == known
    size, gaps = x[:, 0], x[:, 1]
    assert gaps.tolist() == [float(row % 7 == 3) for row in range(42)]
    raw = np.array([np.nan if row % 7 == 3 else row * 1.25 for row in range(42)])
    filled = np.where(np.isnan(raw), np.nanmedian(raw), raw)
    assert size == pytest.approx((filled - filled.mean()) / filled.std(), abs=1e-5)
    assert x[:, 2:5].tolist() == [[c == "blue", c == "green", c == "red"] for c in (COLOURS[r % 4] for r in range(42))]
    assert x[:, -1].tolist() == [float(row % 2 == 0) for row in range(42)]
    y = np.array([row % 9 + 0.5 for row in range(42)])
    assert made.array("y_train") == pytest.approx((y - y.mean()) / y.std(), abs=1e-5)
    assert known.unit == "standard deviations"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(["standardise", "min_max", "robust"]), st.integers(0, 2**31 - 1), st.booleans())
def test_no_row_outside_the_training_part_influences_a_fitted_step(taken, server_settings, scalers, seed, is_log):
    target = "log_target" if is_log else "standardise_target"
    steps = ("fill", "one_hot", "tfidf", *scalers, target)
    plain, strange = (prepare(spec_of(taken(rows(60, last)), steps), seed, server_settings) for last in (60, 42))
    assert plain.facts.fitted == strange.facts.fitted
    for name in ("x_train", "y_train"):
        assert plain.array(name).tolist() == strange.array(name).tolist()
    assert plain.array("x_test").tolist() != strange.array("x_test").tolist()


def test_rare_categories_share_the_last_place(taken, server_settings):
    colours = [*("abc" * 15), *"defghij"]
    profile = taken([f"{colour},{at % 2}" for at, colour in enumerate(colours)], "colour,y")
    step = StepSpec(kind="one_hot", args=Args({"max_categories": 4}))
    spec = proposed_dataset(profile).model_copy(update={"steps": (step,), "split": SplitSpec(kind="none")})
    x = prepare(spec, 0, server_settings).array("x_train")
    assert x.sum(axis=1).tolist() == [1.0] * len(colours)
    assert x.sum(axis=0).tolist() == [15.0, 15.0, 15.0, 7.0]


def test_dates_become_their_parts(taken, server_settings):
    profile = taken([f"{1 + at % 28:02}.02.2023,{'ab'[at % 2]},{at}" for at in range(56)], "when,kind,y")
    spec = proposed_dataset(retargeted(profile, "kind", server_settings))
    spec = spec.model_copy(
        update={"features": ("when",), "steps": (StepSpec(kind="date_parts"),), "split": SplitSpec(kind="none")}
    )
    made = prepare(spec, 0, server_settings)
    assert made.facts.features == ("when year", "when month", "when day", "when weekday")
    assert made.array("x_train")[:2].tolist() == [[2023, 2, 1, 2], [2023, 2, 2, 3]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"steps": ()}, "'size' has missing values, .* Add the step fill"),
        ({"steps": (StepSpec(kind="fill"),)}, "'colour' is of the type category, .* one_hot"),
        ({"features": ("size", "hue")}, "no column 'hue'"),
        ({"features": ("size", "size")}, "chosen twice"),
        ({"features": ("y",)}, "'y' is the target"),
        ({"target": "note", "features": ("size",), "options": None}, "'note' holds no numbers"),
        ({"target": 9}, "no column 9"),
        ({"steps": (StepSpec(kind="add_channel"),)}, "add_channel is not for tables"),
        ({"options": Args({"file": "0" * 64})}, "not on this server"),
        ({"options": Args({"file": "../../etc"})}, "Expected the SHA-256"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_remedy(taken, server_settings, changes, words):
    plain = spec_of(taken(rows()))
    if "options" in changes and changes["options"] is None:
        options = plain.options.replace(task="regression")
        changes = {**changes, "options": options}
    spec = plain.model_copy(update=changes)
    with pytest.raises(DataError, match=words):
        outline(spec, server_settings)


@pytest.mark.parametrize(
    ("column", "type_", "words"),
    [
        ("colour", "number", "no numbers"),
        ("size", "date", "no dates"),
        ("size", "colour", "expected a type"),
        ("x", "text", "no column"),
    ],
)
def test_a_wrong_type_is_refused(taken, server_settings, column, type_, words):
    profile = taken(rows())
    spec = spec_of(profile).model_copy(update={"options": Args({"file": profile.file, "types": {column: type_}})})
    with pytest.raises(DataError, match=words):
        outline(spec, server_settings)


def test_another_target_has_other_columns_put_aside(taken, server_settings):
    lines = [f"{at % 2},{'ny'[at % 2]},{at % 7}.5,{at % 2 + 1}" for at in range(80)]
    profile = taken(lines, "survived,alive,size,number")
    aside = [column.name for column in profile.columns if column.aside]
    assert (profile.target, aside) == ("survived", ["alive", "number"])
    other = retargeted(profile, "alive", server_settings)
    assert (other.task, [column.name for column in other.columns if column.aside]) == ("binary", ["survived", "number"])
    assert proposed_dataset(other).features == ("size",)
    last = retargeted(profile, -2, server_settings)
    assert (last.target, last.task, [column.name for column in last.columns if column.aside]) == (
        "size",
        "regression",
        [],
    )


def test_a_number_can_be_a_category(taken, server_settings):
    profile = taken([f"{at % 3},{at % 5}.5" for at in range(60)], "group,y")
    spec = proposed_dataset(profile)
    options = spec.options.replace(types={"group": "category"})
    spec = spec.model_copy(update={"options": options, "steps": (StepSpec(kind="one_hot"),)})
    assert outline(spec, server_settings).features == ("group = 0", "group = 1", "group = 2")


def test_rows_without_target_are_left_out(taken, server_settings):
    profile = taken([f"{at * 1.5},{'' if at % 5 == 0 else 'ab'[at % 2]}" for at in range(100)], "size,y")
    spec = proposed_dataset(profile)
    made = prepare(spec, 0, server_settings)
    assert sum(len(made.array(f"x_{part}")) for part in ("train", "validation", "test")) == 80
    assert made.facts.classes == ("a", "b")


def test_too_many_columns_of_numbers_are_refused_before_they_are_made(taken, server_settings):
    spec = spec_of(taken(rows()))
    many = StepSpec(kind="tfidf", args=Args({"max_words": 20_000}))
    spec = spec.model_copy(update={"steps": (StepSpec(kind="fill"), StepSpec(kind="one_hot"), many)})
    small = server_settings.model_copy(update={"max_job_memory_mb": 16})
    with pytest.raises(DataError, match="PLAYGROUND_MAX_JOB_MEMORY_MB"):
        prepare(spec, 0, small)


def test_windows_end_before_their_target():
    x, y, last = windows(np.arange(10.0), 3, 2)
    assert x.tolist() == [[at, at + 1, at + 2] for at in range(6)]
    assert y.tolist() == [4, 5, 6, 7, 8, 9]
    assert last.tolist() == [2, 3, 4, 5, 6, 7]


def series(taken: Callable[..., Profile], server_settings, is_reversed: bool) -> Prepared:
    lines = [f"{2000 + at // 12}-{at % 12 + 1:02},{at}.5" for at in range(120)]
    profile = taken(lines[::-1] if is_reversed else lines, "month,value")
    assert (profile.task, profile.target) == ("series", "value")
    dataset = proposed(profile, server_settings).dataset
    options = dataset.options.replace(difference=False)
    return prepare(dataset.model_copy(update={"steps": (), "options": options}), 0, server_settings)


def test_a_series_is_divided_in_the_order_of_time(taken, server_settings):
    made = series(taken, server_settings, is_reversed=False)
    y = np.concatenate([made.array(f"y_{part}") for part in ("train", "validation", "test")])
    assert y.tolist() == [at + 0.5 for at in range(24, 120)]
    assert made.array("x_train")[0].tolist() == [at + 0.5 for at in range(24)]
    last = made.last("test")
    assert last is not None
    assert last.tolist() == (made.array("y_test") - 1).tolist()
    newest_first = series(taken, server_settings, is_reversed=True)
    assert newest_first.array("x_test").tolist() == made.array("x_test").tolist()


def test_proposals_for_real_tables(server_settings, test_data: Path):
    expected = {
        "penguins.csv": ("species", "multiclass", []),
        "titanic.csv": ("survived", "binary", ["alive"]),
        "movie-reviews.csv.gz": ("label", "binary", []),
        "boston-housing.csv": ("column 14", "regression", []),
        "pima-indians-diabetes.csv": ("column 9", "binary", []),
        "monthly-sunspots.csv": ("Sunspots", "series", []),
        "daily-min-temperatures.csv": ("Temp", "series", []),
        "flights.csv": ("passengers", "regression", []),
    }
    for name, wanted in expected.items():
        profile = take_in(test_data / name, name, server_settings, lambda fraction, message: None)
        aside = [column.name for column in profile.columns if column.aside]
        assert (profile.target, profile.task, aside) == wanted, name
        assert proposed(profile, server_settings).model.layers
