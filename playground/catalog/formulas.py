"""Formulas that people write: what may stand in one, and the places that take one.

A formula is data in a grammar of its own (:mod:`playground.specs.formulas`), never a piece of Python. Its functions are
those of ``keras.ops`` with the same names, and no others.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.catalog.entry import Entry, Param

LONGEST = 200
"""Characters of a formula."""

FORMULA = "Formula"
"""The id of the entry in each table that takes a formula."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of ``keras.ops`` that a formula may call.

    Attributes:
        name: Keras's own.
        takes: what each argument is called.
        summary: what it gives back, in a few words.
        is_across: whether it looks along the last axis and gives one value for all of it.
    """

    name: str
    takes: tuple[str, ...]
    summary: str
    is_across: bool = False


_ONE, _TWO = ("a",), ("a", "b")

FUNCTIONS: Mapping[str, Function] = {
    each.name: each
    for each in (
        Function("exp", _ONE, "e to the power of a"),
        Function("expm1", _ONE, "exp(a) - 1, exact near 0"),
        Function("log", _ONE, "the natural logarithm"),
        Function("log1p", _ONE, "log(1 + a), exact near 0"),
        Function("sqrt", _ONE, "the square root"),
        Function("square", _ONE, "a times a"),
        Function("abs", _ONE, "the size without the sign"),
        Function("sign", _ONE, "-1, 0 or 1"),
        Function("floor", _ONE, "the whole number below"),
        Function("minimum", _TWO, "the smaller of two"),
        Function("maximum", _TWO, "the larger of two"),
        Function("clip", ("a", "low", "high"), "a, kept between low and high"),
        Function("where", ("test", "a", "b"), "a where a test such as x > 0 holds, b elsewhere"),
        Function("sigmoid", _ONE, "an S from 0 to 1"),
        Function("tanh", _ONE, "an S from -1 to 1"),
        Function("relu", _ONE, "zero below zero, unchanged above"),
        Function("softplus", _ONE, "a relu with its corner rounded"),
        Function("softsign", _ONE, "an S with long, slow tails"),
        Function("erf", _ONE, "the error function"),
        Function("sin", _ONE, "the sine"),
        Function("cos", _ONE, "the cosine"),
        Function("tan", _ONE, "the tangent"),
        Function("arctan", _ONE, "the angle of a tangent"),
        Function("sinh", _ONE, "the hyperbolic sine"),
        Function("cosh", _ONE, "the hyperbolic cosine"),
        Function("sum", _ONE, "the sum along the last axis", is_across=True),
        Function("mean", _ONE, "the mean along the last axis", is_across=True),
    )
}
"""By name, in the order in which people are told of them."""

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
"""Numbers that have a name."""

COMPARISONS = ("<", "<=", ">", ">=")
"""What a test, the first argument of ``where``, may compare with."""


@dataclass(frozen=True, slots=True)
class Role:
    """A place that takes a formula.

    Attributes:
        table: the catalogue's table that its entry stands in.
        variables: what it may read, and what each of them is.
        needs: those of them that it must read.
        is_across: whether functions along the last axis make sense.
        is_each: whether it must give a value for each value that it reads, not one for all of them.
        examples: formulas to begin with, by the name people know them by.
        offered: those examples that lists of the entries have too, since Keras has nothing like them, and what each of
            them does.
    """

    table: str
    variables: Mapping[str, str]
    needs: tuple[str, ...]
    is_across: bool
    is_each: bool
    examples: Mapping[str, str] = field(hash=False)
    offered: Mapping[str, str] = field(default_factory=dict, hash=False)


ROLES: Mapping[str, Role] = {
    each.table: each
    for each in (
        Role(
            "activations",
            {"x": "the value that it bends"},
            ("x",),
            is_across=True,
            is_each=True,
            examples={
                "Swish": "x * sigmoid(b * x) with b = 1",
                "Mish": "x * tanh(softplus(x))",
                "Softplus": "log(1 + exp(-abs(x))) + maximum(x, 0)",
                "Gaussian": "exp(-(x / s)**2) with s = 1",
                "Leaky ReLU": "where(x > 0, x, a * x) with a = 0.1",
                "Snake": "x + sin(a * x)**2 / a with a = 1",
                "Softmax": "exp(x) / sum(exp(x))",
            },
        ),
        Role(
            "losses",
            {"y_true": "the target", "y_pred": "the prediction"},
            ("y_true", "y_pred"),
            is_across=True,
            is_each=False,
            examples={
                "Squared error": "(y_true - y_pred)**2",
                "Huber, smooth": "d**2 * (sqrt(1 + ((y_true - y_pred) / d)**2) - 1) with d = 1",
                "Quantile": "maximum(q * (y_true - y_pred), (q - 1) * (y_true - y_pred)) with q = 0.9",
                "Cross entropy": "-y_true * log(clip(y_pred, c, 1)) - (1 - y_true) * log(clip(1 - y_pred, c, 1)) "
                "with c = 1e-7",
                "Focal": "-abs(y_true - y_pred)**g * log(clip(1 - abs(y_true - y_pred), c, 1)) with g = 2, c = 1e-7",
            },
        ),
        Role(
            "schedules",
            {
                "step": "the number of the step, from 0",
                "total": "the steps of the whole training",
                "rate": "the learning rate to begin with",
            },
            ("rate",),
            is_across=False,
            is_each=True,
            examples={
                "Cosine": "rate * (1 + cos(pi * minimum(step / total, 1))) / 2",
                "Warm-up, then constant": "rate * minimum((step + 1) / (warmup * total), 1) with warmup = 0.1",
                "Warm-up, then linear": "rate * maximum(minimum((step + 1) / (warmup * total), "
                "(1 - step / total) / (1 - warmup)), 0) with warmup = 0.1",
                "Warm-up, then cosine": "rate * minimum((step + 1) / (warmup * total), 1) * "
                "(1 + cos(pi * clip((step / total - warmup) / (1 - warmup), 0, 1))) / 2 with warmup = 0.1",
                "Warm-up, then inverse root": "rate * minimum((step + 1) / (warmup * total), "
                "sqrt(warmup * total / (step + 1))) with warmup = 0.1",
                "Stairs": "rate * f**floor(n * step / total) with f = 0.5, n = 5",
                "Inverse root": "rate / sqrt(1 + step / (w * total)) with w = 0.05",
            },
            offered={
                "Warm-up, then constant": "Rises during the share warmup of all steps, then stays.",
                "Warm-up, then linear": "Rises during the share warmup of all steps, then falls in a line to 0.",
                "Warm-up, then cosine": "Rises during the share warmup of all steps, then falls along half a "
                "cosine to 0.",
                "Warm-up, then inverse root": "Rises during the share warmup of all steps, then falls with the square "
                "root of the step, as for the first Transformer.",
            },
        ),
    )
}
"""By table."""

_TEXT = Param(
    "formula",
    "formula",
    required=True,
    label="Formula",
    help="In a small language of its own: numbers, + - * / **, functions of keras.ops, and parameters with a value "
    "each after the word with. The page Formula says what may be used, and draws it.",
    basic=True,
)


def _entry(table: str, summary: str, *params: Param, tasks: tuple[str, ...] = ()) -> Entry:
    usual = {"formula": next(iter(ROLES[table].examples.values()))}
    return Entry(
        FORMULA,
        table,
        "Your own",
        "Your own formula",
        summary,
        (*params, _TEXT),
        tasks=tasks,
        url="https://keras.io/api/ops/",
        usual=usual,
    )


FORMULAS: Mapping[str, tuple[Entry, ...]] = {
    "activations": (_entry("activations", "A function of x that you write yourself."),),
    "losses": (_entry("losses", "A function of y_true and y_pred that you write yourself; its mean is the loss."),),
    "schedules": (
        _entry(
            "schedules",
            "A function of step, total and rate that you write yourself.",
            Param(
                "initial_learning_rate",
                "float",
                required=True,
                minimum=0.0,
                exclusive=True,
                label="First learning rate",
                help="What the formula calls rate.",
                basic=True,
            ),
            Param(
                "decay_steps",
                "int",
                required=True,
                minimum=1,
                label="Steps",
                help="What the formula calls total: the steps of the whole training.",
                basic=True,
            ),
        ),
    ),
}
"""The entries, by table."""


def role_of(table: str, kind: str) -> Role | None:
    """The role of the entry ``kind`` of ``table``; ``None`` if it takes no formula."""
    return ROLES.get(table) if kind == FORMULA else None


def offered(table: str) -> Mapping[str, str]:
    """The formulas that a list of the entries of ``table`` has beside these, by name; mostly none."""
    role = ROLES.get(table)
    return {name: role.examples[name] for name in role.offered} if role is not None else {}
