"""The datasets of the page Playground, as pictures to choose from, and what can be set of them."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from playground.catalog import Entry
from playground.export.plane_link import Look, sources
from playground.locale.text import _
from playground.specs.plane import Plane
from playground.ui import playground_controls, playground_sliders, playground_state, playground_thumbs, shell

_SHOWN = 4
"""Datasets of the column; the others are behind "More"."""
_FIRST = ("circles", "xor", "gaussians", "spirals", "plane", "multi_gaussian", "ripple")
"""Those that people know from TensorFlow Playground come first."""


def panel(plane: Plane, look: Look) -> None:
    """Draw the column of the data, without what the link hides."""
    if "data" not in look.hide:
        st.markdown(f"### {_('Data')}")
        _gallery(plane)
    playground_sliders.panel(plane, look)
    if "regenerate" not in look.hide and plane.source != "points":
        st.button(
            _("Regenerate"),
            icon=":material/casino:",
            key="playground-regenerate",
            width="stretch",
            on_click=_regenerate,
            help=_("Other points and other first weights: a new seed."),
        )


def _gallery(plane: Plane) -> None:
    is_regression = playground_controls.is_regression(plane.source)
    mine = [entry for entry in sources().values() if playground_controls.is_regression(entry.id) == is_regression]
    ordered = sorted(mine, key=lambda entry: _FIRST.index(entry.id) if entry.id in _FIRST else len(_FIRST))
    shown, more = ordered[:_SHOWN], ordered[_SHOWN:]
    if plane.source in [entry.id for entry in more]:  # what is chosen is in sight
        chosen = sources()[plane.source]
        shown, more = [*shown[:-1], chosen], [shown[-1], *(entry for entry in more if entry.id != chosen.id)]
    _grid(shown, plane, 2)
    if more:
        with st.popover(_("More data"), width="stretch", key="playground-more"):
            _grid(more, plane, 3)


def _grid(entries: Sequence[Entry], plane: Plane, columns: int) -> None:
    grid = st.grid(columns, min_column_width=60, gap="xsmall")
    for entry in entries:
        with grid.cell(), st.container(gap="xxsmall", key=f"playground-data-{entry.id}"):
            st.image(playground_thumbs.thumb(entry.id, shell.theme()), width="stretch", alt=_(entry.summary))
            st.button(
                _(entry.label),
                key=f"playground-{entry.id}",
                type="primary" if entry.id == plane.source else "tertiary",
                width="stretch",
                help=_(entry.summary),
                on_click=_choose,
                args=(entry.id,),
            )


def _choose(source: str) -> None:
    plane, _look = playground_state.current()
    if source != plane.source:
        playground_controls.change(playground_state.fitting(plane, source))


def _regenerate() -> None:
    plane, _look = playground_state.current()
    playground_controls.change(replace(plane, seed=secrets.randbelow(100_000)))
