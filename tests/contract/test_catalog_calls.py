"""Calls as they are exported, made by Python itself: the same objects as those that the app makes."""

from typing import Any

import keras
import pytest

from playground import catalog
from playground.catalog import Entry, Param
from playground.export import calls
from playground.training.objects import made
from tests.contract.tiny import required

KERAS_TABLES = [table for table in catalog.KINDS if table not in ("activations", "datasets", "steps", "splits")]
CASES = [
    pytest.param(table, each, id=f"{table}-{each.id}")
    for table in KERAS_TABLES
    for each in catalog.entries(table)
    if catalog.signature(table, each.id)
]


def other(param: Param) -> Any:
    """A value that is not the default; ``None`` where the kind of argument does not tell one."""
    match param.kind:
        case "flag":
            return not param.default
        case "choice":
            return next((choice for choice in param.choices if choice != param.default), None)
        case "int" | "float":
            tried = (2, 3, 0.25, 0.75, 1, 5) if param.kind == "int" else (0.25, 0.75, 1.5, 2.5)
            return next((value for value in tried if value != param.default and param.accepts(value)), None)
        case "shape":
            return next((value for value in (2, (2,), (2, 2)) if value != param.default and param.accepts(value)), None)
        case "object":
            names = param.among or [each.id for each in catalog.entries(param.of or "")]
            return next(({"kind": name, "args": {}} for name in names if _can_be_made(param.of, name, {})), None)
    return None


def described(table: str, kind: str, args: dict[str, Any], code: str = "") -> dict[str, Any]:
    """The configuration of the object that the app makes, or that ``code`` makes."""
    keras.utils.clear_session(free_memory=False)  # names are numbered
    keras.utils.set_random_seed(1)  # seeds are drawn
    found = eval(code, {"keras": keras}) if code else made(table, kind, args)
    config: dict[str, Any] = found.get_config() if hasattr(found, "get_config") else vars(found)
    return keras.saving.serialize_keras_object(config)


def _can_be_made(table: str, kind: str, args: dict[str, Any]) -> bool:
    try:
        described(table, kind, args)
    except (ValueError, TypeError, LookupError):
        return False
    return True


def full(table: str, each: Entry) -> dict[str, Any]:
    """What ``each`` cannot be made without, and another value for every argument that its form shows first."""
    args = required(each)
    for param in each.params:
        value = other(param) if param.basic and param.name not in args else None
        if value is not None and _can_be_made(table, each.id, {**args, param.name: value}):
            args[param.name] = value
    return args


@pytest.mark.parametrize(("table", "each"), CASES)
def test_what_is_written_makes_what_the_app_makes(table, each):
    args = full(table, each)
    assert described(table, each.id, args, calls.call(table, each.id, args)) == described(table, each.id, args)


def test_most_arguments_that_a_form_shows_first_are_tried():
    shown = [(param, each) for _t, each in (case.values for case in CASES) for param in each.params if param.basic]
    tried = sum(param.required or other(param) is not None for param, _ in shown)
    print(f"{tried} of {len(shown)} arguments in {len(CASES)} calls have a value of their own")
    assert tried > 0.8 * len(shown)


def test_only_what_comes_first_in_keras_too_goes_without_its_name():
    args = {"mean": [0.5], "variance": [2.0]}
    assert calls.call("layers", "Normalization", args) == "keras.layers.Normalization(mean=(0.5,), variance=(2.0,))"
    assert calls.call("layers", "Dense", {"activation": "relu", "units": 3}).startswith("keras.layers.Dense(3, activ")
