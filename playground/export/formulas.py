"""Formulas that people wrote, as functions and classes of a script."""

from collections.abc import Iterator, Mapping
from typing import Any

from playground import catalog
from playground.catalog.formulas import role_of
from playground.export import calls, layout
from playground.export.calls import Code, value_of
from playground.export.layout import Expression
from playground.specs import RunSpec
from playground.specs.formulas import Formula, FormulaError, parsed
from playground.specs.formulas.written import code_of, text_of
from playground.specs.run_spec import FULL

_NAMES = {"activations": "activation_formula", "losses": "LossFormula", "schedules": "ScheduleFormula"}

_ACTIVATION = """{register}
def {name}(x):
    {body}"""

_NARROW_ACTIVATION = """{register}
def {name}(x):
    dtype = x.dtype
    x = keras.ops.cast(x, "float32")
    {body}"""

_LOSS = """{register}
class {name}(keras.losses.Loss):
    def call(self, y_true, y_pred):
        {body}"""

_SCHEDULE = """{register}
class {name}(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_learning_rate, decay_steps):
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        total = keras.ops.cast(self.decay_steps, "float32")
        rate = keras.ops.cast(self.initial_learning_rate, "float32")
        {body}

    def get_config(self):
        return {{
            "initial_learning_rate": self.initial_learning_rate,
            "decay_steps": self.decay_steps,
        }}"""


class Formulas:
    """The formulas of a run, each with a name in its script.

    Args:
        spec: the run.

    Raises:
        LookupError: one of them is no formula.
    """

    def __init__(self, spec: RunSpec) -> None:
        self._is_full = spec.training.precision == FULL
        self._names: dict[Formula, str] = {}
        training = spec.training
        chosen = [("layers", layer.kind, layer.args) for layer in spec.model.layers]
        chosen += [("losses", training.loss.kind, training.loss.args)]
        chosen += [("optimizers", training.optimizer.kind, training.optimizer.args)]
        for found in (each for one in chosen for each in _found(*one)):
            same = sum(found.table == other.table for other in self._names)
            self._names.setdefault(found, _NAMES[found.table] + (f"_{same + 1}" if same else ""))

    def functions(self, *tables: str) -> tuple[str, ...]:
        """The definitions of those formulas whose entries stand in ``tables``."""
        return tuple(
            definition(each, name, is_full=self._is_full) for each, name in self._names.items() if each.table in tables
        )

    def in_code(self, table: str, kind: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """``args`` of the object ``kind`` of ``table`` with every formula in them as code that reads its definition."""
        entry = catalog.entry(table, kind)
        if entry is None:
            return args
        return {name: self._value(entry.param(name), value) for name, value in args.items()}

    def call_of(self, table: str, kind: str, args: Mapping[str, Any]) -> Expression:
        """The call that makes the object ``kind`` of ``table``; of a formula, that of its class.

        Raises:
            LookupError: it is not on offer, or has no such argument.
        """
        entry = catalog.entry(table, kind)
        if role_of(table, kind) is None or entry is None:
            return calls.call_of(table, kind, args)
        name = self._names[_parsed(table, args)]
        if table == "activations":
            return (name,)
        given = [param.name for param in entry.params if param.name in args and param.kind != "formula"]
        return layout.call(name, *((f"{each}=", *value_of(args[each])) for each in given))

    def _value(self, param: catalog.Param | None, value: Any) -> Any:
        if param is None or param.of is None or not isinstance(value, Mapping):
            return value
        kind, args = value.get("kind"), value.get("args") or {}
        if not isinstance(kind, str) or not isinstance(args, Mapping):
            return value
        if role_of(param.of, kind):
            return Code(self.call_of(param.of, kind, args))
        return {"kind": kind, "args": self.in_code(param.of, kind, args)}


def module(spec: RunSpec) -> str:
    """A Python module that defines the activations of ``spec`` that are formulas; empty where there is none.

    Raises:
        LookupError: one of them is no formula.
    """
    found = Formulas(spec).functions("activations")
    head = '"""The formulas of a network, registered with Keras: import this before you load its files."""'
    return "\n\n\n".join([f"{head}\n\nimport keras", *found]) + "\n" if found else ""


def definition(formula: Formula, name: str = "", *, is_full: bool = True) -> str:
    """Python that defines ``formula`` as a function or a class, registered with Keras under its text.

    Args:
        formula: what somebody wrote.
        name: what to call it; a usual name where none is given.
        is_full: whether everything is computed in 32 bits; otherwise an activation has to see to that itself.
    """
    decorator = layout.laid_out(
        layout.call("@keras.saving.register_keras_serializable", value_of("formula"), value_of(text_of(formula)))
    )
    given = {"register": decorator, "name": name or _NAMES[formula.table]}
    if formula.table == "losses":
        return _LOSS.format(body=_body(formula, 8, "return keras.ops.mean(", ", axis=-1)"), **given)
    if formula.table == "schedules":
        return _SCHEDULE.format(body=_body(formula, 8), **given)
    if is_full:
        return _ACTIVATION.format(body=_body(formula, 4), **given)
    return _NARROW_ACTIVATION.format(body=_body(formula, 4, "return keras.ops.cast(", ", dtype)"), **given)


def _body(formula: Formula, indent: int, before: str = "return ", after: str = "") -> str:
    return f"\n{' ' * indent}".join(code_of(formula, layout.WIDTH - indent, before, after))


def _found(table: str, kind: str, args: Mapping[str, Any]) -> Iterator[Formula]:
    """Every formula in the object ``kind`` of ``table``, also deep in its arguments."""
    if role_of(table, kind):
        yield _parsed(table, args)
        return
    entry = catalog.entry(table, kind)
    for name, value in args.items():
        param = entry.param(name) if entry else None
        if param is None or param.of is None or not isinstance(value, Mapping):
            continue
        inner, inside = value.get("kind"), value.get("args") or {}
        if isinstance(inner, str) and isinstance(inside, Mapping):
            yield from _found(param.of, inner, inside)


def _parsed(table: str, args: Mapping[str, Any]) -> Formula:
    try:
        return parsed(str(args.get("formula", "")), table)
    except FormulaError as error:
        raise LookupError(f"{args.get('formula')}: {error.in_words}.") from error
