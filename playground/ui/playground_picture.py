"""The picture of the page Playground: network, output and losses, drawn in a frame of its own; what is done in it."""

import functools
import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from streamlit.components.v1 import declare_component
from streamlit.components.v1.custom_component import CustomComponent

from playground import catalog
from playground.data.sets.hand_points import COLUMNS, MAX_POINTS
from playground.export.plane_link import Look, sources
from playground.export.plane_values import POINTS
from playground.specs import Args
from playground.specs.plane import FEATURES, MAX_LAYERS, MAX_UNITS, Hidden, Plane
from playground.ui import draft, playground_controls, playground_run, playground_state, playground_words, shell
from playground.ui.playground_run import Seen

KEY = "playground-network"
_DONE = "playground-done"
_REDRAW = "playground-redraw"
_CHOSEN = "playground-class"
_UNITS = 4
_MAX_WEIGHT = 1e6


@functools.cache
def _network() -> CustomComponent:
    # A frame of its own: Streamlit 1.67 keeps the state of a component of version 2 as an instance of a class inside a
    # function, which enforceSerializableSessionState refuses.
    return declare_component("network", path=shell.STATIC / "network")


def draw(plane: Plane, look: Look, start: bytes, seen: Seen | None, said: str) -> None:
    """Draw the network of ``plane``.

    Args:
        plane: the settings.
        look: how it is shown, and what is hidden.
        start: the picture before the first step, with the points; empty while there is none.
        seen: the run, if there is one.
        said: what is going on, in a few words; empty where the picture says it.
    """
    entry = sources()[plane.source]
    _network()(
        key=KEY,
        start=start,
        frame=seen.frame if seen is not None else b"",
        # Other bytes alone are no reason for Streamlit to tell the frame; another text is.
        stamp=f"{zlib.crc32(start)} {seen.stamp if seen is not None else 0}",
        features=playground_words.features(),
        on=[FEATURES.index(name) for name in plane.features],
        layers=[[layer.units, layer.activation] for layer in plane.layers],
        dropout=plane.dropout,
        activations=playground_words.activations(),
        limits={"layers": MAX_LAYERS, "units": MAX_UNITS, "points": MAX_POINTS, "weight": _MAX_WEIGHT},
        task="regression" if entry.tasks == ("regression",) else "classification",
        own=_points(plane) if plane.source == POINTS else None,
        chosen=draft.get(_CHOSEN, 0),
        look={"discretise": look.discretise, "test": look.test, "present": look.present, "hide": list(look.hide)},
        colours={theme: playground_words.colours(theme) for theme in ("light", "dark")},
        words=playground_words.words(),
        said=said,
        on_change=_told,
    )


def is_to_redraw() -> bool:
    """Whether something was done in the picture that the rest of the page shows too; says so once."""
    if draft.get(_REDRAW, False):
        draft.put(_REDRAW, False)
        return True
    return False


def _told() -> None:
    """Do what was done in the picture; a callback. What comes from a browser may be anything."""
    sent = draft.widget(KEY)
    if not isinstance(sent, dict) or sent.get("n") == draft.get(_DONE, None):
        return
    draft.put(_DONE, sent.get("n"))
    handler = _HANDLERS.get(str(sent.get("do")))
    if handler is None:
        return
    plane, look = playground_state.current()
    try:
        handler(plane, look, sent)
    except (KeyError, TypeError, ValueError, IndexError):
        return  # nothing that this picture sends
    draft.put(_REDRAW, True)


def _feature(plane: Plane, look: Look, sent: Mapping[str, Any]) -> None:
    name = FEATURES[_index(sent["feature"], len(FEATURES))]
    found = tuple(each for each in FEATURES if (each in plane.features) != (each == name))
    if found:
        playground_controls.change(replace(plane, features=found))


def _units(plane: Plane, look: Look, sent: Mapping[str, Any]) -> None:
    at = _index(sent["layer"], len(plane.layers))
    units = plane.layers[at].units + (1 if sent["by"] > 0 else -1)
    if 1 <= units <= MAX_UNITS:
        _with_layer(plane, at, Hidden(units, plane.layers[at].activation))


def _activation(plane: Plane, look: Look, sent: Mapping[str, Any]) -> None:
    at, name = _index(sent["layer"], len(plane.layers)), sent["name"]
    if name in {entry.id for entry in catalog.entries("activations")}:
        _with_layer(plane, at, Hidden(plane.layers[at].units, name))


def _with_layer(plane: Plane, at: int, layer: Hidden) -> None:
    playground_controls.change(replace(plane, layers=(*plane.layers[:at], layer, *plane.layers[at + 1 :])))


def _layers(plane: Plane, look: Look, sent: Mapping[str, Any]) -> None:
    if sent["by"] < 0:
        layers = plane.layers[:-1]
    else:
        layers = (*plane.layers, plane.layers[-1] if plane.layers else Hidden(_UNITS, "tanh"))
    playground_controls.change(replace(plane, layers=layers[:MAX_LAYERS]))


def _look(plane: Plane, look: Look, sent: Mapping[str, Any]) -> None:
    playground_state.keep(plane, replace(look, discretise=sent["discretise"] is True, test=sent["test"] is True))


def _edit(plane: Plane, look: Look, sent: Mapping[str, Any]) -> None:
    """A weight or a bias by hand: of the run, which is started and held before its first step where there is none."""
    value = float(sent["value"])
    if not math.isfinite(value) or abs(value) > _MAX_WEIGHT:
        return
    asked = {name: sent[name] for name in ("layer", "source", "neuron")} | {"value": value}
    seen = playground_run.seen(plane)
    if seen is not None and not seen.run.is_ended:
        playground_run.ask(seen.run.id, "edit", **asked)
    else:
        draft.put(playground_run.REFUSED, playground_run.start(plane, look, ("pause", {}), ("edit", asked)))


def _own(plane: Plane, look: Look, sent: Mapping[str, Any]) -> None:
    draft.put(_CHOSEN, int(sent["chosen"]))
    columns = [tuple(column) for column in zip(*sent["points"][: MAX_POINTS + 1], strict=True)]
    options = dict(zip(COLUMNS, columns, strict=True)) if columns else dict.fromkeys(COLUMNS)
    entry = sources()[POINTS]
    for name, values in options.items():
        param = entry.param(name)
        if param is None or not param.accepts(values):
            return
    playground_controls.change(replace(plane, source=POINTS, options=Args(options)))


_HANDLERS: Mapping[str, Callable[[Plane, Look, Mapping[str, Any]], None]] = {
    "feature": _feature,
    "units": _units,
    "activation": _activation,
    "layers": _layers,
    "look": _look,
    "edit": _edit,
    "points": _own,
}


def _index(value: Any, n: int) -> int:
    if not isinstance(value, int) or not 0 <= value < n:
        raise IndexError(value)
    return value


def _points(plane: Plane) -> list[list[float]]:
    entry = sources()[POINTS]
    defaults = {param.name: param.default for param in entry.params}
    columns = [(defaults | dict(plane.options))[name] or () for name in COLUMNS]
    return [list(point) for point in zip(*columns, strict=False)]
