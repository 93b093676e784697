"""The part of a script that defines the model: a chain as Sequential, anything else with the functional API."""

import ast
import builtins
import keyword
from collections.abc import Mapping

from playground import catalog
from playground.data import outline
from playground.export import layout
from playground.export.backbones import function_of
from playground.export.calls import call_of, value_of
from playground.export.formulas import Formulas
from playground.export.layout import Expression, Group
from playground.specs import LayerSpec, RunSpec
from playground.specs.run_spec import FULL

_INPUT = "input"
_LONGEST = 30  # letters of a variable; longer ones would have the formatter put brackets around what they are given
_AMBIGUOUS = {"l", "O", "I"}


def model(spec: RunSpec, rest: str, formulas: Formulas) -> str:
    """The lines that end with ``model``, which is not compiled yet.

    Args:
        spec: the run.
        rest: the other lines of the script, whose names are taken.
        formulas: those of the run, which the script defines.

    Raises:
        DataError, LookupError: something in the spec is not on offer.
    """
    facts = outline(spec.dataset)
    dtype = [("dtype=", *value_of(facts.input_dtype))] if facts.input_dtype != "float32" else []
    source = layout.call("keras.Input", value_of(facts.input_shape), *dtype, ("name=", *value_of(_INPUT)))
    layers = spec.model.layers
    full = {} if spec.training.precision == FULL else {"dtype": FULL}
    made = [_made(layer, full if layer is layers[-1] else {}, formulas) for layer in layers]
    is_chain = not any(layer.inputs or _reading(layer) != catalog.Reading() or _is_network(layer) for layer in layers)
    code = _chain([source, *made]) if is_chain else _graph(layers, source, made, rest)
    lines = [code, "model.summary()"]
    if spec.model.weights is not None:
        lines += [
            "# Training starts from these weights: put the file beside this one.",
            f"model.load_weights(\n    {value_of(spec.model.weights + '.weights.h5')[0]}\n)",
        ]
    return "\n".join(lines)


def _chain(made: list[Expression]) -> str:
    rows = [f"        {layout.laid_out(each, 8, ',')}," for each in made]
    return "\n".join(["model = keras.Sequential(", "    [", *rows, "    ]", ")"])


def _graph(layers: tuple[LayerSpec, ...], source: Expression, made: list[Expression], rest: str) -> str:
    taken = {"inputs", "model", *_names(rest)}
    lines = [layout.laid_out(("inputs = ", *source))]
    names = {_INPUT: "inputs"}
    last = "inputs"
    for layer, expression in zip(layers, made, strict=True):
        for name in layer.inputs:
            if name not in names:
                raise LookupError(f"{layer.name} reads {name}, which is not a layer before it.")
        read = [names[name] for name in layer.inputs] or [last]
        last = names[layer.name] = _variable(layer.name, taken)
        taken.add(last)
        lines.append(layout.laid_out((f"{last} = ", *expression, Group("()", _given(layer, read), is_call=True))))
    lines.append(layout.laid_out(("model = ", *layout.call("keras.Model", ("inputs",), (last,)))))
    return "\n".join(lines)


def _is_network(layer: LayerSpec) -> bool:
    return layer.kind in catalog.BACKBONES


def _made(layer: LayerSpec, more: Mapping[str, str], formulas: Formulas) -> Expression:
    if _is_network(layer):
        return (function_of(layer),)
    return call_of("layers", layer.kind, formulas.in_code("layers", layer.kind, layer.args), name=layer.name, **more)


def _reading(layer: LayerSpec) -> catalog.Reading:
    entry = catalog.entry("layers", layer.kind)
    return entry.reading if entry else catalog.Reading()


def _given(layer: LayerSpec, read: list[str]) -> tuple[Expression, ...]:
    """The arguments of the layer's call, in the form that its class wants."""
    reading = _reading(layer)
    given = tuple((name,) for name in reading.given(read))
    entry = catalog.entry("layers", layer.kind)
    called = entry.called_with(layer.args) if entry else {}
    how = tuple((f"{name}=", *value_of(value)) for name, value in called.items())
    return ((Group("[]", given),), *how) if reading.form == "list" else (*given, *how)


def _variable(name: str, taken: set[str]) -> str:
    """A name for a layer's output that means nothing else in the script."""
    variable = name[:_LONGEST]
    number = 1
    while variable in taken or keyword.iskeyword(variable) or variable in _AMBIGUOUS or hasattr(builtins, variable):
        number += 1
        variable = f"{name[: _LONGEST - 4]}_" if number == 2 else f"{name[: _LONGEST - 4]}_{number}"
    return variable


def _names(source: str) -> set[str]:
    """Every name that ``source`` uses or makes."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name)
    return found
