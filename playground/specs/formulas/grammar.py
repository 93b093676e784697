"""The grammar of formulas, for a parser generator; nothing that it does not describe is ever taken in."""

import functools

from lark import Lark

_GRAMMAR = r"""
start: sum [WITH value ("," value)*]
value: NAME "=" [MINUS] NUMBER

?sum: product
    | sum PLUS product  -> between
    | sum MINUS product -> between
?product: signed
    | product TIMES signed -> between
    | product OVER signed  -> between
?signed: power
    | MINUS signed -> before
?power: atom
    | atom POWER signed -> between
?atom: NUMBER -> number
    | NAME -> name
    | NAME "(" [given ("," given)*] ")" -> call
    | "(" sum ")"
?given: sum
    | sum COMPARISON sum -> between

WITH.2: /with(?![A-Za-z0-9_])/
NAME: /[A-Za-z][A-Za-z0-9_]*/
NUMBER: /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/
COMPARISON: /[<>]=?/
POWER.2: "**"
TIMES: "*"
OVER: "/"
PLUS: "+"
MINUS: "-"
%ignore /[ \t]+/
"""


@functools.cache
def parser() -> Lark:
    """The parser, made once; it takes a time that grows with the length of the text and no faster."""
    return Lark(_GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=False)
