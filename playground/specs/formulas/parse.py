"""The text of a formula as a tree, or what is wrong with it and where."""

import functools
import unicodedata
from typing import Any

from lark import Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from playground.catalog.formulas import LONGEST, ROLES
from playground.specs.formulas.checks import LARGEST, checked
from playground.specs.formulas.errors import FormulaError
from playground.specs.formulas.grammar import parser
from playground.specs.formulas.tree import MINUS, Apply, Formula, Name, Node, Number, walk

__all__ = ["FormulaError", "parsed"]

_SAME = {"×": "*", "·": "*", "−": "-", "÷": "/", "²": "**2", "π": "pi"}
"""Signs that people write, and what they are here."""
_DEEPEST = 30
_MOST = 120


@functools.lru_cache(maxsize=1024)
def parsed(text: str, table: str) -> Formula:
    """The formula ``text`` of the role that stands in the catalogue's ``table``.

    Nothing is evaluated: the text is read in a grammar of its own, and every name in it must be in a closed list.

    Raises:
        FormulaError: it is no formula of that role; says why, where, and what would mend it where that is plain.
    """
    role = ROLES[table]
    if len(text) > LONGEST:
        raise FormulaError(f"expected at most {LONGEST} characters, received {len(text):,}", LONGEST, len(text))
    for at, letter in enumerate(text):
        if not " " <= letter <= "~" and letter != "\t":
            raise FormulaError(f"{_called(letter)} cannot stand in a formula", at, fix=_plain(text))
    if not text.strip():
        raise FormulaError("expected a formula, received nothing", fix=next(iter(role.examples.values())))
    try:
        whole = parser().parse(text)
    except UnexpectedInput as error:
        raise _unexpected(error, text) from None
    tree = _node(whole.children[0], 0)
    if sum(1 for _each in walk(tree)) > _MOST:
        raise FormulaError(f"expected at most {_MOST} numbers, names and signs", 0, len(text))
    return checked(Formula(tree, _values(whole.children[1:]), table), role, text)


def _node(found: Any, depth: int) -> Node:
    at = found.meta.start_pos
    if depth > _DEEPEST:
        raise FormulaError(f"expected at most {_DEEPEST} brackets and signs inside each other", at)
    match found:
        case Tree(data="number", children=[Token() as token]):
            return Number(_number(token), at)
        case Tree(data="name", children=[token]):
            return Name(str(token), at)
        case Tree(data="before", children=[_sign, inner]):
            return Apply(MINUS, (_node(inner, depth + 1),), at)
        case Tree(data="between", children=[left, Token() as sign, right]):
            return Apply(str(sign), (_node(left, depth + 1), _node(right, depth + 1)), sign.start_pos or 0)
        case Tree(data="call", children=[name, *given]):
            return Apply(str(name), tuple(_node(each, depth + 1) for each in given), at)
    raise AssertionError(f"the grammar has {found.data}, which nobody reads")


def _values(found: list[Any]) -> tuple[tuple[str, float], ...]:
    values: dict[str, float] = {}
    for each in found:
        if isinstance(each, Token):
            continue  # the word "with"
        name, *sign, number = each.children
        if name in values:
            raise FormulaError(f"{name} has two values", name.start_pos, len(name))
        values[str(name)] = -_number(number) if sign else _number(number)
    return tuple(values.items())


def _number(token: Token) -> float:
    value = float(token)
    if not value <= LARGEST:
        raise FormulaError(f"{token} is larger than any number of 32 bits", token.start_pos or 0, len(token))
    return value


def _unexpected(error: UnexpectedInput, text: str) -> FormulaError:
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        at, length = error.token.start_pos or 0, len(error.token)
        return FormulaError(f"{_spelled(str(error.token))} does not belong here", at, length, _mended(text, at))
    if isinstance(error, UnexpectedCharacters):
        at = error.pos_in_stream or 0
        return FormulaError(f"{_spelled(text[at])} cannot stand here", at, fix=_mended(text, at))
    missing = text.count("(") - text.count(")")
    said = "a bracket is not closed" if missing > 0 else "something is missing at the end"
    return FormulaError(said, len(text.rstrip()), fix=text.rstrip() + ")" * missing if missing > 0 else "")


def _mended(text: str, at: int) -> str:
    """The text with what people write for a power, or for a product, as it is written here; empty for anything else."""
    if text[at] == "^":
        return text.replace("^", "**")
    before = text[:at].rstrip()
    is_product = (text[at].isalpha() or text[at] == "(") and before and (before[-1].isdigit() or before[-1] == ")")
    return f"{before} * {text[at:]}" if is_product else ""


def _plain(text: str) -> str:
    """The text with signs that only look different as they are written here; empty where other letters are left."""
    found = "".join(_SAME.get(letter, letter) for letter in text)
    return found if found.isascii() and found.isprintable() else ""


def _called(letter: str) -> str:
    return f"{_spelled(letter)} ({unicodedata.name(letter, 'a sign without a name').lower()})"


def _spelled(text: str) -> str:
    return f"“{text}”" if text.isprintable() else "a sign that cannot be seen"
