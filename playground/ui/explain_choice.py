"""Which network is explained, with which of its weights, and on which rows; and choices that stand in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from playground.data import Prepared
from playground.engine.asked import Asking
from playground.engine.explain_asked import explanation_of
from playground.locale.text import _
from playground.ui import draft, evaluate_choice, ids, lab_fields, shell
from playground.ui.reader import View

PART, WEIGHTS, LAYER, SAMPLE = "part", "weights", "layer", "sample"


@dataclass(frozen=True, eq=False)
class Chosen:
    """What is explained.

    Attributes:
        view: the run.
        which: its weights, ``best`` or ``last``.
        step: the training step that they are of.
        part: whose rows are looked at, ``validation`` or ``train``.
        prepared: the run's data.
        inputs: what is known of the inputs; see :func:`playground.insight.inputs.described`.
        layers: of each layer its ``name``, ``kind`` and ``shape``.
        see: the names of those whose output has places of an image.
    """

    view: View
    which: str
    step: int
    part: str
    prepared: Prepared
    inputs: Mapping[str, Any]
    layers: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    see: Sequence[str] = ()

    @property
    def n(self) -> int:
        """How many rows the part has."""
        return len(self.prepared.array(f"x_{self.part}"))

    def asking(self, what: str, **args: Any) -> Asking:
        """A way of looking at it, as the engine is asked for it."""
        return explanation_of(self.view.run.id, self.which, self.step, self.part, what, **args)


def choose(view: View) -> tuple[str, int, str]:
    """Draw the choice of part and weights; returns the part, the step of the weights, and which they are."""
    kept = evaluate_choice.checkpoints(view)
    words = {"validation": _("Validation"), "train": _("Training")}
    counts = {"validation": view.run.n_validation, "train": view.run.n_train}
    parts = {part: words[part] for part in words if counts[part]} or {"train": words["train"]}
    names = {"best": _("Best epoch, {n}"), "last": _("Last epoch, {n}")}
    weights = {which: names[which].format(n=f"{epoch:,}") for which, (epoch, _step) in kept.items()}
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="explain-choice"):
        part = lab_fields.part(_("Rows of the part"), parts, PART)
        which = lab_fields.part(_("Weights"), weights, WEIGHTS)
    return part, kept[which][1], which


def link(run_id: str, part: str, which: str, at: int) -> None:
    """Draw the way to why the row at the position ``at`` of ``part`` is answered so; none from the test part."""
    if part == "test" or not shell.is_page(shell.EXPLAIN):
        return
    query = draft.address() | {"run": run_id, PART: part, WEIGHTS: which, SAMPLE: str(at + 1)}
    st.page_link(
        shell.EXPLAIN, label=_("Why is the first of them answered so?"), icon=":material/lightbulb:", query_params=query
    )


def layer(chosen: Chosen, names: Sequence[str], default: str) -> str:
    """Draw the choice of one of the layers called ``names``, which the address has; returns its name."""
    about = {each["name"]: each for each in chosen.layers}
    said = {name: f"{name} · {about[name]['kind']} · {_shape(about[name]['shape'])}" for name in names}
    return one_of(_("Layer"), said, LAYER, chosen.view.run.id, default)


def one_of(label: str, options: Mapping[str, str], name: str, of: str, default: str) -> str:
    """Draw the choice among ``options``, values with names that differ; returns the value, which the address has.

    Args:
        label: what is chosen.
        options: values and names.
        name: in the address.
        of: what the options are of: another thing has another widget.
        default: the value at first.
    """
    known = ids.part(name, options) or default
    key = f"explain-{name}-{of}"
    now = draft.widget(key)
    at = list(options).index(now if now in options else known)
    chosen = st.selectbox(label, list(options), at, format_func=options.__getitem__, key=key, width=320)
    ids.show_part(name, chosen if chosen != default else "")
    return chosen


def number(label: str, most: int, name: str, of: str, default: int = 1, width: int = 140) -> int:
    """Draw the choice of a number from 1 to ``most``, which the address has as ``name``; returns it."""
    given = ids.parts().get(name, "")
    is_there = given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= most
    first = int(given) if is_there else min(default, most)
    chosen = int(st.number_input(label, 1, most, first, key=f"explain-{name}-{of}", width=width))
    ids.show_part(name, str(chosen) if chosen != default else "")
    return chosen


def _shape(shape: Sequence[int | None]) -> str:
    return " × ".join(_("any") if size is None else f"{size:,}" for size in shape) or "1"
