"""The configuration of a foreign Keras object as the arguments of a spec, by the catalogue and by nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

from playground import catalog
from playground.catalog.formulas import FORMULA
from playground.catalog.left_out import LEFT_OUT
from playground.specs.args import Args
from playground.specs.formulas import FormulaError, parsed
from playground.specs.formulas.written import text_of
from playground.specs.rules.words import spelled
from playground.training.formulas import PACKAGE
from playground.training.keras_file import ForeignFileError

_BY_KERAS = ("name", "module", "registered_name", "shared_object_id", "build_config")
"""What Keras writes into configurations and nobody chooses."""


def refuse_foreign(stored: Mapping[str, Any], where: str) -> str:
    """The class name of a stored object, which must be one of Keras's own.

    Raises:
        ForeignFileError: it belongs to somebody else, or is no stored object.
    """
    name, module = stored.get("class_name"), stored.get("module")
    registered = stored.get("registered_name")
    if not isinstance(name, str):
        raise ForeignFileError(f"{where}: expected a Keras object, received {spelled(stored)}.")
    if name in ("function", "__lambda__", "__lambda_fn__"):
        raise ForeignFileError(
            f"{where} is a function of somebody's own; functions are code and never taken in. Use one of Keras's."
        )
    is_custom = registered not in (None, name) or not isinstance(module, str) or module.split(".")[0] != "keras"
    if is_custom:
        raise ForeignFileError(
            f"{where} is a custom object, {spelled(registered or f'{module}.{name}')}; only Keras's own are taken in."
        )
    return name


def refuse_absent(table: str, name: str, where: str) -> catalog.Entry:
    """The catalogue's entry for a class. Raises ForeignFileError with the reason where it is not on offer."""
    entry = catalog.entry(table, name)
    if entry is None:
        why = LEFT_OUT.get(table, {}).get(name)
        reason = f"which is not on offer here: it {why}" if why and " " in why else "which is not on offer here"
        raise ForeignFileError(f"{where} is a {name[:60]}, {reason}.")
    return entry


def arguments(table: str, entry: catalog.Entry, config: Mapping[str, Any], where: str, depth: int = 0) -> Args:
    """The arguments of ``entry`` in a stored ``config``, without those at their defaults.

    What is not on offer is left out; :func:`differences` finds out whether that matters.

    Args:
        table: the catalogue's table of ``entry``.
        entry: what the configuration is of.
        config: as ``get_config`` returns it.
        where: what to call it in messages.
        depth: how deep in other objects it stands.

    Raises:
        ForeignFileError: a value is none that the argument takes, or is custom.
    """
    if depth > 6:
        raise ForeignFileError(f"{where} is nested too deeply for a layer.")
    kept: dict[str, Any] = {}
    for name, stored in config.items():
        if name in _BY_KERAS:
            continue
        param = entry.param(name)
        if param is None:
            if isinstance(stored, Mapping) and "class_name" in stored:
                refuse_foreign(stored, f"{where}, {name}")
            continue
        value = _value(param, stored, f"{where}, {name}", depth)
        if not param.required and _same(param, value, _frozen(param.default)):
            continue
        if value is not None and param.kind != "object" and not param.accepts(value):
            raise ForeignFileError(f"{where}: {name}: expected {param.expected()}, received {spelled(stored)}.")
        kept[name] = value
    try:
        return Args(kept)
    except ValueError as error:
        raise ForeignFileError(f"{where}: {error}.") from error


def differences(stored: Any, built: Any, path: str = "") -> Iterator[str]:
    """What a stored configuration says and the layer built from it does not, as ``path: x becomes y``.

    Args:
        stored: the configuration in the file.
        built: that of our layer, as JSON values.
        path: where it stands in the layer.
    """
    if path.rsplit(".", maxsplit=1)[-1] == "dtype":
        if _policy(stored) != _policy(built):
            yield f"{path}: {spelled(_policy(stored))} becomes {spelled(_policy(built))}"
    elif isinstance(stored, Mapping) and isinstance(built, Mapping):
        if "class_name" in stored and stored.get("class_name") != built.get("class_name"):
            yield f"{path}: {spelled(stored['class_name'])} becomes {spelled(built.get('class_name'))}"
            return
        for name, value in stored.items():
            if name in built and name not in _BY_KERAS:
                yield from differences(value, built[name], f"{path}.{name}".lstrip("."))
            elif name not in built and value not in (None, False) and name not in _BY_KERAS:
                yield f"{path}.{name}".lstrip(".") + f"={spelled(value)}, which this version of Keras does not have"
    elif stored != built:
        yield f"{path}: {spelled(stored)} becomes {spelled(built)}"


def _policy(value: Any) -> Any:
    inner = value.get("config") if isinstance(value, Mapping) else None
    return inner.get("name") if isinstance(inner, Mapping) else value


def _value(param: catalog.Param, stored: Any, where: str, depth: int) -> Any:
    if isinstance(stored, Mapping):
        if param.of == "activations" and (formula := _formula(stored, where)):
            return Args({"kind": FORMULA, "args": {"formula": formula}})
        name = refuse_foreign(stored, where)
        if param.of is None:
            raise ForeignFileError(f"{where}: expected {param.expected()}, received {spelled(stored)}.")
        inner = refuse_absent(param.of, name, where)
        config = stored.get("config")
        if not isinstance(config, Mapping):
            raise ForeignFileError(f"{where}: expected a configuration, received {spelled(config)}.")
        args = arguments(param.of, inner, config, where, depth + 1)
        return Args({"kind": inner.id, "args": args})
    if isinstance(stored, str) and param.of is not None:
        return refuse_absent(param.of, stored, where).id
    return _shortened(param, param.normalise(_frozen(stored)))


def _formula(stored: Mapping[str, Any], where: str) -> str:
    """The formula that a stored function goes by, which is text and no code; empty if it is another function."""
    package, _, text = str(stored.get("config")).partition(">")
    if stored.get("class_name") != "function" or package != PACKAGE:
        return ""
    try:
        return text_of(parsed(text, "activations"))
    except FormulaError as error:
        raise ForeignFileError(f"{where}: {spelled(text)} is no formula: {error.in_words}.") from error


def _shortened(param: catalog.Param, value: Any) -> Any:
    """``(3, 3)`` as 3 where one number may stand for all axes, and ``(-1,)`` as -1 where there is one only."""
    if param.kind == "int" and isinstance(value, tuple) and len(value) == 1:
        return value[0]
    if param.kind != "shape" or param.listed or not isinstance(value, tuple) or not value:
        return value
    items = tuple(_shortened(param, item) for item in value)
    is_one = all(item == items[0] for item in items) and isinstance(items[0], int)
    return items[0] if is_one and len(items) > 1 else value


def _same(param: catalog.Param, value: Any, default: Any) -> bool:
    """Whether a value is the default, also where that is an object given by its name."""
    if param.kind == "object" and param.of is not None:
        return _spelled_out(param.of, value) == _spelled_out(param.of, default)
    return bool(_shortened(param, default) == value) and isinstance(default, bool) == isinstance(value, bool)


def _spelled_out(table: str, value: Any) -> Any:
    if value is None and table == "activations":
        value = "linear"
    if isinstance(value, str):
        entry = catalog.entry(table, value)
        return Args({"kind": entry.id, "args": Args()}) if entry else value
    return value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value
