"""Where a model's parameters, multiply-adds and memory sit, as a table."""

import math
import time

import pandas as pd
import streamlit as st

from playground.locale.text import _
from playground.specs import RunSpec
from playground.specs.cost import Cost
from playground.specs.rules.memory import in_words
from playground.specs.shapes import Shapes
from playground.ui import costs, shell

_TICK_S = 0.3
_PAUSE_S = 0.25  # counting takes a core, which the page needs while somebody types
_LITTLE = 0.05  # of the device's memory
_BYTES = 4
_ROW, _MOST = 35, 620  # pixels


def panel(spec: RunSpec, shapes: Shapes) -> None:
    """Draw the totals and the table, or say why there are none yet."""
    if not costs.can_count(shapes):
        st.caption(_("Appears when all layers fit together."))
        return
    if shapes.cost is None:
        _missing(spec)
        return
    cost, batch_size = shapes.cost, spec.training.batch_size
    with st.container(horizontal=True, gap="medium"):
        st.metric(
            _("Multiply-adds"),
            in_short(cost.multiply_adds),
            help=_("Products that are summed in matrix products and convolutions, for one sample going forward."),
        )
        st.metric(
            _("A training step"),
            in_words(cost.peak_bytes(batch_size)),
            help=_("The most memory it takes at once, estimated to within a factor of two."),
        )
    table = frame(cost, shapes, batch_size)
    kept = _("What stays in memory until the backward pass has read it, for a batch.")
    output = _("The memory of the layer's output for a batch.")
    columns = {
        _("Multiply-adds"): st.column_config.ProgressColumn(
            format="compact", max_value=max(1, int(table.iloc[:, 1].max())), width=118
        ),
        _("Kept"): st.column_config.NumberColumn(format="bytes", help=kept, width="small"),
        _("Output"): st.column_config.NumberColumn(format="bytes", help=output, width="small"),
        _("Parameters"): st.column_config.NumberColumn(format="compact", width="small"),
    }
    st.dataframe(
        table,
        hide_index=True,
        column_config=columns,
        height=min(_MOST, _ROW * (len(table) + 1) + 2),
        key="cost-table",
    )
    st.caption(shell.plain(parts(cost, batch_size)))
    st.download_button(
        _("Table (CSV)"),
        lambda: table.to_csv(index=False),
        "cost.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )


def frame(cost: Cost, shapes: Shapes, batch_size: int) -> pd.DataFrame:
    """One row a layer: name, multiply-adds of a sample, bytes kept and of the output for a batch, parameters."""
    rows = [
        (layer.name, each.multiply_adds, each.kept_bytes * batch_size, each.output_bytes * batch_size, layer.parameters)
        for layer, each in zip(shapes.layers, cost.layers, strict=True)
    ]
    return pd.DataFrame(rows, columns=[_("Layer"), _("Multiply-adds"), _("Kept"), _("Output"), _("Parameters")])


def parts(cost: Cost, batch_size: int) -> str:
    """What the memory of a training step is made of, in one line."""
    words = {
        _("weights"): cost.weights_bytes,
        _("gradients"): cost.gradients_bytes,
        _("optimizer"): cost.optimizer_bytes,
        _("data"): cost.data_bytes,
        _("{n} samples on their way").format(n=f"{batch_size:,}"): batch_size * cost.sample_bytes,
    }
    return " · ".join(f"{name} {in_words(size)}" for name, size in words.items() if size)


def in_short(number: int) -> str:
    """A count with three digits at most: "17", "2.4 M"."""
    for factor, unit in ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= factor:
            return f"{number / factor:.{0 if number >= 100 * factor else 1}f} {unit}"
    return f"{number}"


def wait(spec: RunSpec, shapes: Shapes, *, is_in_sight: bool) -> None:
    """Ask for the cost once the draft has been left alone for a moment, and draw the page again when it is known.

    Nothing is asked of a small model whose cost nobody looks at: the page would be drawn once more after every edit.
    """
    if shapes.device is None or shapes.cost is not None or costs.is_counted(spec):
        return
    if is_in_sight or _at_most(spec, shapes) > _LITTLE * shapes.device.memory_bytes:
        st.fragment(_until_counted, run_every=_TICK_S)(spec, time.monotonic())


def _at_most(spec: RunSpec, shapes: Shapes) -> int:
    """A generous guess at the bytes of a training step: weights four times, and what every layer gives on ten times."""
    values = sum(math.prod(size or 1 for size in layer.output_shape or ()) for layer in shapes.layers)
    return _BYTES * (4 * shapes.parameters + 10 * values * spec.training.batch_size)


def _until_counted(spec: RunSpec, drawn_at: float) -> None:
    if costs.is_counted(spec):
        st.rerun()
    if time.monotonic() - drawn_at >= _PAUSE_S:  # the next edit draws all of this anew, and this is never asked
        costs.begin(spec)


def _missing(spec: RunSpec) -> None:
    if not costs.is_counted(spec):
        st.caption(f":material/hourglass_empty: {_('Counting what every layer computes and keeps.')}")
        return
    st.markdown(f"**{_('The cost could not be counted.')}** {shell.plain(costs.why_not(spec))}")
    st.caption(_("Training is not affected. Count again; if that fails too, make the model smaller."))
    st.button(_("Count again"), icon=":material/refresh:", key="count-again", on_click=costs.again, args=(spec,))
