"""The card of a run that has finished: an estimator of scikit-learn on the same rows, beside the network."""

import math

import streamlit as st

from playground import catalog
from playground.charts.looks import ranked_chart
from playground.data import DataError, outline
from playground.data.prepared import PARTS
from playground.engine.asked import beside_of
from playground.locale.text import _
from playground.runs import Run
from playground.specs.beside import besides
from playground.ui import about, job_answer, run_words, shell
from playground.ui.reader import View

_PREFIX = {"train": "", "validation": "val_"}
_BAR_PX = 26
_CELL_PX = 66
_SQUARED = "mean_squared_error"


def panel(view: View) -> None:
    """Draw the card of a finished run; nothing while it goes on, or where no estimator fits its data."""
    if view.run.state != "finished":
        return
    try:
        offered = besides(outline(view.spec.dataset))
    except DataError:
        return
    if not offered:
        return
    with st.container(border=True, gap="xsmall", key="beside"):
        st.markdown(f"#### {_('Beside scikit-learn')}")
        st.caption(_("What an estimator without layers makes of the same rows."))
        example = about.example(view.run.digest)
        first = next((each for each in offered if example and each.id in example.beside), None)
        names = {entry.id: _(entry.label) for entry in offered}
        asked: str | None = st.selectbox(
            _("Estimator"),
            list(names),
            index=offered.index(first) if first is not None else None,
            format_func=names.__getitem__,
            placeholder=_("Choose one"),
            label_visibility="collapsed",
            key=f"beside-{view.run.id}",
        )
        chosen = next((entry for entry in offered if entry.id == asked), None)
        if chosen is not None:
            st.caption(_(chosen.summary))
            _scored(view, chosen)


def _scored(view: View, estimator: catalog.Entry) -> None:
    asking = beside_of(view.spec.dataset, view.spec.seed, estimator.id)
    found = job_answer.answer(asking)
    if found.error:
        job_answer.refused(asking, found.error)
    elif found.result is None:
        job_answer.wait(asking, 120)
    else:
        _compared(view, estimator, found.result)


def _compared(view: View, estimator: catalog.Entry, answer: dict[str, object]) -> None:
    """A bar each for the network, the estimator and the answer that looks at nothing, and the scores of all parts."""
    scores = answer["scores"]
    if not isinstance(scores, dict):
        return
    name = _shown(view.run, scores)
    label = _(estimator.label)
    last = [part for part in PARTS if part in scores][-1]
    network = _of_network(view, name, last)
    bars = {_("Network"): network, label: scores[last].get(name)}
    if (simplest := view.run.baseline.get(name)) is not None and last == "test":
        bars[_("Baseline")] = simplest
    shown = {each: value for each, value in bars.items() if value is not None}
    st.markdown(f"**{run_words.first_upper(run_words.metric(name))}** · {_words(last)}")
    st.echarts_chart(
        ranked_chart(list(shown), [[round(value, 4) for value in shown.values()]], digits=3),
        height=_BAR_PX * len(shown) + 30,
        key=f"beside-bars-{view.run.id}",
        alt=", ".join(f"{each} {run_words.value(value)}" for each, value in shown.items()),
    )
    _row(_("Part"), _("Network"), _("Estimator"), is_head=True)
    for part in PARTS:
        if part in scores:
            _row(_words(part), _value(_of_network(view, name, part)), _value(scores[part].get(name)))
    if (n := answer.get("n_train")) != (of := answer.get("of")):
        st.caption(_("Fitted on {n} of {of} training rows.").format(n=f"{n:,}", of=f"{of:,}"))
    if note := answer.get("note"):
        st.caption(f":material/info: {shell.plain(str(note))}")


def _row(*cells: str, is_head: bool = False) -> None:
    """A row of a table that is no wider than the card: a word and two numbers."""
    with st.container(horizontal=True, gap="xsmall", wrap=False, vertical_alignment="center"):
        for at, cell in enumerate(cells):
            (st.caption if is_head else st.markdown)(cell, width="stretch" if at == 0 else _CELL_PX)


def _shown(run: Run, scores: dict[str, dict[str, float]]) -> str:
    """The score to compare by: the first that the network was tested with too."""
    names = list(scores["train"])
    if names == ["accuracy"]:
        return "accuracy"
    return next((name for name in names if name in run.test), "root_mean_squared_error")


def _of_network(view: View, name: str, part: str) -> float | None:
    """The network's score on a part; ``None`` where it was not measured."""
    run = view.run
    loss = catalog.entry("losses", view.spec.training.loss.kind)
    names = [name]
    if name == "accuracy":
        names = [each for each in run.metrics if each.endswith("accuracy") and not each.startswith("val_")]
    for each in names:
        value = run.test.get(each) if part == "test" else _last(run, f"{_PREFIX[part]}{each}")
        if value is not None:
            return value
    if name != "root_mean_squared_error" or loss is None:
        return None
    squared = _SQUARED if _SQUARED in run.metrics else "loss" if loss.id == "MeanSquaredError" else None
    if squared is None:
        return None
    value = run.test.get(squared) if part == "test" else _last(run, f"{_PREFIX[part]}{squared}")
    return math.sqrt(value) if value is not None and value >= 0 else None


def _last(run: Run, name: str) -> float | None:
    metric = run.metrics.get(name)
    return metric.last if metric is not None else None


def _value(value: float | None) -> str:
    return "–" if value is None else run_words.value(value)


def _words(part: str) -> str:
    return {"train": _("Training"), "validation": _("Validation"), "test": _("Test")}[part]
