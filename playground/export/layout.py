"""Python expressions laid out as ``ruff format`` lays them out: on one line, or broken at brackets."""

from dataclasses import dataclass

WIDTH = 88
"""The formatter's own default, which scripts elsewhere are most likely to be held to."""

_INDENT = 4


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in brackets: the first place where a long line is broken.

    Attributes:
        brackets: the opening and the closing one.
        items: the expressions between the commas.
        is_call: whether these are arguments, which may stay on one line of their own.
    """

    brackets: str
    items: tuple["Expression", ...]
    is_call: bool = False

    def flat(self) -> str:
        """The group on one line."""
        comma = "," if len(self.items) == 1 and self.brackets == "()" and not self.is_call else ""
        return f"{self.brackets[0]}{', '.join(map(flat, self.items))}{comma}{self.brackets[1]}"

    def broken(self, indent: int) -> str:
        """The group over several lines; the last one is its closing bracket."""
        inner = indent + _INDENT
        listed = ", ".join(map(flat, self.items))
        if self.is_call and inner + len(listed) <= WIDTH:
            rows = [listed]
        else:
            rows = [laid_out(item, inner, ",") + "," for item in self.items]
        text = "".join(f"{' ' * inner}{row}\n" for row in rows)
        return f"{self.brackets[0]}\n{text}{' ' * indent}{self.brackets[1]}"


Expression = tuple[str | Group, ...]
"""Source and groups in the order in which they are read: ``("f", Group("()", ((("1",),)), True))`` is ``f(1)``."""


def flat(expression: Expression) -> str:
    """The expression on one line."""
    return "".join(part if isinstance(part, str) else part.flat() for part in expression)


def laid_out(expression: Expression, indent: int = 0, after: str = "") -> str:
    """The expression within :data:`WIDTH` columns as far as its words allow; the first line is not indented.

    Args:
        expression: what to write.
        indent: the column at which its first line begins, and to which its last line returns.
        after: what the caller puts behind it.
    """
    written = ""
    for number, part in enumerate(expression):
        if isinstance(part, str):
            written += part
            continue
        line = written.rpartition("\n")[2]
        column = len(line) + (0 if "\n" in written else indent)
        rest = _up_to_break(expression[number + 1 :], after)
        fits = not part.items or column + len(part.flat()) + len(rest) <= WIDTH
        written += part.flat() if fits else part.broken(indent)
    return written


def call(function: str, *arguments: Expression) -> Expression:
    """``function(arguments)``."""
    return (function, Group("()", arguments, is_call=True))


def _up_to_break(rest: Expression, after: str) -> str:
    """What has to stay on the line: all text up to the next bracket that may be followed by a break."""
    text = ""
    for part in rest:
        if isinstance(part, Group):
            return text + (part.brackets[0] if part.items else part.brackets)
        text += part
    return text + after
