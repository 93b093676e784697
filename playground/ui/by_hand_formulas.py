"""The formulas of one step with its numbers put in, as LaTeX."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from playground import catalog
from playground.locale.text import _
from playground.specs import RunSpec
from playground.ui.by_hand_latex import by, matrix, number, signed, sum_of, symbol, worded, wrapped
from playground.ui.by_hand_trace import Step, Trace

_FEW = 2  # terms that stand beside the letters they are put in for
_UNITS = 8
_SIDE = 3  # rows and columns of a matrix that is written out
_CLOSE = 1e-4


def forward(trace: Trace, step: Step, row: int) -> list[str]:
    """What each layer makes of one row of the batch, a line a unit."""
    lines, read, came = [], "x", step.x[row]
    for at, layer in enumerate(trace.layers):
        is_last = at == len(trace.layers) - 1
        values = step.values[layer["name"]]
        out = r"\hat{y}" if is_last else "h"
        after = values["out"][row]
        units = range(len(after))
        if len(trace.layers) > 1:
            lines.append(rf"\textbf{{{worded(layer['name'])}}} &")
        kernel, bias = _parts(step.before, layer)
        bent = layer["activation"]
        for unit in units[:_UNITS]:
            shown = symbol(out, (unit,), (len(after),))
            if kernel is None:
                before = symbol(read, (unit,), (len(came),))
                name = worded(bent or layer["kind"])
                lines.append(rf"{shown} &= \text{{{name}}}({before}) = {number(after[unit])}")
                continue
            sums = values.get("pre", values["out"])[row]
            whole = symbol("z", (unit,), (len(after),)) if "pre" in values else shown
            signs = [
                rf"{symbol('w', (source, unit), kernel.shape)}\,{symbol(read, (source,), (len(came),))}"
                for source in range(len(came))
            ]
            terms = [rf"{signed(kernel[source, unit])} \cdot {signed(came[source])}" for source in range(len(came))]
            if bias is not None:
                signs.append(symbol("b", (unit,), (len(bias),)))
                terms.append(signed(bias[unit]))
            if len(signs) > _FEW:
                lines += [rf"{whole} &= {sum_of(signs)}", *wrapped("&= ", terms, f" = {number(sums[unit])}")]
            else:
                lines.append(rf"{whole} &= {sum_of(signs)} = {sum_of(terms)} = {number(sums[unit])}")
            if "pre" in values:
                lines.append(rf"{shown} &= \text{{{worded(bent)}}}({whole}) = {number(after[unit])}")
        lines += _more(len(after))
        batch = step.x if at == 0 else step.values[trace.layers[at - 1]["name"]]["out"]
        if kernel is not None and bias is not None and 1 < len(batch) <= _SIDE and 1 < max(kernel.shape) <= _SIDE:
            sums = values.get("pre", values["out"])
            big = "Z" if "pre" in values else r"\hat{Y}" if is_last else "H"
            parts = (matrix(batch), matrix(kernel), matrix(np.tile(bias, (len(batch), 1))))
            lines.append(rf"{big} &= {read.upper()} W + b = {parts[0]} {parts[1]}")
            lines.append(rf"&\quad + {parts[2]} = {matrix(sums)}")
        read, came = out, after
    return lines


def loss(spec: RunSpec, step: Step, output: str) -> list[str]:
    """The loss of the batch; with its terms where there is a formula for it here."""
    entry = catalog.entry("losses", spec.training.loss.kind)
    kind = entry.id if entry is not None else spec.training.loss.kind
    answered = step.values[output]["out"]
    plain = [rf"L &= \text{{{worded(kind)}}} = {number(step.loss)}"]
    if kind not in LOSSES or answered.shape != step.y.shape:
        return plain
    term, sign, factor = LOSSES[kind]
    pairs = list(zip(step.y.ravel(), answered.ravel(), strict=True))
    if not abs(step.loss - float(np.mean([factor(y, p) for y, p in pairs]))) <= _CLOSE * max(1.0, step.loss):
        return plain  # penalties, or arguments of the loss, have a part in it
    n = rf"\frac{{1}}{{{len(pairs)}}} " if len(pairs) > 1 else ""
    total = r"\sum " if len(pairs) > 1 else ""
    terms = [term(signed(y), number(p)) for y, p in pairs]
    if len(pairs) == 1:
        return [rf"L &= {sign}", rf"&= {terms[0]} = {number(step.loss)}"]
    lines = wrapped(rf"&= {n}\big[", terms, rf"\big] = {number(step.loss)}")
    return [rf"L &= {n}{total}{sign}", *lines]


def backward(trace: Trace, step: Step, row: int) -> list[str]:
    """What the loss changes with each output of the row and with each weight, from the last layer to the first."""
    lines = []
    for at in range(len(trace.layers) - 1, -1, -1):
        layer = trace.layers[at]
        values = step.values[layer["name"]]
        out = r"\hat{y}" if at == len(trace.layers) - 1 else "h"
        n = values["out"].shape[1]
        if len(trace.layers) > 1:
            lines.append(rf"\textbf{{{worded(layer['name'])}}} &")
        for unit in range(min(n, _UNITS)):
            said = [rf"{by(symbol(out, (unit,), (n,)))} &= {number(values['d_out'][row, unit])}"]
            if "d_pre" in values:
                said.append(rf"{by(symbol('z', (unit,), (n,)))} = {number(values['d_pre'][row, unit])}")
            lines.append(r",\quad ".join(said))
        kernel, bias = _parts(step.gradients, layer)
        if kernel is not None:
            came = step.x if at == 0 else step.values[trace.layers[at - 1]["name"]]["out"]
            lines += _weights_back(kernel, bias, came, values.get("d_pre", values["d_out"]))
    return lines


def _weights_back(kernel: np.ndarray, bias: np.ndarray | None, came: np.ndarray, back: np.ndarray) -> Iterator[str]:
    """The gradient of each weight as a sum over the rows of the batch."""
    for unit in range(min(kernel.shape[1], _UNITS)):
        for source in range(min(kernel.shape[0], _UNITS)):
            terms = [rf"{signed(d)} \cdot {signed(x)}" for d, x in zip(back[:, unit], came[:, source], strict=True)]
            rest = kernel[source, unit] - float(back[:, unit] @ came[:, source])
            name = symbol("w", (source, unit), kernel.shape)
            yield from _gradient(name, terms, rest, kernel[source, unit])
        if bias is not None:
            terms = [signed(d) for d in back[:, unit]]
            rest = bias[unit] - float(back[:, unit].sum())
            yield from _gradient(symbol("b", (unit,), bias.shape), terms, rest, bias[unit])


def _gradient(name: str, terms: Sequence[str], rest: float, value: float) -> list[str]:
    more = rf" + {number(rest)}\ \text{{{worded(_('penalty'))}}}" if abs(rest) > _CLOSE else ""
    if len(terms) == 1 and not more and r"\cdot" not in terms[0]:
        return [rf"{by(name)} &= {number(value)}"]
    return wrapped(rf"{by(name)} &= ", terms, f"{more} = {number(value)}")


def update(trace: Trace, step: Step) -> list[str]:
    """What the optimizer makes of each weight."""
    lines = []
    for layer in trace.layers:
        kernel, _bias = _parts(step.before, layer)
        if len(trace.layers) > 1 and layer["weights"]:
            lines.append(rf"\textbf{{{worded(layer['name'])}}} &")
        for weight in layer["weights"]:
            before, gradient, after = (each[weight] for each in (step.before, step.gradients, step.after))
            letter = "b" if before.ndim == 1 and kernel is not None else "w"
            for index in list(np.ndindex(before.shape))[: _UNITS * 2]:
                name = symbol(letter, index, before.shape)
                old, new, slope = float(before[index]), float(after[index]), float(gradient[index])
                if abs(old - step.rate * slope - new) <= 1e-6 * max(1.0, abs(old)):
                    rule = rf"{name} - \eta\,{by(name)}"
                    put_in = rf"{number(old)} - {number(step.rate)} \cdot {signed(slope)}"
                else:
                    rule, put_in = rf"{name} + \Delta {name}", rf"{number(old)} + {signed(new - old)}"
                lines.append(rf"{name} &\leftarrow {rule} = {put_in} = \mathbf{{{number(new)}}}")
    return lines


def _parts(
    weights: Mapping[str, np.ndarray], layer: Mapping[str, object]
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Kernel and bias of a layer; ``None`` for what it has not."""
    name = layer["name"]
    return weights.get(f"{name}/kernel"), weights.get(f"{name}/bias")


def _more(n: int) -> list[str]:
    return [rf"&\ \dots\ ({n - _UNITS})"] if n > _UNITS else []


_Loss = tuple[Callable[[str, str], str], str, Callable[[float, float], float]]
_TINY = 1e-7

LOSSES: Mapping[str, _Loss] = {
    "MeanSquaredError": (
        lambda y, p: rf"({p} - {y})^2",
        r"(\hat{y} - y)^2",
        lambda y, p: (p - y) ** 2,
    ),
    "MeanAbsoluteError": (
        lambda y, p: rf"|{p} - {y}|",
        r"|\hat{y} - y|",
        lambda y, p: abs(p - y),
    ),
    "BinaryCrossentropy": (
        lambda y, p: rf"-\ln {p}" if y == "1.00" else rf"-\ln(1 - {p})",
        r"-\left[y \ln \hat{y} + (1 - y) \ln (1 - \hat{y})\right]",
        lambda y, p: -math.log(max(_TINY, p if y >= 1 else 1 - p)),
    ),
}
"""By loss: a term in numbers, the term in signs, and its value for a target and an answer."""
