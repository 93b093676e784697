"""Which losses the lab looks at, of what task, with which arguments. The choice stands in the address."""

from typing import Any, NamedTuple

import streamlit as st

from playground import catalog
from playground.catalog import Entry
from playground.locale.text import _
from playground.ui import lab_fields

TASK, AXIS, LOGITS = "task", "axis", "logits"
_FIRST = {
    "regression": ["MeanSquaredError", "MeanAbsoluteError", "Huber"],
    "binary": ["BinaryCrossentropy", "BinaryFocalCrossentropy", "Hinge"],
    "multiclass": ["SparseCategoricalCrossentropy", "CategoricalFocalCrossentropy", "CosineSimilarity"],
}
_NUMBERS, _SCORES = 5.0, 8.0
CLASSES = 3


class Chosen(NamedTuple):
    """A loss that is looked at: its entry, its arguments that are not Keras's defaults, what it is called."""

    entry: Entry
    args: dict[str, Any]
    label: str


class Looked(NamedTuple):
    """What is looked at.

    Attributes:
        view: the task: ``regression``, ``binary`` or ``multiclass``.
        axis: what a prediction of a class is: ``probability`` or ``score``.
        target: the number that is right, or the number of the class.
        losses: the chosen ones.
        has_logits: whether losses that can are to take scores as they are.
    """

    view: str
    axis: str
    target: float
    losses: list[Chosen]
    has_logits: bool


def losses_of(view: str) -> list[Entry]:
    """All losses of the catalogue that a task can have."""
    return [entry for entry in catalog.entries("losses") if view in entry.tasks]


def picked_name(view: str) -> str:
    """The name in the address of the losses of a task."""
    return f"{view}_losses"


def choose() -> Looked:
    """Draw the choice of a task, of losses and of a target; returns them."""
    tasks = {"regression": _("Numbers"), "binary": _("Two classes"), "multiclass": _("Several classes")}
    view = lab_fields.part(_("Task"), tasks, TASK)
    names = {entry.id: entry for entry in losses_of(view)}
    picked = lab_fields.several(_("Losses"), list(names), _FIRST[view], picked_name(view))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="loss-options"):
        axis = "number"
        if view != "regression":
            axes = {"score": _("Over the score"), "probability": _("Over the probability")}
            axis = lab_fields.part(_("Axis"), axes, AXIS)
        target = _target(view)
        has_logits = False
        if axis == "score":
            has_logits = st.toggle(
                "`from_logits`",
                key=LOGITS,
                bind="query-params",
                persist_state="session",
                help=_("Losses that can take the score itself, and work out sigmoid or softmax more exactly."),
            )
        with st.popover(_("Arguments"), icon=":material/tune:"):
            chosen = [_with_arguments(names[name], has_logits) for name in picked]
            if not any(lab_fields.movable(each.entry, "losses") for each in chosen):
                st.caption(_("None of these has an argument that can be moved."))
    return Looked(view, axis, target, chosen, has_logits)


def reach(looked: Looked) -> tuple[float, float]:
    """The ends of the axis of predictions."""
    if looked.axis == "probability":
        return 0.001, 0.999
    far = _NUMBERS if looked.view == "regression" else _SCORES
    return -far, far


def _target(view: str) -> float:
    if view == "regression":
        return float(lab_fields.slider(_("Target"), -4.0, 4.0, 1.0, "target", step=0.1, width=220))
    if view == "binary":
        wanted = lab_fields.part(_("Right class"), {"1": _("Right: 1"), "0": _("Right: 0")}, "right")
        return float(wanted)
    rights = {"0": _("Right: this class"), "1": _("Right: another one")}
    return float(lab_fields.part(_("Right class"), rights, "right_of_three"))


def _with_arguments(entry: Entry, has_logits: bool) -> Chosen:
    if lab_fields.movable(entry, "losses"):
        st.markdown(f"**{entry.id}**")
    args = lab_fields.arguments(entry, "losses")
    said = ", ".join(f"{name}={_spelled(value)}" for name, value in args.items())
    if has_logits and entry.param("from_logits") is not None:
        args["from_logits"] = True
    return Chosen(entry, args, f"{entry.id}({said})" if said else entry.id)


def _spelled(value: Any) -> str:
    return str(value) if isinstance(value, bool) else f"{value:g}"
