"""Formulas that people write."""

from collections.abc import Iterator, Mapping

import numpy as np

from playground.catalog.formulas import role_of
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.formulas import Formula, FormulaError, parsed
from playground.specs.formulas.values import values_of
from playground.specs.rules.chosen import Chosen, chosen
from playground.specs.rules.head import PROBABILITIES, head
from playground.specs.rules.problem import Problem
from playground.specs.rules.words import spelled
from playground.specs.run_spec import RunSpec

_FAR, _NUMBERS = 10.0, 3.0
_POINTS = 41  # odd: 0 is among them


def unreadable_formula(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A formula that cannot be read, or gives values of another shape than are needed there."""
    for each, text in _texts(spec):
        try:
            parsed(text, each.table)
        except FormulaError as error:
            place = each.at("formula")
            reason = f"{place}: {spelled(text)}: {error.in_words}"
            yield Problem("unreadable-formula", place, reason, True, _mended(spec, each, error.fix))


def formula_without_value(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A formula that is no number where the values that it reads usually lie, or a learning rate below zero."""
    for each, text in _texts(spec):
        try:
            formula = parsed(text, each.table)
        except FormulaError:
            continue
        read = _usual(each, spec, facts)
        if not read:
            continue
        values = np.broadcast_to(values_of(formula, read), np.broadcast_shapes(*(at.shape for at in read.values())))
        reason = _fault(formula, values, read)
        if reason:
            place = each.at("formula")
            yield Problem("formula-without-value", place, f"{place}: {reason}", False)


def _texts(spec: RunSpec) -> Iterator[tuple[Chosen, str]]:
    for each in chosen(spec):
        text = each.args.get("formula")
        if role_of(each.table, each.kind) and isinstance(text, str):
            yield each, text


def _mended(spec: RunSpec, each: Chosen, text: str) -> RunSpec | None:
    try:
        parsed(text, each.table)
    except FormulaError:
        return None
    return with_value(spec, each.at(f"{each.args_field}.formula", is_path=True), text)


def _usual(each: Chosen, spec: RunSpec, facts: Facts | None) -> Mapping[str, np.ndarray]:
    """Values that the variables of a formula usually have, each of shape (n, 1); none where that is not known."""
    if each.table == "activations":
        return {"x": np.linspace(-_FAR, _FAR, _POINTS)[:, np.newaxis]}
    if each.table == "schedules":
        total, rate = each.args.get("decay_steps"), each.args.get("initial_learning_rate")
        if not isinstance(total, int) or not isinstance(rate, float):
            return {}
        step = np.unique(np.linspace(0, total, _POINTS).round())[:, np.newaxis]
        return {"step": step, "total": np.full_like(step, total), "rate": np.full_like(step, rate)}
    end = head(spec)
    if facts is None or end is None:
        return {}
    low, high = (0.0, 1.0) if end.activation in PROBABILITIES else (-_NUMBERS, _NUMBERS)
    is_number = facts.task in ("regression", "reconstruction")
    targets = np.linspace(-_NUMBERS, _NUMBERS, 7) if is_number else np.array([0.0, 1.0])
    y_true, y_pred = np.meshgrid(targets, np.linspace(low, high, _POINTS))
    return {"y_true": y_true.reshape(-1, 1), "y_pred": y_pred.reshape(-1, 1)}


def _fault(formula: Formula, values: np.ndarray, read: Mapping[str, np.ndarray]) -> str:
    """What is wrong with the values, in words; empty where nothing is."""
    bad = np.flatnonzero(~np.isfinite(values[:, 0]))
    if len(bad):
        shown = ("step",) if formula.table == "schedules" else tuple(read)
        where = " and ".join(f"{name} = {read[name][bad[0], 0]:g}" for name in shown)
        return f"expected a number everywhere, received none at {where}; clip, maximum or abs keep it off"
    if formula.table != "schedules":
        return ""
    lowest = int(np.argmin(values[:, 0]))
    if values[lowest, 0] < 0:
        return f"expected a rate of at least 0, received {values[lowest, 0]:g} at step {read['step'][lowest, 0]:g}"
    return "" if values.any() else "expected a rate above 0 at some step, received 0 at all of them"
