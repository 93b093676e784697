"""Reads the facts about Keras's public objects from the installed Keras: ``python -m playground.catalog.generate``.

The only file of the catalogue that imports Keras, and only when it runs. What it writes is checked in.
"""

import inspect
import json
import math
import re
import sys
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

PATH = Path(__file__).with_name("facts.json")
_ARGUMENT = re.compile(r"^(\*{0,2}\w+(?:, *\*{0,2}\w+)*): *(.*)$")
_SECTION = re.compile(r"^[A-Z][A-Za-z ]{2,40}:$")
_PLACEHOLDER = re.compile(r" *\{\{\w+\}\}")  # for words that Keras puts in later; in some docstrings it does not
_HEADINGS = ("Args:", "Arguments:")
_FUNCTIONS_LEFT_OUT = {"deserialize", "serialize", "get"}


def facts() -> dict[str, Any]:
    """Facts of every public object of the installed Keras.

    Returns:
        ``{"keras": version, "tables": {table: {id: {"first", "aliases", "arguments"}}}}``, sorted, where an argument is
        ``{"name", "default" or "required", "help"}``.
    """
    import keras

    classes: dict[str, tuple[ModuleType, type]] = {
        "layers": (keras.layers, keras.Layer),
        "losses": (keras.losses, keras.losses.Loss),
        "optimizers": (keras.optimizers, keras.optimizers.Optimizer),
        "schedules": (keras.optimizers.schedules, keras.optimizers.schedules.LearningRateSchedule),
        "metrics": (keras.metrics, keras.metrics.Metric),
        "initializers": (keras.initializers, keras.initializers.Initializer),
        "regularizers": (keras.regularizers, keras.regularizers.Regularizer),
        "constraints": (keras.constraints, keras.constraints.Constraint),
        "callbacks": (keras.callbacks, keras.callbacks.Callback),
    }
    tables = {
        name: _table(module, lambda found, base=base: inspect.isclass(found) and issubclass(found, base), _texts(name))
        for name, (module, base) in classes.items()
    }
    tables["activations"] = _table(keras.activations, inspect.isfunction)
    return {"keras": keras.__version__, "tables": dict(sorted(tables.items()))}


def text() -> str:
    """The facts as they stand in the file: one argument a line, so that a change of Keras reads well as a diff."""
    found = facts()
    lines = ["{", f' "keras": {json.dumps(found["keras"])},', ' "tables": {']
    lines += _joined(
        [f"  {json.dumps(name)}: {{", *_joined(list(_entries(table))), "  }"] for name, table in found["tables"].items()
    )
    return "\n".join([*lines, " }", "}"]) + "\n"


def main() -> None:
    """Write the facts beside this file."""
    PATH.write_text(text(), "utf-8")


def _joined(blocks: Any) -> list[str]:
    """The lines of all ``blocks``, a comma after each block but the last."""
    lines: list[str] = []
    listed = list(blocks)
    for number, block in enumerate(listed, 1):
        lines += block
        if number < len(listed):
            lines[-1] += ","
    return lines


def _entries(table: dict[str, Any]) -> Iterator[list[str]]:
    for name, entry in table.items():
        head = json.dumps({"aliases": entry["aliases"], "first": entry["first"]}, ensure_ascii=False)[1:-1]
        arguments = [["    " + json.dumps(argument, ensure_ascii=False)] for argument in entry["arguments"]]
        yield [f"   {json.dumps(name)}: {{{head},", '    "arguments": [', *_joined(arguments), "   ]}"]


def _texts(table: str) -> dict[str, Any]:
    """Objects by the texts that Keras takes for them as arguments: it has "uniform", which is no name in a module."""
    if table not in ("initializers", "regularizers", "constraints"):
        return {}
    found: dict[str, Any] = sys.modules[f"keras.src.{table}"].ALL_OBJECTS_DICT
    return found


def _table(module: ModuleType, wanted: Any, texts: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """Every distinct object of ``module``; its own name first, those of the module and ``texts`` as aliases."""
    names: dict[int, list[str]] = {}
    objects: dict[int, Any] = {}
    for name in sorted(dir(module)):
        found = getattr(module, name)
        if name.startswith("_") or name in _FUNCTIONS_LEFT_OUT or not wanted(found):
            continue
        names.setdefault(id(found), []).append(name)
        objects[id(found)] = found
    for name, found in texts.items():
        if name not in names.get(id(found), [name]):
            names[id(found)].append(name)
    table = {}
    for key, found in objects.items():
        own = found.__name__ if found.__name__ in names[key] else names[key][0]
        table[own] = {
            "aliases": sorted(name for name in names[key] if name != own),
            "first": _first(inspect.getdoc(found) or ""),
            "arguments": _arguments(found),
        }
    return dict(sorted(table.items()))


def _first(doc: str) -> str:
    return re.sub(r"\s+", " ", doc.split("\n\n", 1)[0]).strip()


def _arguments(found: Any) -> list[dict[str, Any]]:
    called = found.__init__ if inspect.isclass(found) else found
    parameters = inspect.signature(called).parameters
    help_of = _help(inspect.getdoc(found) or "", parameters) | _help(inspect.getdoc(called) or "", parameters)
    listed = []
    for name, parameter in parameters.items():
        if name == "self" or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        argument: dict[str, Any] = {"name": name}
        if parameter.default is parameter.empty:
            argument["required"] = True
        else:
            argument["default"] = _plain(parameter.default)
        argument["help"] = help_of.get(name, "")
        listed.append(argument)
    return listed


def _help(doc: str, names: Container[str]) -> dict[str, str]:
    """The text of each argument in the ``Args:`` section of a docstring; ``names`` are those of all arguments."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    inside, indent = False, 0
    # Keras puts examples into some docstrings whose lines start further left, and all others keep their indent.
    margin = next((_depth(line) for line in doc.splitlines() if line.strip() in _HEADINGS), 0)
    for line in doc.splitlines():
        stripped, depth = line.strip(), _depth(line)
        if _SECTION.match(stripped) and depth <= margin:
            inside, indent = stripped in _HEADINGS, 0
            continue
        if not inside or not stripped:
            continue
        indent = indent or depth
        match = _ARGUMENT.match(stripped)
        # Some of Keras's docstrings have an argument indented too far.
        if match and (depth == indent or (match[1] in names and match[1] not in found)):
            current = [match[2]]
            for name in match[1].split(","):
                found[name.strip(" *")] = current
        else:
            current.append(stripped)
    return {name: re.sub(r"\s+", " ", _PLACEHOLDER.sub("", " ".join(words))).strip() for name, words in found.items()}


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return getattr(value, "__name__", type(value).__name__)


if __name__ == "__main__":
    main()
