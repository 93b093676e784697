"""What can be changed while a run trains, behind one button: rate, speed, epochs, and where it ends."""

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground import catalog
from playground.locale.text import _
from playground.settings import settings
from playground.ui import adjust_next, asking, draft, segments
from playground.ui.asking import Button
from playground.ui.reader import View

_RATES = tuple(f"{first}e{tens}" for tens in range(-7, 2) for first in (1, 2, 5))
_SPEEDS = (1, 2, 5, 10, 20)
_FULL = 0
_MORE = 10
_HEIGHT = 500
OPEN = "adjust-"
"""Begins the name under which it is kept whether a run's panel is open."""


def panel(view: View, *others: Button) -> None:
    """Draw the button and what is behind it; the latter only while it is open, for the row is drawn at every tick.

    Args:
        view: a run that trains or is paused.
        others: further things to ask for, for which the row has no room.
    """
    place = st.popover(_("Adjust"), icon=":material/tune:", key=f"{OPEN}{view.run.id}", on_change="rerun")
    with place:
        if place.open:
            _content(view, others)
        else:
            st.skeleton(height=_HEIGHT)  # for where there is room for all of it is decided as it opens


def _content(view: View, others: tuple[Button, ...]) -> None:
    _rate(view)
    _speed(view)
    _epochs(view)
    adjust_next.fields(view)
    st.caption(
        _(
            "All this counts for this run only: its script, and a run again, begin with the settings; a changed "
            "copy begins with what has been changed here."
        )
    )
    with st.container(horizontal=True, gap="small"):
        for button in others:
            asking.draw(button, view)
        asking.draw(
            Button(
                "finish",
                _("Finish now"),
                _("Finishing …"),
                ":material/flag:",
                help=_("Ends here as if it were done: measured on the test part, the model saved as a file."),
            ),
            view,
        )


def rate(view: View) -> float | None:
    """The learning rate at which the run stands; ``None`` while only its schedule knows."""
    if view.run.learning_rate is not None:
        return view.run.learning_rate
    chosen = view.spec.training.optimizer
    entry = catalog.entry("optimizers", chosen.kind)
    param = entry.param("learning_rate") if entry else None
    planned = chosen.args.get("learning_rate", param.default if param else None)
    return float(planned) if isinstance(planned, int | float) else None


def _rate(view: View) -> None:
    now = rate(view)
    if now is None:
        st.caption(_("The learning rate can be changed after the first epoch."))
        return
    nearest = min(_RATES, key=lambda each: abs(math.log(float(each)) - math.log(max(now, 1e-12))))
    key = f"rate-{view.run.id}-{nearest}"
    options = {each: f"{float(each):g}" for each in _RATES}
    st.select_slider(
        _("Learning rate, now {rate}").format(rate=f"{now:.3g}"),
        list(options),
        value=nearest,
        format_func=options.__getitem__,
        key=key,
        help=_("Where the rate follows a schedule, the schedule goes on in proportion."),
        on_change=_ask_rate,
        args=(view.run.id, key),
    )


def _ask_rate(run_id: str, key: str) -> None:
    asking.ask(run_id, "set", {"learning_rate": float(draft.widget(key))})


def _speed(view: View) -> None:
    now = view.run.speed or _FULL
    speeds: Mapping[Any, str] = {each: f"{each:g}" for each in sorted({*_SPEEDS, now} - {_FULL})}
    key = f"speed-{view.run.id}-{now:g}"
    with st.container(gap="xxsmall"):
        st.markdown(f":small[{_('Steps a second')}]")
        options = {**speeds, _FULL: _("Full speed")}
        segments.choose(_("Steps a second"), options, now, key, _ask_speed, (view.run.id, key))


def _ask_speed(run_id: str, key: str) -> None:
    asking.ask(run_id, "speed", {"steps_per_s": draft.widget(key) or None})


def _epochs(view: View) -> None:
    room = settings().max_epochs - view.run.epochs
    if room < 1:
        return
    key = f"add-epochs-{view.run.id}"
    is_busy = any(request.kind == "epochs" for request in view.asked)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input(
            _("More epochs, now {n}").format(n=f"{view.run.epochs:,}"), 1, room, min(_MORE, room), key=key, width=180
        )
        st.button(
            _("Adding …") if is_busy else _("Add"),
            icon=":material/add:",
            key=f"add-{view.run.id}",
            disabled=is_busy,
            on_click=_ask_epochs,
            args=(view.run.id, key),
        )


def _ask_epochs(run_id: str, key: str) -> None:
    asking.ask(run_id, "epochs", {"add": int(draft.widget(key))})
