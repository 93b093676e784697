"""``python -m playground.specs.rule_table`` writes docs/RULES.md, the table of all rules, from their docstrings."""

import inspect
import sys
from pathlib import Path

from playground.specs.problems import RULES, SHAPE_RULES

PATH = Path(__file__).resolve().parents[2] / "docs" / "RULES.md"

_HEAD = """# Rules

What the app looks for in a draft before it is trained. Each problem is shown where it is, says what was expected and
what was received, and has a button that mends it where there is an obvious way. `make catalog` writes this page.

"""


def rule_table() -> str:
    """The page as Markdown: a table for each family of rules, those that ask Keras for shapes marked."""
    families: dict[str, list[str]] = {}
    for rule in (*RULES, *SHAPE_RULES):
        module = inspect.getdoc(sys.modules[rule.__module__]) or ""
        title = (inspect.getdoc(rule) or "").splitlines()[0]
        asks = "shapes" if rule in SHAPE_RULES else "spec and data"
        name = rule.__name__.replace("_", "-")
        families.setdefault(module.splitlines()[0].rstrip("."), []).append(f"| `{name}` | {title} | {asks} |")
    parts = [
        "\n".join((f"## {family}", "", "| Rule | Finds | Looks at |", "| --- | --- | --- |", *rows))
        for family, rows in families.items()
    ]
    return _HEAD + f"{len(RULES) + len(SHAPE_RULES)} rules.\n\n" + "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PATH.write_text(rule_table(), "utf-8")
