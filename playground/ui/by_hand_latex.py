"""Numbers, sums and matrices as LaTeX."""

import math
import re
from collections.abc import Sequence

import numpy as np

_TERMS = 6
_ACROSS = 34  # signs of a sum on one line
_SHORT = 4
_MINUS = "\N{MINUS SIGN}"


def number(value: float) -> str:
    """``value`` with two to four decimals, as LaTeX: ``1.00``, ``-0.0152``."""
    if not math.isfinite(value):
        return r"\text{NaN}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    if value and (abs(value) < 10**-_SHORT / 2 or abs(value) >= 1e6):
        digits, _e, power = f"{value:.1e}".partition("e")
        return rf"{digits} \cdot 10^{{{int(power)}}}"
    text = f"{value:.{_SHORT}f}".rstrip("0")
    whole, _dot, rest = text.partition(".")
    return f"{whole}.{rest:0<2}"


def plain_number(value: float) -> str:
    """``value`` as :func:`number` has it, for pictures and tables."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else f"{_MINUS}∞"
    if value and (abs(value) < 10**-_SHORT / 2 or abs(value) >= 1e6):
        return f"{value:.1e}".replace("-", _MINUS)
    return number(value).replace("-", _MINUS)


def symbol(name: str, at: Sequence[int] = (), of: Sequence[int] = ()) -> str:
    """``name`` with positions from 1 where there is more than one of it: ``w_{21}``."""
    places = [str(each + 1) for each, n in zip(at, of, strict=True) if n > 1]
    apart = "," if any(len(place) > 1 for place in places) else ""
    return f"{name}_{{{apart.join(places)}}}" if places else name


def aligned(lines: Sequence[str]) -> str:
    """``lines``, each with a ``&`` where it is aligned, as one block of LaTeX."""
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def by(name: str) -> str:
    """The slope of the loss in ``name``."""
    return rf"\tfrac{{\partial L}}{{\partial {name}}}"


def signed(value: float) -> str:
    """A number as a factor or a later term: one below zero stands in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


def sum_of(terms: Sequence[str]) -> str:
    """``terms`` with plus signs, the middle ones left out where there are many."""
    if len(terms) > _TERMS:
        return " + ".join([*terms[: _TERMS - 2], r"\dots", terms[-1]])
    return " + ".join(terms)


def wrapped(start: str, terms: Sequence[str], end: str) -> list[str]:
    """``start``, the sum of ``terms`` and ``end``, over as many lines as it takes."""
    shown = [*terms[: _TERMS - 1], r"\dots", terms[-1]] if len(terms) > _TERMS else list(terms)
    rows: list[list[str]] = [[]]
    for term in shown:
        if rows[-1] and _signs(" + ".join([*rows[-1], term])) > _ACROSS:
            rows.append([])
        rows[-1].append(term)
    joined = [" + ".join(row) for row in rows]
    lines = [f"{start}{joined[0]}", *(rf"&\quad + {each}" for each in joined[1:])]
    if _signs(joined[-1] + end) > _ACROSS + 6:
        return [*lines, rf"&\quad {end.strip()}"]
    return [*lines[:-1], lines[-1] + end]


def _signs(text: str) -> int:
    """About how many signs of ``text`` are seen."""
    return len(re.sub(r"\\[a-zA-Z]+|[{}^_ ]", "", text))


def matrix(values: np.ndarray) -> str:
    """A matrix, (rows, columns), in round brackets."""
    rows = [" & ".join(number(value) for value in row) for row in values]
    return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"


def worded(text: str) -> str:
    """``text`` as words in LaTeX."""
    return "".join(sign if sign.isalnum() or sign in " -." else r"\_" if sign == "_" else " " for sign in text)
