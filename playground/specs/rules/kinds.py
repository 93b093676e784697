"""Kinds and arguments against the catalogue."""

from collections.abc import Iterator
from typing import Any

from playground import catalog
from playground.catalog.left_out import LEFT_OUT
from playground.settings import Settings
from playground.specs.args import Args
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.chosen import Chosen, chosen, is_object
from playground.specs.rules.problem import Problem
from playground.specs.rules.words import near, spelled, suggestion
from playground.specs.run_spec import RunSpec
from playground.specs.usual import usual_args

_ONE = {
    "activations": "activation",
    "callbacks": "callback",
    "constraints": "constraint",
    "datasets": "dataset",
    "initializers": "initializer",
    "layers": "layer",
    "losses": "loss",
    "metrics": "metric",
    "optimizers": "optimizer",
    "regularizers": "regularizer",
    "schedules": "schedule",
    "splits": "split",
    "steps": "step",
}


def unknown_kind(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A layer, loss, dataset, initializer ... that the catalogue does not have."""
    for each in chosen(spec):
        if each.entry is not None:
            continue
        place, what = each.at(each.kind_field), f"{_ONE[each.table]} {spelled(each.kind)}"
        if why := LEFT_OUT.get(each.table, {}).get(each.kind):
            yield Problem("unknown-kind", place, f"{place}: the {what} is not on offer: {why}", True)
            continue
        names = catalog.nearest(each.table, each.kind)
        fix = with_value(spec, each.at(each.kind_field, is_path=True), names[0]) if names else None
        hint = suggestion(each.kind, names or [entry.id for entry in catalog.entries(each.table)])
        yield Problem("unknown-kind", place, f"{place}: there is no {what}; {hint}", True, fix)


def unknown_argument(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """An argument that its kind does not have."""
    for each, entry in _known(spec):
        names = [param.name for param in entry.params]
        for name, value in each.args.items():
            if entry.param(name) is not None:
                continue
            hint = suggestion(name, names) if names else "it has no arguments"
            reason = f"{each.at(name)}: {each.kind} has no argument {spelled(name)}; {hint}"
            args = each.args.without(name)
            found = [other for other in near(name, names) if other not in args]
            if found:
                args = args.replace(**{found[0]: value})
            yield Problem("unknown-argument", each.at(name), reason, True, _with_args(spec, each, args))


def missing_argument(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """An argument that its kind cannot do without."""
    for each, entry in _known(spec):
        for param in entry.params:
            if param.required and param.name not in each.args:
                place = each.at(param.name)
                reason = f"{place}: {each.kind} needs {expected(param)}, received nothing"
                yield Problem("missing-argument", place, reason, True, _with_usual(spec, each, param.name))


def wrong_value(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A value of the wrong type or outside its bounds."""
    for each, entry in _known(spec):
        for name, value in each.args.items():
            param = entry.param(name)
            if param is None or accepts(param, value):
                continue
            reason = f"{each.at(name)}: expected {expected(param)}, received {spelled(value)}"
            fix = None if param.required else _with_args(spec, each, each.args.without(name))
            yield Problem("wrong-value", each.at(name), reason, True, fix)


def accepts(param: catalog.Param, value: Any) -> bool:
    """Whether ``value`` is allowed for ``param``; kinds inside it are looked at by their own."""
    if isinstance(value, Args) and param.of is not None:
        return is_object(value)
    if value == param.default and type(value) is type(param.default) and not param.required:
        return True
    return param.accepts(value)


def expected(param: catalog.Param) -> str:
    """What ``param`` takes, in words, with the objects that may stand in place of a number."""
    words = param.expected()
    return f"{words}, or one of the {param.of}" if param.of and param.kind != "object" else words


def _known(spec: RunSpec) -> Iterator[tuple[Chosen, catalog.Entry]]:
    for each in chosen(spec):
        if each.entry is not None:
            yield each, each.entry


def _with_usual(spec: RunSpec, each: Chosen, name: str) -> RunSpec | None:
    """``spec`` with the argument called ``name`` as a newly chosen kind has it; ``None`` where nothing is usual."""
    if not each.kind_field:  # a bare name has no room for arguments
        return None
    try:
        value = usual_args(each.table, each.kind)[name]
    except KeyError:
        return None
    return with_value(spec, each.at(name, is_path=True), value)


def _with_args(spec: RunSpec, each: Chosen, args: Args) -> RunSpec:
    return with_value(spec, each.at(each.args_field, is_path=True), args.plain())
