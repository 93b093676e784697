"""Rows that steps leave out, rows that are in two parts, and columns that divide a table."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playground.data import DataError, outline, prepare
from playground.data.sets.own_series import windows
from playground.data.transforms.step_choice import steps_for
from playground.data.uploads.profile import Profile
from playground.data.uploads.proposal import proposed_dataset
from playground.data.uploads.upload import take_in
from playground.specs import DatasetSpec, SplitSpec, StepSpec
from playground.specs.args import Args

PARTS = ("train", "validation", "test")


@pytest.fixture
def taken(server_settings, tmp_path: Path) -> Callable[..., Profile]:
    def take(lines: list[str]) -> Profile:
        path = tmp_path / "own.csv"
        path.write_text("\n".join(lines))
        return take_in(path, path.name, server_settings, lambda fraction, message: None)

    return take


def table(n: int = 90) -> list[str]:
    found = ["size,colour,house,part,kind"]
    for row in range(n):
        size = "" if row % 9 == 4 else f"{row * 0.7:.1f}"
        colour = "" if row % 10 == 3 else ("red", "blue", "green")[row % 3]
        found.append(f"{size},{colour},house {row % 7},{('train', 'dev', 'test')[row % 3]},{'ab'[row % 2]}")
    return found


def spec_of(profile: Profile, *steps: str, split: str = "holdout", **args: object) -> DatasetSpec:
    return proposed_dataset(profile).model_copy(
        update={
            "features": ("size", "colour"),
            "steps": tuple(StepSpec(kind=kind) for kind in steps),
            "split": SplitSpec(kind=split, args=Args(args)),
        }
    )


def test_rows_with_gaps_are_left_out_of_every_part(taken, server_settings):
    spec = spec_of(taken(table()), "drop_gaps", "one_hot", "standardise")
    made = prepare(spec, 1, server_settings)
    expected = [row for row in range(90) if row % 9 != 4 and row % 10 != 3]
    assert sorted(np.concatenate([made.array(f"rows_{part}") for part in PARTS])) == expected
    assert outline(spec, server_settings).n_train is None
    assert made.facts.features == ("size", "colour = blue", "colour = green", "colour = red")


def test_duplicate_rows_are_counted_across_parts_and_can_be_dropped(taken, server_settings):
    lines = table()
    profile = taken([*lines, *lines[1:31]])
    kept = prepare(spec_of(profile, "fill", "one_hot"), 1, server_settings)
    parts = [{tuple(row) for row in np.column_stack([kept.array(f"x_{p}"), kept.array(f"y_{p}")])} for p in PARTS]
    assert kept.facts.repeated is not None
    assert min(kept.facts.repeated) > 0
    assert all((count > 0) == bool(parts[0] & part) for count, part in zip(kept.facts.repeated, parts[1:], strict=True))
    dropped = prepare(spec_of(profile, "drop_duplicates", "fill", "one_hot"), 1, server_settings)
    assert dropped.facts.repeated == (0, 0)
    rows = np.concatenate([dropped.array(f"rows_{part}") for part in PARTS])
    different = {(line.split(",")[0], line.split(",")[1], line.split(",")[4]) for line in lines[1:]}
    assert len(rows) == len(set(rows)) == len(different) < 90
    assert rows.max() < 90


def test_duplicates_of_a_set_of_numbers_can_be_dropped_too(server_settings):
    spec = DatasetSpec(source="iris", steps=(StepSpec(kind="drop_duplicates"), StepSpec(kind="standardise")))
    made = prepare(spec, 1, server_settings)
    assert sum(len(made.array(f"y_{part}")) for part in PARTS) == 149
    assert made.facts.repeated == (0, 0)


def test_rows_are_left_out_first(taken, server_settings):
    profile = taken(table())
    with pytest.raises(DataError, match=r"drop_gaps leaves rows out before .* move it to the top"):
        outline(spec_of(profile, "one_hot", "drop_gaps"), server_settings)
    lines = [f"{'' if row % 2 else row},{row if row % 2 else ''},{'xy'[row % 3 == 0]}" for row in range(40)]
    spec = DatasetSpec(
        source="table",
        options=Args({"file": taken(["a,b,kind", *lines]).file, "types": {"a": "number", "b": "number"}}),
        target="kind",
        features=("a", "b"),
        steps=(StepSpec(kind="drop_gaps"),),
    )
    with pytest.raises(DataError, match="leaves none"):
        prepare(spec, 0, server_settings)


def test_a_table_is_divided_by_groups_by_a_column_and_in_its_order(taken, server_settings):
    profile = taken(table())
    steps = ("fill", "one_hot")
    made = prepare(spec_of(profile, *steps, split="groups", column="house"), 1, server_settings)
    houses = [set(made.array(f"rows_{part}") % 7) for part in PARTS]
    assert sum(map(len, houses)) == len(set.union(*houses)) == 7
    made = prepare(spec_of(profile, *steps, split="by_column", column="part"), 1, server_settings)
    assert [set(made.array(f"rows_{part}") % 3) for part in PARTS] == [{0}, {1}, {2}]
    with pytest.raises(DataError, match="cannot be divided by 'colour': expected values out of train"):
        outline(spec_of(profile, *steps, split="by_column", column="colour"), server_settings)
    with pytest.raises(DataError, match="none of them missing"):
        outline(spec_of(profile, *steps, split="ordered", column="size"), server_settings)
    with pytest.raises(DataError, match="iris has no columns to divide by"):
        outline(DatasetSpec(source="iris", split=SplitSpec(kind="groups", args=Args({"column": "x"}))))


def test_a_column_that_another_kind_of_split_left_behind_is_refused_in_words(taken, server_settings):
    profile = taken(table())
    for kind in ("holdout", "kfold", "none"):
        with pytest.raises(DataError, match=f"{kind}' has no option 'column'"):
            outline(spec_of(profile, "fill", "one_hot", split=kind, column="house"), server_settings)


def test_what_divides_is_not_learned_from(taken, server_settings):
    profile = taken(table())
    spec = spec_of(profile, "fill", "one_hot", split="groups", column="house")
    spec = spec.model_copy(update={"features": ("size", "house")})
    assert outline(spec, server_settings).features == ("size", "size missing")


def test_a_date_column_sorts_the_rows(taken, server_settings):
    days = np.random.default_rng(0).permutation(60)
    lines = [f"{1 + day % 28:02}.{1 + day // 28:02}.2020,{day},{'ab'[day % 2]}" for day in days]
    spec = proposed_dataset(taken(["when,size,kind", *lines])).model_copy(
        update={
            "features": ("size",),
            "steps": (),
            "split": SplitSpec(kind="ordered", args=Args({"column": "when"})),
        }
    )
    made = prepare(spec, 0, server_settings)
    assert np.concatenate([made.array(f"x_{part}")[:, 0] for part in PARTS]).tolist() == list(range(60))


def test_rare_categories_of_the_training_part_are_grouped(taken, server_settings):
    colours = [*("abc" * 20), *"defg"]
    lines = [f"{colour},{row % 5 + 0.5}" for row, colour in enumerate(colours)]
    spec = proposed_dataset(taken(["colour,y", *lines])).model_copy(
        update={"steps": (StepSpec(kind="group_rare"), StepSpec(kind="one_hot")), "split": SplitSpec(kind="none")}
    )
    made = prepare(spec, 0, server_settings)
    assert made.facts.features[-1] == "colour = others"
    assert made.array("x_train").sum(axis=0).tolist() == [20, 20, 20, 0, 0, 0, 0, 4]


def test_differences_and_strides_keep_the_last_value_right():
    values = np.array([1.0, 2.0, 4.0, 7.0, 11.0, 16.0, 22.0])
    x, y, last = windows(values, 2, 2, difference=True)
    assert x.tolist() == [[1, 2], [2, 3], [3, 4]]
    assert y.tolist() == [11 - 4, 16 - 7, 22 - 11]
    assert last.tolist() == [0, 0, 0]
    plain = windows(values, 2, 1)
    strided = windows(values, 2, 1, 2)
    for every, second in zip(plain, strided, strict=True):
        assert every[::2].tolist() == second.tolist()


def test_steps_on_offer_go_with_the_data(taken, server_settings):
    assert "tfidf" not in steps_for(DatasetSpec(source="iris"))
    assert "one_hot" in steps_for(proposed_dataset(taken(table())), server_settings)
