"""How the layers of a stored graph are joined: what each reads, and the graph's ends."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import keras

from playground import catalog
from playground.specs.rules.words import spelled
from playground.training.keras_file import ForeignFileError

_ROLES = ("query", "value", "key")


def reads(stored: Mapping[str, Any]) -> list[str]:
    """The names of the layers whose outputs a stored layer is called with; none for the network's input.

    Raises:
        ForeignFileError: it does not say so, is called more than once, or with what is no layer's output.
    """
    where = f"Layer {spelled(name_of(stored))}"
    if is_operation(stored):
        raise ForeignFileError(
            f"{where} is the operation {spelled(stored.get('class_name'))}; expected layers, such as Rescaling."
        )
    nodes = stored.get("inbound_nodes")
    if not isinstance(nodes, list):
        raise ForeignFileError(f"{where} does not say what it reads.")
    if stored.get("class_name") == "InputLayer":
        return []
    if len(nodes) != 1:
        raise ForeignFileError(f"{where} is shared: it is used {len(nodes)} times, and here a layer is used once.")
    node = mapping(nodes[0], where)
    arguments = node.get("args")
    given = mapping(node.get("kwargs", {}), where)
    if not isinstance(arguments, list):
        raise ForeignFileError(f"{where} does not say what it reads.")
    named = {
        name: value
        for name, value in given.items()
        if value is not None and value is not False and name != "mask" and not _is_default(stored, name, value)
    }
    for name in called(stored):
        del named[name]
    tensors = [tensor for value in [*arguments, *_roles(named, where)] for tensor in _tensors(value, where)]
    if not tensors:
        raise ForeignFileError(f"{where} reads nothing.")
    return tensors


def called(stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the call of a stored layer says beside what it reads, where a layer here can be given that."""
    entry = catalog.entry("layers", str(stored.get("class_name")))
    nodes = stored.get("inbound_nodes")
    node = nodes[0] if isinstance(nodes, list) and nodes else None
    given = node.get("kwargs") if isinstance(node, Mapping) else None
    if entry is None or not isinstance(given, Mapping):
        return {}
    return {name: True for name in given if (param := entry.param(name)) and param.of_call and given[name] is True}


def is_operation(stored: Mapping[str, Any]) -> bool:
    """Whether it is one of Keras's operations, which stand in a graph as layers do."""
    return str(stored.get("module")).startswith("keras.src.ops.")


def _is_default(stored: Mapping[str, Any], name: str, value: Any) -> bool:
    """Whether a layer is called so where nobody says otherwise, as layers that resize images are with ``training``."""
    kind = getattr(keras.layers, str(stored.get("class_name")), None)
    if value is not True or kind is None:
        return False
    param = inspect.signature(kind.call).parameters.get(name)
    return param is not None and param.default is True


def _roles(named: Mapping[str, Any], where: str) -> Iterator[Any]:
    """Tensors given by name, in the order in which attention layers take them."""
    for name in _ROLES:
        if name in named:
            yield named[name]
    others = [name for name in named if name not in _ROLES]
    if others:
        raise ForeignFileError(f"{where} is called with {spelled(others[0])}, which no layer here can be given.")


def _tensors(value: Any, where: str, depth: int = 0) -> Iterator[str]:
    if isinstance(value, list) and depth < 3:
        for item in value:
            yield from _tensors(item, where, depth + 1)
        return
    config = value.get("config") if isinstance(value, Mapping) else None
    history = config.get("keras_history") if isinstance(config, Mapping) else None
    if not isinstance(history, list) or len(history) != 3 or not isinstance(history[0], str):
        raise ForeignFileError(f"{where} is called with {spelled(value)}, which is no layer's output.")
    if history[1:] != [0, 0]:
        raise ForeignFileError(f"{where} reads a further output of {spelled(history[0])}; here a layer has one.")
    yield history[0]


def end(listed: Any, what: str) -> str:
    """The name of the one ``what``, input or output, in ``listed``. Raises ForeignFileError where it is not one."""
    ends = [listed] if isinstance(listed, list) and listed and isinstance(listed[0], str) else listed
    if isinstance(ends, Mapping):
        ends = list(ends.values())
    if not isinstance(ends, list) or not ends:
        raise ForeignFileError(f"The model does not say what its {what} is.")
    if len(ends) > 1:
        raise ForeignFileError(f"The model has {len(ends)} {what}s; here a model has one.")
    if not isinstance(ends[0], list) or len(ends[0]) != 3 or not isinstance(ends[0][0], str):
        raise ForeignFileError(f"The model does not say what its {what} is.")
    return ends[0][0]


def name_of(stored: Mapping[str, Any]) -> str:
    """The name of a stored layer. Raises ForeignFileError where it has none."""
    config = stored.get("config")
    name = stored.get("name") or (config.get("name") if isinstance(config, Mapping) else None)
    if not isinstance(name, str) or not name:
        raise ForeignFileError(f"A layer of the model has no name: {spelled(stored.get('class_name'))}.")
    return name


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    """``value``, the configuration of ``what``. Raises ForeignFileError where it is no JSON object."""
    if not isinstance(value, Mapping):
        raise ForeignFileError(f"Expected the configuration of {what}, received {spelled(value)}.")
    return value
