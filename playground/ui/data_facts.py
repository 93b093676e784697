"""What the chosen dataset is: four numbers and how often each class occurs."""

import streamlit as st

from playground import catalog
from playground.charts import balance_chart, histogram_chart
from playground.data import SOURCES, DataError
from playground.data.sets.known_source import known_source
from playground.data.sources import OWN_SOURCES
from playground.locale.text import _, ngettext
from playground.specs import DatasetSpec
from playground.specs.facts import Facts
from playground.ui import data_cards, data_points, forms, shell
from playground.ui.data_ready import Look
from playground.ui.data_rows import Rows

HEIGHT = 170
_BALANCED = 1.5  # the largest class over the smallest, up to which accuracy says what one expects


def numbers(dataset: DatasetSpec, facts: Facts | None, sizes: tuple[int, int, int] | None) -> None:
    """Draw the four numbers of the set.

    Args:
        dataset: what is chosen.
        facts: its facts; ``None`` where its preparation or its split does not fit.
        sizes: rows of training, validation and test part, where they are known.
    """
    try:
        source = known_source(dataset)
    except DataError:
        source = (SOURCES | OWN_SOURCES)[dataset.source]  # said at the preparation
    shape = facts.input_shape if facts else source.input_shape
    n = len(source.classes)
    with st.container(horizontal=True, gap="medium", key="facts"):
        st.metric(_("Samples"), f"{_samples(dataset, sizes):,}" if _samples(dataset, sizes) else "–")
        st.metric(_("Input"), data_cards.shape(shape))
        if facts and (facts.task == "reconstruction" or facts.is_sequence_answered):
            st.metric(_("Target"), data_cards.shape(facts.target_shape))
        else:
            st.metric(_("Classes") if n else _("Target"), str(n) if n else _("a number"))
        st.metric(_("Parts"), " / ".join(f"{size:,}" for size in sizes) if sizes else "–")


def balance(found: Look) -> None:
    """Draw how often each class occurs, or how the target is spread."""
    if found.prepared is None:
        if not found.error:
            st.skeleton(height=HEIGHT)
        return
    facts, rows = found.prepared.facts, Rows(found.prepared)
    if not facts.classes:
        st.markdown(f"### {_('Target')}")
        said = _("{low} to {high}, mean {mean}").format(
            low=f"{rows.y.min():.3g}", high=f"{rows.y.max():.3g}", mean=f"{rows.y.mean():.3g}"
        )
        chart = histogram_chart(rows.y, facts.unit)
        st.echarts_chart(chart, height=HEIGHT, key="balance", alt=_("Target: {words}").format(words=said))
        st.caption(shell.plain(said))
        return
    counts = [int(count) for count in rows.counts(len(facts.classes))]
    if facts.is_sequence_answered:
        _symbols(facts, counts)
        return
    st.markdown(f"### {_('Class balance')}")
    words = {"low": f"{min(counts):,}", "high": f"{max(counts):,}"}
    is_even = max(counts) <= _BALANCED * min(counts)
    said = _("Balanced: {low} to {high} in each class.") if is_even else _("Uneven: {low} to {high} in each class.")
    if is_even and min(counts) == max(counts):
        said = _("Balanced: {low} in each class.")
    said = said.format(**words)
    alt = _("Class balance. {words}").format(words=said)
    st.echarts_chart(balance_chart(facts.classes, counts), height=HEIGHT, key="balance", alt=alt)
    icon = ":green[:material/check:]" if is_even else ":orange[:material/balance:]"
    st.caption(f"{icon} {said}")


def _symbols(facts: Facts, counts: list[int]) -> None:
    """How often each symbol occurs in the answers."""
    st.markdown(f"### {_('Symbols of the answers')}")
    names = [name.strip() or _("blank") for name in facts.classes]
    said = ", ".join(f"{name} {count:,}" for name, count in zip(names, counts, strict=True))
    st.echarts_chart(balance_chart(names, counts), height=HEIGHT, key="balance", alt=said)
    steps = facts.answer_shape[0]
    st.caption(ngettext("{n} symbol in every answer.", "{n} symbols in every answer.", steps).format(n=steps))


def options(dataset: DatasetSpec) -> None:
    """Draw the options of a set that is generated, or of a file of one's own as far as they are not drawn elsewhere."""
    entry = catalog.entry("datasets", dataset.source)
    if entry is None or dataset.source == data_points.SOURCE:
        return
    # Of a table the target's own panel has the task, and the list of columns the types.
    elsewhere = ("file", "task", "types") if entry.param("types") else ("file",)
    if any(param.name not in elsewhere for param in entry.params):
        with st.container(key="options"):
            forms.form(entry, dataset.options, "dataset.options", columns=3, leave_out=elsewhere)


def _samples(dataset: DatasetSpec, sizes: tuple[int, int, int] | None) -> int:
    """All rows of the set; 0 where only a file that is not there knows."""
    try:
        known = known_source(dataset).rows({"n_samples": None, **_options(dataset)})
    except DataError:
        known = 0
    return known or (sum(sizes) if sizes else 0)


def _options(dataset: DatasetSpec) -> dict[str, object]:
    entry = catalog.entry("datasets", dataset.source)
    defaults = {param.name: param.default for param in entry.params} if entry else {}
    return {**defaults, **dataset.options}
