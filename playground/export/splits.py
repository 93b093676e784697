"""How a script divides its rows: lines that end with the row numbers ``train`` and those of the other parts."""

from collections.abc import Callable, Mapping

from playground.data.plan import Plan, plan
from playground.data.split import repeat_seed
from playground.data.split_column import PARTS, column_of
from playground.data.uploads.upload import profile_of
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Expression, Group
from playground.settings import settings
from playground.specs import DatasetSpec, RunSpec

_TRAIN_TEST = "from sklearn.model_selection import train_test_split"
_PARTS = ("train", "validation", "test")


def parts(spec: RunSpec) -> list[str]:
    """The parts that the split of ``spec`` makes, of ``train``, ``validation`` and ``test``."""
    planned = plan(spec.dataset)
    args = planned.split_args
    of_source = {
        "validation": bool(planned.source.n_validation),
        "test": bool(planned.source.n_test) or planned.split in ("none", "given"),
    }
    present = {
        part: args[part] > 0 if part in args else _is_said(spec, planned, part, of_source)
        for part in ("validation", "test")
    }
    return ["train", *(part for part, is_there in present.items() if is_there)]


def _is_said(spec: RunSpec, planned: Plan, part: str, of_source: Mapping[str, bool]) -> bool:
    if planned.split == "kfold":
        return True
    if planned.split == "by_column":
        return bool(_words(spec.dataset, planned)[part])
    return of_source[part]


def split_lines(spec: RunSpec, planned: Plan) -> tuple[list[str], list[str]]:
    """The lines, and what they import.

    Raises:
        LookupError: no script can divide rows so.
    """
    try:
        return _SPLITS[planned.split](spec, planned)
    except KeyError:
        raise LookupError(f"There is no script yet that divides rows by {planned.split}.") from None


def _none(spec: RunSpec, planned: Plan) -> tuple[list[str], list[str]]:
    return ["train = test = np.arange(len(x))  # trained and tested on the same rows"], []


def _in_order(spec: RunSpec, planned: Plan) -> tuple[list[str], list[str]]:
    args, lines, whole = planned.split_args, [], "np.arange(len(x))"
    column = planned.split_args["column"]
    if column is not None:
        found = column_of(spec.dataset.split, profile_of(planned.options["file"], settings()))
        by: Expression = ("by = table[", *value_of(column), "]")
        if found is not None and found.type == "date":
            spelling = ("format=", *value_of(found.date_format))
            by = ("by = ", *layout.call("pd.to_datetime", ("table[", *value_of(column), "]"), spelling))
        lines += [layout.laid_out(by), 'order = np.argsort(by.to_numpy(), kind="stable")']
        whole = "order"
    lines += [
        f"n_validation, n_test = round({args['validation']!r} * len(x)), round({args['test']!r} * len(x))",
        "n_train = len(x) - n_validation - n_test  # what comes later is never learned from",
        f"train, validation, test = np.split({whole}, [n_train, n_train + n_validation])",
    ]
    return lines, []


def _own_parts(spec: RunSpec, planned: Plan) -> tuple[list[str], list[str]]:
    lines = [
        "train = np.arange(len(x) - n_validation - n_test)",
        "validation = np.arange(len(train), len(x) - n_test)",
        "test = np.arange(len(x) - n_test, len(x))",
    ]
    return lines, []


def _drawn(part: str, size: str, is_stratified: bool, seed: str = "SEED") -> str:
    given: list[Expression] = [("train",), (f"test_size={size}",), (f"random_state={seed}",)]
    given += [("stratify=y[train]",)] if is_stratified else []
    return layout.laid_out((f"train, {part} = ", *layout.call("train_test_split", *given)))


def _is_stratified(planned: Plan) -> bool:
    has_classes = planned.source.task != "regression" and not planned.source.target_shape
    return bool(planned.split_args.get("stratify")) and has_classes


