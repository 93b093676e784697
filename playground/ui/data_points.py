"""Points that are set by hand: a plane for mouse and finger, and a table for the keyboard."""

import functools
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v1.custom_component import CustomComponent

from playground import catalog
from playground.data import DataError
from playground.data.sets.hand_points import COLUMNS, MAX_POINTS
from playground.data.sets.known_source import known_source
from playground.locale.text import _
from playground.specs import Args, DatasetSpec
from playground.ui import draft, shell

SOURCE = "points"
_KEY = "points-plane"
_CHOSEN = "points.chosen"
_BASE = "points.base"
_HEIGHT = 320
Points = list[tuple[float, float, int]]


@functools.cache
def _plane() -> CustomComponent:
    # A frame of its own: Streamlit 1.67 keeps the state of a component of version 2 as an instance of a class inside a
    # function, which enforceSerializableSessionState refuses whatever the component sends, or if it sends nothing.
    return declare_component("points", path=shell.STATIC / "points")


def panel(dataset: DatasetSpec) -> bool:
    """Draw the points of ``dataset`` so that they can be set, moved and removed; false for other datasets."""
    if dataset.source != SOURCE:
        return False
    points = _points(dataset)
    st.markdown(f"### {_('Points')}")
    st.caption(_("Press to set a point of the chosen class, drag to move one, press one to remove it."))
    theme = shell.theme()
    _plane()(
        key=_KEY,
        points=points,
        turn=draft.key(SOURCE),
        chosen=draft.get(_CHOSEN, 0),
        limit=MAX_POINTS,
        classes=[_("Class {n}").format(n=number) for number in _classes()],
        colours=list(st.get_option(f"theme.{theme}.chartCategoricalColors")),
        line=st.get_option(f"theme.{theme}.borderColor"),
        words={
            "plane": _("A plane with {n} points; the table has them all").format(n=len(points)),
            "classes": _("Class of the next point"),
            "count": _("{n} points"),
            "clear": _("Clear"),
        },
        on_change=_drawn,
    )
    try:
        known_source(dataset)
    except DataError as error:
        st.error(shell.plain(str(error)), icon=":material/error:")
    with st.expander(_("As a table"), type="compact", key="points-as-table"):
        _table(points)
    return True


def _table(points: Points) -> None:
    key = draft.key("points-table")
    # The editor says what differs from the rows it was given first: with others it would lose the keyboard's focus.
    if draft.get(_BASE, ("", []))[0] != key:
        draft.put(_BASE, (key, points))
    frame = pd.DataFrame([(x, y, label + 1) for x, y, label in _base()], columns=list(COLUMNS))
    coordinate: dict[str, Any] = {"min_value": -1.0, "max_value": 1.0, "step": 0.01, "default": 0.0, "required": True}
    st.data_editor(
        frame.astype({COLUMNS[0]: float, COLUMNS[1]: float, COLUMNS[2]: int}),
        key=key,
        height=_HEIGHT,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            COLUMNS[0]: st.column_config.NumberColumn("x1", **coordinate),
            COLUMNS[1]: st.column_config.NumberColumn("x2", **coordinate),
            COLUMNS[2]: st.column_config.NumberColumn(
                _("Class"), min_value=1, max_value=len(_classes()), step=1, default=1, required=True
            ),
        },
        on_change=_edited,
        args=(key,),
    )


def _classes() -> range:
    """The numbers on screen of the classes that a point can have."""
    entry = catalog.entry("datasets", SOURCE)
    label = entry.param(COLUMNS[2]) if entry else None
    return range(1, int(label.maximum or 0) + 2 if label else 1)


def _points(dataset: DatasetSpec) -> Points:
    entry = catalog.entry("datasets", SOURCE)
    defaults = {param.name: param.default for param in entry.params} if entry else {}
    x1, x2, label = ((defaults | dict(dataset.options))[name] or () for name in COLUMNS)
    return [(float(x), float(y), int(of)) for x, y, of in zip(x1, x2, label, strict=False)]


def _drawn() -> None:
    """Take over what the plane shows; a callback."""
    sent = draft.widget(_KEY)
    if isinstance(sent, dict) and sent.get("chosen") in range(len(_classes())):
        draft.put(_CHOSEN, sent["chosen"])
        _put(sent.get("points"))


def _base() -> Points:
    """The points that the table was given first."""
    return draft.get(_BASE, ("", Points()))[1]


def _edited(key: str) -> None:
    """Take over what was changed in the table; a callback."""
    changes = draft.widget(key)
    if not changes:
        return
    rows = [dict(zip(COLUMNS, (x, y, label + 1), strict=True)) for x, y, label in _base()]
    for at, changed in changes["edited_rows"].items():
        rows[int(at)] |= changed
    gone = set(changes["deleted_rows"])
    rows = [row for at, row in enumerate(rows) if at not in gone] + changes["added_rows"]
    whole = [row for row in rows if all(row.get(name) is not None for name in COLUMNS)]
    _put([(row[COLUMNS[0]], row[COLUMNS[1]], row[COLUMNS[2]] - 1) for row in whole], by_widget=True)


def _put(points: Sequence[Sequence[Any]] | None, *, by_widget: bool = False) -> None:
    """Make ``points``, which a browser sent, those of the draft, unless they are none that can be."""
    now = draft.current()
    entry = catalog.entry("datasets", SOURCE)
    if now is None or entry is None or now.spec.dataset.source != SOURCE or not isinstance(points, list):
        return
    try:
        columns = [tuple(column) for column in zip(*points[: MAX_POINTS + 1], strict=True)]
        options: dict[str, Any] = dict(zip(COLUMNS, columns, strict=True)) if columns else dict.fromkeys(COLUMNS)
    except (TypeError, ValueError):
        return
    for name, values in options.items():
        param = entry.param(name)
        if param is None or not param.accepts(values):
            draft.refuse(ValueError(_("A point lies outside the plane or has no class. Nothing was changed.")))
            return
    dataset = now.spec.dataset.model_copy(update={"options": Args(options)})
    draft.edit(now.spec.model_copy(update={"dataset": dataset}), by_widget=by_widget)
