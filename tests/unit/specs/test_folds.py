"""The runs that a split makes: every fold once, all else equal; several repeats."""

import numpy as np
import pytest

from playground.data.split import divide
from playground.specs import RunSpec, folds
from playground.specs.difference import differences
from playground.specs.edit import with_value
from tests.unit.specs.example import EXAMPLE

SPEC = RunSpec.from_dict(EXAMPLE)
KFOLD = with_value(SPEC, "dataset.split", {"kind": "kfold", "args": {"folds": 4, "fold": 3}})
WHOLE = {"test": 0.15, "stratify": False}


def test_every_fold_once_in_order_and_nothing_else_differs():
    made = folds.members(KFOLD)
    assert [label for label, _ in made] == ["Fold 1", "Fold 2", "Fold 3", "Fold 4"]
    assert [folds.number(spec) for _, spec in made] == [1, 2, 3, 4]
    for _, spec in made:
        assert {each.path for each in differences(KFOLD, spec)} <= {"dataset.split.fold"}
    assert made[2][1] == KFOLD


def test_without_a_number_the_catalogue_says_how_many():
    assert len(folds.members(with_value(SPEC, "dataset.split", {"kind": "kfold", "args": {}}))) == 5


def test_each_row_validates_in_exactly_one_fold():
    parts = [
        divide("kfold", dict(spec.dataset.split.args) | WHOLE, None, 103, 0, 7) for _, spec in folds.members(KFOLD)
    ]
    validated = np.concatenate([part.validation for part in parts])
    assert sorted(validated.tolist()) == sorted(set(range(103)) - set(parts[0].test.tolist()))


def test_repeats_are_numbered_from_one():
    made = folds.members(with_value(SPEC, "dataset.split", {"kind": "repeated", "args": {"repeat": 3}}))
    assert [label for label, _ in made] == [f"Repeat {n}" for n in range(1, folds.REPEATS + 1)]
    assert len({spec.digest for _, spec in made}) == folds.REPEATS


def test_a_split_without_folds_is_refused_with_what_to_do():
    assert (folds.called(KFOLD), folds.called(SPEC), folds.number(SPEC)) == ("fold", "", 1)
    with pytest.raises(ValueError, match=r"'holdout' has no folds: expected kfold or repeated\. Set it with --set"):
        folds.members(SPEC)
