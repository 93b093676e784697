"""What the grammar cannot say: names, numbers of arguments, shapes, and numbers that no computer has."""

import difflib
import keyword
import math
import operator
import re
from collections.abc import Callable, Mapping

from playground.catalog.formulas import COMPARISONS, CONSTANTS, FUNCTIONS, Function, Role
from playground.specs.formulas.errors import FormulaError
from playground.specs.formulas.tree import MINUS, SIGNS, Apply, Formula, Name, Node, Number, walk

LARGEST = 3.4e38
"""What 32 bits hold, which is what networks compute in."""

_LONGEST_NAME = 20
_TAKEN = frozenset({"keras", "np", "l", "I", "O", "with"})
"""Names that mean something else in code, or cannot be told from 1 and 0."""

_ONE, _ACROSS, _EACH = range(3)
"""Shapes: one number, one value for the last axis, a value for each."""

_SHAPE_WORDS = "a value for each value that it reads"
_OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}


def checked(formula: Formula, role: Role, text: str) -> Formula:
    """``formula`` itself, which means something in ``role``.

    Raises:
        FormulaError: it does not.
    """
    _parameters(formula, role, text)
    for node in walk(formula.tree):
        match node:
            case Name(name, at):
                _known(name, at, formula, role, text)
            case Apply(what, to, at) if what in FUNCTIONS:
                _called(FUNCTIONS[what], to, at, role)
            case Apply(what, _to, at) if what not in (*SIGNS, *COMPARISONS, MINUS):
                raise _no_function(what, at, text)
    shape = _shape(formula.tree, role)
    _constant(formula.tree, formula.values)
    read = {node.name for node in walk(formula.tree) if isinstance(node, Name)}
    for name in role.needs:
        if name not in read:
            raise FormulaError(f"expected a formula that reads {name}, received one without it", 0, len(text))
    if role.is_each and shape < _EACH:
        raise FormulaError(f"expected {_SHAPE_WORDS}, received one for the whole last axis", 0, len(text))
    return formula


def _parameters(formula: Formula, role: Role, text: str) -> None:
    read = {node.name for node in walk(formula.tree) if isinstance(node, Name)}
    for name in formula.values:
        at = [found.start() for found in re.finditer(rf"\b{name}\s*=", text)][-1]
        if name in role.variables:
            raise FormulaError(f"{name} is {role.variables[name]}; a parameter needs another name", at, len(name))
        if name in CONSTANTS or name in FUNCTIONS or name in _TAKEN or keyword.iskeyword(name):
            raise FormulaError(f"{name} means something already; a parameter needs another name", at, len(name))
        if len(name) > _LONGEST_NAME:
            raise FormulaError(f"expected a name of at most {_LONGEST_NAME} letters", at, len(name))
        if name not in read:
            raise FormulaError(f"{name} has a value, and the formula does not read it", at, len(name))


def _known(name: str, at: int, formula: Formula, role: Role, text: str) -> None:
    known = {*role.variables, *CONSTANTS, *formula.values}
    if name in known:
        return
    if name in FUNCTIONS:
        takes = ", ".join(FUNCTIONS[name].takes)
        raise FormulaError(f"{name} is a function: write {name}({takes})", at, len(name))
    fix = ""
    if len(name) <= _LONGEST_NAME and name not in _TAKEN and not keyword.iskeyword(name):
        fix = f"{text.rstrip()}{',' if formula.parameters else ' with'} {name} = 1"
    variables = ", ".join(role.variables)
    hint = f"it may read {variables}; a parameter needs a value: with {name} = 1"
    raise FormulaError(f"nothing is known of {name}; {hint}", at, len(name), fix)


def _called(function: Function, to: tuple[Node, ...], at: int, role: Role) -> None:
    name = function.name
    if function.is_across and not role.is_across:
        raise FormulaError(f"{name} looks along an axis, and here is one number only", at, len(name))
    if len(to) != len(function.takes):
        wanted = f"{name}({', '.join(function.takes)})"
        raise FormulaError(f"expected {wanted}, received {len(to)} values in the brackets", at, len(name))
    for number, each in enumerate(to):
        is_test = isinstance(each, Apply) and each.what in COMPARISONS
        if is_test and function.takes[number] != "test":
            raise FormulaError("a comparison can only stand first in where(test, a, b)", each.at)
        if not is_test and function.takes[number] == "test":
            raise FormulaError("expected a test such as x > 0 first in where(test, a, b)", each.at)


def _shape(node: Node, role: Role) -> int:
    if not isinstance(node, Apply):
        return _EACH if isinstance(node, Name) and node.name in role.variables else _ONE
    found = max(_shape(each, role) for each in node.to)
    if node.what not in FUNCTIONS or not FUNCTIONS[node.what].is_across:
        return found
    if found == _ONE:
        raise FormulaError(f"{node.what} looks along an axis, and a number has none", node.at, len(node.what))
    return _ACROSS


def _constant(node: Node, values: Mapping[str, float]) -> float | None:
    """The value of what is made of numbers and signs alone, which must be a number; ``None`` of anything else."""
    match node:
        case Number(value):
            return value
        case Name(name):
            return values.get(name, CONSTANTS.get(name))
        case Apply(what, to, at):
            parts = [_constant(each, values) for each in to]
            if what == MINUS:
                return None if parts[0] is None else -parts[0]
            if what not in _OPERATORS or parts[0] is None or parts[1] is None:
                return None
            try:
                found = _OPERATORS[what](parts[0], parts[1])
            except ArithmeticError:
                found = math.nan
            if isinstance(found, complex) or not abs(found) <= LARGEST:
                raise FormulaError(f"{parts[0]:g} {what} {parts[1]:g} is no number", at, len(what))
            return found


def _no_function(name: str, at: int, text: str) -> FormulaError:
    starts = [each for each in FUNCTIONS if each.startswith(name)]
    close = difflib.get_close_matches(name, FUNCTIONS, n=2, cutoff=0.5)
    found = list(dict.fromkeys([*starts, *close]))[:2]
    hint = f"did you mean {' or '.join(found)}?" if found else f"there are {', '.join(FUNCTIONS)}"
    fix = text[:at] + found[0] + text[at + len(name) :] if found else ""
    return FormulaError(f"there is no function {name}; {hint}", at, len(name), fix)
