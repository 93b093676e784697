"""What a run is: one line of facts, what its example teaches, and its Keras code."""

import functools
from collections.abc import Mapping

import streamlit as st

from playground import catalog, recipes
from playground.export import script
from playground.locale.text import _
from playground.recipes import Recipe
from playground.specs import RunSpec
from playground.ui import listing
from playground.ui.reader import View
from playground.ui.shell import plain


def summary(view: View) -> str:
    """One line: dataset, parameters, optimizer, loss, batch size, seed. Markdown."""
    spec, training = view.spec, view.spec.training
    count = view.run.parameters
    parts = [
        label("datasets", spec.dataset.source),
        _("{n} parameters").format(n=f"{count:,}") if count is not None else "",
        optimizer(spec),
        label("losses", training.loss.kind),
        _("batch {n}").format(n=f"{training.batch_size:,}"),
        _("seed {n}").format(n=spec.seed),
    ]
    return plain(" · ".join(filter(None, parts)))


def panel(view: View) -> None:
    """Draw what the run's example teaches, if it is one, and the run as a Python script."""
    found = example(view.run.digest)
    if found is not None:
        _teaches(found)
    with st.expander(_("Keras code"), icon=":material/code:", key="code"):
        st.caption(_("The same training as a Python script that needs Keras, not this app."))
        listing.panel(code(view.spec), 480)


@functools.lru_cache(maxsize=32)
def code(spec: RunSpec) -> str:
    """The run as a stand-alone Python script."""
    return script(spec)


@functools.cache
def _examples() -> dict[str, Recipe]:
    return {found.spec.digest: found for found in map(recipes.recipe, recipes.names())}


def example(digest: str) -> Recipe | None:
    """The worked example whose spec has this ``digest``, or ``None``."""
    return _examples().get(digest)


def _teaches(found: Recipe) -> None:
    with st.container(border=True, gap="xsmall", key="teaches"):
        st.markdown(f"#### {_('What this example shows')}")
        st.markdown(plain(_(found.teaches)))
        for title, text in (
            (_("Look at"), found.look_at),
            (_("Reported"), found.reported),
            (_("Measured here"), found.measured),
        ):
            if text:
                st.markdown(f"**{title}:** {plain(_(text))}")


def label(table: str, chosen: str) -> str:
    """What the catalogue's ``table`` calls the entry ``chosen`` on screen; the id itself where it is not there."""
    entry = catalog.entry(table, chosen)
    return _(entry.label) if entry is not None and entry.label else chosen


def optimizer(spec: RunSpec) -> str:
    """The optimizer of ``spec`` with its rate or schedule, in words."""
    chosen = spec.training.optimizer
    entry = catalog.entry("optimizers", chosen.kind)
    param = entry.param("learning_rate") if entry else None
    rate = chosen.args.get("learning_rate", param.default if param else None)
    name = label("optimizers", chosen.kind)
    if isinstance(rate, int | float):
        return _("{optimizer}, rate {rate}").format(optimizer=name, rate=f"{rate:g}")
    if isinstance(rate, Mapping) and isinstance(rate.get("kind"), str):
        return _("{optimizer}, {schedule}").format(optimizer=name, schedule=label("schedules", rate["kind"]))
    return name
