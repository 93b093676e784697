"""A formula as text again: as people write it, and as Python that calls ``keras.ops``."""

from collections.abc import Iterator
from dataclasses import dataclass

from playground.catalog.formulas import COMPARISONS, CONSTANTS, FUNCTIONS
from playground.specs.formulas.tree import MINUS, Apply, Formula, Name, Node, Number

_LOWEST, _SUM, _PRODUCT, _SIGNED, _POWER, _ATOM = range(6)
_BINDS = {**dict.fromkeys(COMPARISONS, _LOWEST), "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}


@dataclass(frozen=True, slots=True)
class _Style:
    is_code: bool

    def number(self, value: float) -> str:
        return repr(value) if self.is_code else repr(value).removesuffix(".0")

    def name(self, name: str) -> str:
        return f"np.{name}" if self.is_code and name in CONSTANTS else name

    def call(self, what: str, given: str) -> str:
        if not self.is_code:
            return f"{what}({given})"
        return f"keras.ops.{what}({given}{', axis=-1, keepdims=True' if FUNCTIONS[what].is_across else ''})"


_TEXT, _CODE = _Style(is_code=False), _Style(is_code=True)


def text_of(formula: Formula) -> str:
    """The one way to write ``formula``, which reads as the same formula: ``x * sigmoid(b * x) with b = 1``."""
    values = ", ".join(f"{name} = {_TEXT.number(value)}" for name, value in formula.parameters)
    return _written(formula.tree, _TEXT) + (f" with {values}" if values else "")


def code_of(formula: Formula, width: int, before: str = "return ", after: str = "") -> list[str]:
    """Lines of Python that end with the value of ``formula``: first its parameters, then parts of what is too long.

    They call ``keras.ops``, read the variables by their names, and are laid out as formatters have them.

    Args:
        formula: what to write.
        width: columns of a line.
        before: what stands before the value.
        after: what stands behind it.
    """
    lines = [f"{name} = {_CODE.number(value)}" for name, value in formula.parameters]
    tree, taken = formula.tree, set(formula.values)
    number = 0
    while len(before + _written(tree, _CODE) + after) > width:
        number += 1
        while f"part_{number}" in taken:
            number += 1
        name = f"part_{number}"
        fitting = [each for each in _inside(tree) if len(name) + 3 + len(_written(each, _CODE)) <= width]
        if not fitting:
            break
        part = max(fitting, key=lambda each: len(_written(each, _CODE)))
        lines.append(f"{name} = {_written(part, _CODE)}")
        tree = _put(tree, part, Name(name))
    return [*lines, f"{before}{_written(tree, _CODE)}{after}"]


def _inside(node: Node) -> Iterator[Node]:
    """The operations within ``node``, without itself."""
    if isinstance(node, Apply):
        for each in node.to:
            if isinstance(each, Apply):
                yield each
                yield from _inside(each)


def _put(node: Node, old: Node, new: Node) -> Node:
    """``node`` with ``new`` wherever it has ``old``."""
    if node == old:
        return new
    return Apply(node.what, tuple(_put(each, old, new) for each in node.to)) if isinstance(node, Apply) else node


def _written(node: Node, style: _Style, least: int = _LOWEST) -> str:
    """``node``, in brackets where it binds less than ``least``."""
    match node:
        case Number(value):
            return style.number(value)
        case Name(name):
            return style.name(name)
        case Apply(what, to) if what in FUNCTIONS:
            return style.call(what, ", ".join(_written(each, style) for each in to))
        case Apply(what, (inner,)):  # formatters put a power after a minus into brackets
            written, binds = f"-{_written(inner, style, _ATOM if _is_power(inner) else _SIGNED)}", _SIGNED
        case Apply(what, (left, right)):
            binds = _BINDS[what]
            first = _written(left, style, _ATOM if what == "**" else binds)
            second = _written(right, style, _SIGNED if what == "**" else binds + 1)
            space = "" if what == "**" and _is_simple(left) and _is_simple(right) else " "
            written = f"{first}{space}{what}{space}{second}"
        case _:
            raise AssertionError(f"{node} is no part of a formula")
    return f"({written})" if binds < least else written


def _is_power(node: Node) -> bool:
    return isinstance(node, Apply) and node.what == "**"


def _is_simple(node: Node) -> bool:
    """Whether formatters write a power of it without spaces."""
    return _is_simple(node.to[0]) if isinstance(node, Apply) and node.what == MINUS else not isinstance(node, Apply)
