"""The numbers of a dataset on the page Playground, and how much of it is trained on, as sliders."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from playground.catalog import Param
from playground.export.plane_link import Look, numbers_of
from playground.locale.text import _
from playground.specs.plane import Plane
from playground.ui import draft, form_words, playground_controls, playground_state


def panel(plane: Plane, look: Look) -> None:
    """Draw the numbers of the dataset, and how much of it is trained on."""
    if "train" not in look.hide:
        key = playground_controls.KEY.format("train")
        draft.set_widget(key, round(100 * plane.train))
        st.slider(
            _("Ratio of training to test data"),
            10,
            90,
            step=10,
            format="%d %%",
            key=key,
            on_change=_slid,
            args=("train", key),
            help=_("The test points are not learned from. Elsewhere in this app they are called the validation part."),
        )
    for param in numbers_of(plane.source) if plane.source != "points" else ():
        if param.name not in look.hide:
            _slider(plane, param)


def _slider(plane: Plane, param: Param) -> None:
    low, high, step = _RANGES.get(param.name, (param.minimum, param.maximum, 1))
    now = plane.options.get(param.name, param.default)
    key = playground_controls.KEY.format(param.name)
    as_number = int if param.kind == "int" else float
    draft.set_widget(key, as_number(now))
    st.slider(
        form_words.label(param),
        as_number(min(low, now)),
        as_number(max(high, now)),
        step=as_number(step),
        key=key,
        on_change=_slid,
        args=(param.name, key),
        help=_(param.help),
    )


_RANGES: Mapping[str, tuple[float, float, float]] = {
    "noise": (0.0, 0.5, 0.05),
    "n_samples": (50, 1000, 50),
    "turns": (0.25, 4.0, 0.25),
    "waves": (0.25, 4.0, 0.25),
}
"""Of numbers that may be larger than what is worth a slider, or are no whole ones: least, most, step."""


def _slid(name: str, key: str) -> None:
    plane, _look = playground_state.current()
    value = draft.widget(key)
    if name == "train":
        playground_controls.change(replace(plane, train=value / 100))
    else:
        playground_controls.change(replace(plane, options=plane.options.replace(**{name: value})))