def _holdout(spec: RunSpec, planned: Plan) -> tuple[list[str], list[str]]:
    args, is_given = planned.split_args, planned.split == "given"
    lines, whole = ["train = np.arange(len(x))"], "len(x)"
    if is_given:
        lines = ["train = np.arange(len(x) - n_test)", "test = np.arange(len(x) - n_test, len(x))"]
        whole = "len(train)"
    for part in ("validation",) if is_given else ("test", "validation"):
        if args[part] > 0:
            seed = "SEED"
            if planned.split == "repeated" and part == "validation":
                seed = f"{repeat_seed(spec.seed, args['repeat'])}"
            lines.append(_drawn(part, f"round({args[part]!r} * {whole})", _is_stratified(planned), seed))
    return lines, [_TRAIN_TEST] if len(lines) > 1 + is_given else []


def _kfold(spec: RunSpec, planned: Plan) -> tuple[list[str], list[str]]:
    args = planned.split_args
    lines = ["train = np.arange(len(x))"]
    if args["test"] > 0:
        lines.append(_drawn("test", f"round({args['test']!r} * len(x))", _is_stratified(planned)))
    name = "StratifiedKFold" if _is_stratified(planned) else "KFold"
    given = "train, y[train]" if _is_stratified(planned) else "train"
    lines += [
        f"folds = list({name}({args['folds']}, shuffle=True, random_state=SEED).split({given}))",
        f"fold = folds[{args['fold'] - 1}]  # {args['fold']} of {args['folds']}",
        "train, validation = train[fold[0]], train[fold[1]]",
    ]
    used = f"{name}, train_test_split" if args["test"] > 0 else name
    return lines, [f"from sklearn.model_selection import {used}"]


def _groups(spec: RunSpec, planned: Plan) -> tuple[list[str], list[str]]:
    args = planned.split_args
    column = ("table[", *value_of(args["column"]), "]")
    lines = [
        layout.laid_out(("groups = ", *layout.call("pd.factorize", column), "[0]")),
        "lone = groups < 0  # rows without a group are each one of their own",
        "groups[lone] = groups.max() + 1 + np.arange(lone.sum())",
        "n_groups = len(np.unique(groups))",
        "train = np.arange(len(x))",
    ]
    for part in ("test", "validation"):
        if args[part] > 0:
            given = layout.call(
                "GroupShuffleSplit", ("1",), (f"test_size=round({args[part]!r} * n_groups)",), ("random_state=SEED",)
            )
            lines.append(layout.laid_out(("draw = ", *given)))
            lines.append("stay, gone = next(draw.split(train, groups=groups[train]))")
            lines.append(f"train, {part} = train[stay], train[gone]")
    return lines, ["import pandas as pd", "from sklearn.model_selection import GroupShuffleSplit"]


def _by_column(spec: RunSpec, planned: Plan) -> tuple[list[str], list[str]]:
    words = _words(spec.dataset, planned)
    name = ("table[", *value_of(planned.split_args["column"]), "]")
    lines = [layout.laid_out(("part = ", *name, ".str.strip().str.lower()"))]
    for part in _PARTS:
        if words[part]:
            found = (Group("[]", tuple(map(value_of, words[part]))),)
            lines.append(layout.laid_out((f"{part} = np.flatnonzero(", *layout.call("part.isin", found), ")")))
    return lines, []


def _words(dataset: DatasetSpec, planned: Plan) -> dict[str, list[str]]:
    """What the column calls each part."""
    profile = profile_of(planned.options["file"], settings())
    values = sorted({value.strip().lower() for value in profile.column(planned.split_args["column"]).values})
    return {part: [value for value in values if PARTS[value] == at] for at, part in enumerate(_PARTS)}


_SPLITS: Mapping[str, Callable[[RunSpec, Plan], tuple[list[str], list[str]]]] = {
    "none": _none,
    "holdout": _holdout,
    "repeated": _holdout,
    "given": _holdout,
    "kfold": _kfold,
    "groups": _groups,
    "by_column": _by_column,
    "ordered": _in_order,
    "own_parts": _own_parts,
}
"""By the id of the split in the catalogue."""
