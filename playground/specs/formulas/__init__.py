"""Formulas that people write: read, checked, written again, and worked out without Keras."""

from playground.specs.formulas.parse import FormulaError, parsed
from playground.specs.formulas.tree import Apply, Formula, Name, Node, Number

__all__ = ["Apply", "Formula", "FormulaError", "Name", "Node", "Number", "parsed"]
