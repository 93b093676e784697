"""What is proposed for tables of every make: a run that can be trained, or one sentence that says why there is none."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playground.data import DataError, outline, prepare
from playground.data.uploads.profile import Profile
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.specs.problems import problems

RNG = np.random.default_rng(3)


@pytest.fixture
def taken(server_settings, tmp_path: Path) -> Callable[..., Profile]:
    def take(lines: list[str]) -> Profile:
        path = tmp_path / "own.csv"
        path.write_text("\n".join(lines))
        return take_in(path, path.name, server_settings, lambda fraction, message: None)

    return take


def few_rows() -> list[str]:
    return ["size,kind", *(f"{row * 0.7:.1f},{'ab'[row % 2]}" for row in range(20))]


def few_rows_of_many_classes() -> list[str]:
    return ["size,kind", *(f"{row * 0.7:.1f},{'abcdefgh'[row % 8]}" for row in range(24))]


def wide() -> list[str]:
    names = ",".join(f"c{at}" for at in range(500))
    return [f"{names},y", *(",".join(f"{one:.3f}" for one in RNG.normal(size=501)) for _ in range(60))]


def all_text() -> list[str]:
    words = ["red", "green", "old", "new", "large", "small", "good", "bad"]
    said = [" ".join(RNG.choice(words, 9)) for _ in range(160)]
    return ["title,body,kind", *(f"{one} {row},{one[::-1]} {row},{'xy'[row % 2]}" for row, one in enumerate(said))]


def many_categories() -> list[str]:
    return ["town,street,y", *(f"town {row % 90},street {row % 37},{row % 11}.5" for row in range(400))]


def numbers_alone() -> list[str]:
    return [",".join(f"{one:.2f}" for one in RNG.normal(size=4)) for _ in range(50)]


def gaps_everywhere() -> list[str]:
    return ["a,b,kind", *(f"{row if row % 3 else ''},{'' if row % 2 else 'x'},{'uv'[row % 2]}" for row in range(90))]


def short_series() -> list[str]:
    return ["month,value", *(f"{2000 + at // 12}-{at % 12 + 1:02},{at % 12}.5" for at in range(100))]


@pytest.mark.parametrize(
    "table",
    [few_rows, few_rows_of_many_classes, wide, all_text, many_categories, numbers_alone, gaps_everywhere, short_series],
)
def test_something_that_can_be_trained_is_proposed(table, taken, server_settings):
    spec = proposed(taken(table()), server_settings, seed=1)
    facts = outline(spec.dataset, server_settings)
    assert [each.reason for each in problems(spec, facts, server_settings) if each.is_blocking] == []
    made = prepare(spec.dataset, 1, server_settings)
    assert all(len(made.array(f"y_{part}")) for part in ("train", "validation", "test"))
    assert np.isfinite(made.array("x_test")).all()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["a,b", *("1,1" for _ in range(30))], "No column is left to learn from"),
        (["a,b", *(f"{row},same" for row in range(30))], "No column is left to learn from"),
    ],
    ids=["the same everywhere", "a number for each row"],
)
def test_what_cannot_be_learned_is_said_in_a_sentence(lines, words, taken, server_settings):
    with pytest.raises(DataError, match=words) as refused:
        proposed(taken(lines), server_settings)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_of_dates_alone_nothing_can_be_predicted(taken, server_settings):
    lines = ["when,then", *(f"2021-{row % 12 + 1:02}-{row % 28 + 1:02},2022-{row % 7 + 1:02}-11" for row in range(60))]
    with pytest.raises(DataError, match=r"'then' holds no numbers to predict.* Choose another target"):
        proposed(taken(lines), server_settings)


def test_changes_of_a_series_are_learned_in_windows_that_leave_enough_of_them(taken, server_settings):
    lines = short_series()
    options = proposed(taken(lines), server_settings).dataset.options
    assert options["difference"] is True
    assert options["window"] == 20
    longer = [lines[0], *(f"{1900 + at // 12}-{at % 12 + 1:02},{at % 12}.5" for at in range(400))]
    assert "window" not in proposed(taken(longer), server_settings).dataset.options


def test_a_small_table_has_a_network_that_stops_early(taken, server_settings):
    spec = proposed(taken(few_rows()), server_settings)
    assert [callback.kind for callback in spec.training.callbacks] == ["EarlyStopping"]
    assert spec.training.callbacks[0].args["monitor"] == "val_loss"
