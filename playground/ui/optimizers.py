"""The lab of optimizers: their paths down a surface, and what each comes to."""

import numpy as np
import streamlit as st

from playground.catalog.surfaces import surface
from playground.charts.ground import Ground
from playground.charts.paths import Walk, paths_figure
from playground.locale.text import _
from playground.ui import (
    draft,
    lab_answers,
    lab_csv,
    lab_experiments,
    lab_fields,
    optimizers_rule,
    optimizers_take,
    optimizers_try,
    race,
    shell,
)
from playground.ui.lab_answers import Answer
from playground.ui.optimizers_choice import SURFACE, Choice, Walker, choose, move_start

_HEIGHT, _PHONE_HEIGHT = 620, 760
_KEY = "paths"


def panel() -> None:
    """Draw the lab; what it shows stands in the address."""
    draft.current()  # the links of the menu go on carrying the draft
    row = shell.heading(_("Optimizers"), _("Several ways down the same hill, on a surface and on your own network"))
    with row:
        parts = {"paths": _("Paths on a surface"), optimizers_take.RACE: _("Fair race")}
        part = lab_fields.part(_("Part"), parts, optimizers_take.PART)
    if part == optimizers_take.RACE:
        race.panel()
    else:
        st.fragment(_panel)()


def _panel() -> None:
    lab_experiments.panel("optimizers", optimizers_try.look_for(), optimizers_try.experiments())
    choice = choose()
    optimizers_take.button(choice.walkers)
    ground = lab_answers.ask("surface", {"surface": choice.surface.id})
    asked = [_asked(choice, walker) for walker in choice.walkers]
    walked = list(zip(choice.walkers, lab_answers.ask_all("path", asked), strict=True))
    if ground.is_there:
        _picture(choice, ground, [(walker, found) for walker, found in walked if found.is_there])
    optimizers_take.race(choice.walkers)
    lab_answers.missing(ground, *(found for _walker, found in walked))


def _asked(choice: Choice, walker: Walker) -> dict[str, object]:
    return {
        "surface": choice.surface.id,
        "optimizer": walker.optimizer,
        "start": choice.start,
        "steps": choice.steps,
        "seed": choice.seed,
    }


def _picture(choice: Choice, ground: Answer, walked: list[tuple[Walker, Answer]]) -> None:
    on = choice.surface
    heights = ground.arrays["heights"]
    lowest = min(float(heights.min()), *(float(found.arrays["heights"].min()) for _walker, found in walked), np.inf)
    walks = [Walk(each.label, found.arrays["points"], found.arrays["heights"] - lowest) for each, found in walked]
    colours = st.get_option(f"theme.{shell.theme()}.chartCategoricalColors")
    words = {
        "height": _("Height above the lowest point"),
        "distance": _("Distance to the nearest minimum"),
        "length": _("Length of the step"),
        "step": _("step"),
        "start": _("start"),
        "minimum": _("minimum"),
        "play": _("Play"),
        "pause": _("Pause"),
    }
    of = Ground(ground.arrays["x"], ground.arrays["y"], heights, on.axes, choice.start, on.minima)
    figure = paths_figure(of, walks, colours, shell.theme(), words, choice.at, is_3d=choice.is_3d)
    st.markdown(f":small[:gray[**{_(on.label)}** ${on.formula}$ · {_(on.summary)}]]")
    st.plotly_chart(
        figure,
        height=_PHONE_HEIGHT if shell.is_phone() else _HEIGHT,
        key=_KEY,
        on_select="ignore" if choice.is_3d else _clicked,
        selection_mode="points",
        config={"displayModeBar": False},
    )
    if not choice.is_3d:
        st.caption(_("Click the surface to choose another start."))
    optimizers_rule.table(choice, walked, lowest)
    head = ("optimizer", "step", *on.axes, "height", "learning rate", *(f"gradient {axis}" for axis in on.axes))
    lab_csv.offer("paths", head, lambda: _rows(walked))


def _rows(walked: list[tuple[Walker, Answer]]) -> lab_csv.Rows:
    """A row a step; rate and gradient are those of the step that leads there, and of the start there are none."""
    for walker, found in walked:
        of = found.arrays
        steps, points, heights = np.arange(len(of["points"])), of["points"], of["heights"]
        (first,) = lab_csv.side_by_side(walker.label, steps[:1], *points[:1].T, heights[:1])
        yield (*first, "", "", "")
        yield from lab_csv.side_by_side(
            walker.label, steps[1:], *points[1:].T, heights[1:], of["rates"], *of["slopes"].T
        )


def _clicked() -> None:
    chosen = draft.widget(_KEY)
    points = chosen["selection"]["points"] if chosen else []
    if points:
        move_start(surface(draft.widget(SURFACE)), (float(points[0]["x"]), float(points[0]["y"])))
