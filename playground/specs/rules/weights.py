"""What weights start from, and what holds them back."""

from collections.abc import Iterator

from playground import catalog
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.chosen import chosen, is_object
from playground.specs.rules.mend import with_args
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import Wired, Wiring
from playground.specs.run_spec import RunSpec

_STARTS = ("kernel_initializer", "depthwise_initializer", "pointwise_initializer")
_ALL_THE_SAME = frozenset({"Zeros", "Ones", "Constant"})
_STRONG = 0.1


def identical_units(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Hidden units that all start with the same weights, and so stay copies of one."""
    wiring = Wiring(spec)
    for wired in wiring:
        width = wired.value("units") or wired.value("filters")
        start = _initializer(wired, "kernel_initializer")
        if start not in _ALL_THE_SAME or wiring.is_last(wired) or width == 1:
            continue
        place = f"{wired.place}.kernel_initializer"
        reason = (
            f"{place}: expected random weights to start from, received {start}; units that start the same get the "
            "same gradient and stay the same"
        )
        yield Problem("identical-units", place, reason, False, with_args(spec, wired.number, kernel_initializer=None))


def identity_kernel(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """An identity matrix to start the window of a convolution from, which has too many axes for one."""
    for wired in Wiring(spec):
        for name in _STARTS:
            if wired.value("kernel_size") is not None and _initializer(wired, name) == "Identity":
                place = f"{wired.place}.{name}"
                reason = (
                    f"{place}: expected an initializer for weights of any shape, received Identity, which makes "
                    "square matrices only"
                )
                yield Problem("identity-kernel", place, reason, True, with_args(spec, wired.number, **{name: None}))


def selu_start(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """SELU on weights that do not start as its derivation asks, LeCun normal.

    Klambauer et al. 2017, https://arxiv.org/abs/1706.02515.
    """
    for wired in Wiring(spec):
        start = _initializer(wired, "kernel_initializer")
        if wired.activation == "selu" and start not in (None, "LecunNormal"):
            place = f"{wired.place}.kernel_initializer"
            reason = (
                f"{place}: expected LecunNormal with selu, received {start}; only so do its values keep mean 0 and "
                "variance 1 from layer to layer"
            )
            fix = with_args(spec, wired.number, kernel_initializer="LecunNormal")
            yield Problem("selu-start", place, reason, False, fix)


def strong_penalty(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A penalty on weights so large that fitting the data hardly counts."""
    for each in chosen(spec):
        if each.table != "regularizers" or each.entry is None or not each.kind_field:
            continue
        for param in each.entry.params:
            value = each.args.get(param.name, param.default)
            if param.kind != "float" or not isinstance(value, float) or value <= _STRONG:
                continue
            place = each.at(param.name)
            reason = f"{place}: expected at most {_STRONG:g}, received {value:g}; the weights would be pressed to zero"
            usual = param.default if isinstance(param.default, float) and 0 < param.default <= _STRONG else 0.01
            fix = with_value(spec, f"{each.path}.args.{param.name}", usual)
            yield Problem("strong-penalty", place, reason, False, fix)


def _initializer(wired: Wired, name: str) -> str | None:
    """The id of the initializer ``name`` of a layer; ``None`` where it has none or it is not known."""
    value = wired.value(name)
    kind = value["kind"] if is_object(value) else value
    entry = catalog.entry("initializers", kind) if isinstance(kind, str) else None
    return entry.id if entry else None
