"""How the training rows were learned: early, late, never, or forgotten; and the labels that were never believed."""

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from playground.charts import Line, curves_chart
from playground.charts.panels import DASHES
from playground.data import Prepared
from playground.engine.asked import history_of
from playground.locale.text import _, ngettext
from playground.runs.artifacts import kept_epochs
from playground.runs.evaluations import Evaluation, kept
from playground.scores.learned import EARLY, FORGOTTEN, GROUPS, LATE, NEVER, Learned, learned
from playground.settings import setting, settings
from playground.ui import evaluate_choice, evaluate_samples, job_answer, lab_fields, live_part, shell
from playground.ui.evaluate_choice import Chosen

_KEY = "history"
_MOST = 12
_HEIGHT, _PHONE = 300, 240
_LABELS = "labels"
_DELTA: Mapping[str, Any] = {"delta_color": "off", "delta_arrow": "off"}


def panel(chosen: Chosen, prepared: Prepared) -> None:
    """Draw how rows of the training part were learned, once somebody asks for it; nothing where rows have no class."""
    facts = prepared.facts
    if not facts.classes or facts.target_shape:
        return
    st.markdown(f"### {_('How the training rows were learned')}")
    epoch, step = evaluate_choice.checkpoints(chosen.view).get("last", (0, 0))
    folder = settings().run_dir(chosen.view.run.id)
    if not any(each < epoch for each in kept_epochs(folder)):
        said = _("This run kept no weights of single epochs: it has only one, or they are too large ({setting}).")
        st.caption(shell.plain(said.format(setting=setting("max_history_mb"))))
        return
    is_wanted = st.toggle(
        _("Follow single rows through the epochs"),
        key=_KEY,
        bind="query-params",
        persist_state="session",
        help=_("Asks the weights of some epochs about up to 2,000 rows of the training part."),
    )
    if not is_wanted:
        return
    asking = history_of(chosen.view.run.id, epoch, step)
    found = kept(folder, asking.key)
    if found is not None:
        st.fragment(_drawn)(chosen, found, prepared)
        return
    answer = job_answer.answer(asking)
    if answer.error:
        job_answer.refused(asking, answer.error)
    elif answer.result is None:
        job_answer.wait(asking, _HEIGHT)
    elif kept(folder, asking.key) is not None:
        st.rerun()
    else:
        job_answer.refused(asking, _("What was found about this run is not there any more."))


def _drawn(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    how = _learned(found)
    counts = np.bincount(how.group, minlength=len(GROUPS))
    suspects = _rows(found, how, _LABELS)
    with st.container(key="history-figures"):
        grid = st.grid(len(GROUPS) + 1, min_column_width=150, gap="small")
        for number, name in enumerate(GROUPS):
            share = _("{share} % of the rows").format(share=f"{100 * counts[number] / len(how.group):.1f}")
            grid.metric(_names()[name], f"{counts[number]:,}", share, help=_help(name, how), **_DELTA)
        grid.metric(_names()[_LABELS], f"{len(suspects):,}", _("look at them"), help=_help(_LABELS, how), **_DELTA)
    _curves(chosen, found, how)
    _samples(chosen, found, how, prepared)


def _curves(chosen: Chosen, found: Evaluation, how: Learned) -> None:
    epochs, given = np.array(found.values["epochs"], np.float64), found.arrays["given"]
    there = [name for number, name in enumerate(GROUPS) if (how.group == number).any()]
    means = {name: given[:, how.group == GROUPS.index(name)].mean(axis=1) for name in there}
    lines = [Line(_names()[name], epochs, mean) for name, mean in means.items()]
    ends = "; ".join(f"{_names()[name]} {mean[-1]:.2f}" for name, mean in means.items())
    said = _("The share that the network gives to the label, mean of each group. At the end: {ends}.").format(ends=ends)
    option = curves_chart(lines, epochs=float(epochs[-1]), x_name=_("epoch"), is_best_high=True)
    for series, dash in zip(option["series"], DASHES, strict=False):  # four lines are told apart without colours
        series["lineStyle"]["type"] = dash
    st.echarts_chart(option, height=_PHONE if shell.is_phone() else _HEIGHT, key="history-curves", alt=said)
    live_part.below(
        chosen.view,
        "evaluate-learned-curves",
        said,
        lambda: {"epoch": found.values["epochs"], **{name: mean.tolist() for name, mean in means.items()}},
    )


def _samples(chosen: Chosen, found: Evaluation, how: Learned, prepared: Prepared) -> None:
    kinds = {name: _names()[name] for name in (_LABELS, NEVER, FORGOTTEN, LATE, EARLY)}
    kind = lab_fields.part(_("Which rows"), kinds, "learned")
    at = _rows(found, how, kind)
    n = len(at)
    words = ngettext("{n} row.", "{n} rows.", n).format(n=f"{n:,}")
    if n > _MOST:
        words += " " + _("The first {n} are shown.").format(n=_MOST)
    classes, answered = prepared.facts.classes, found.arrays["answered"]
    said = []
    for each in at[:_MOST]:
        label = classes[found.arrays["label"][each]]
        if kind == _LABELS:
            said.append(
                _("label {label}, rather {other}").format(label=label, other=classes[found.arrays["instead"][each]])
            )
        elif kind in (NEVER, FORGOTTEN):
            said.append(_("{true} as {said}").format(true=label, said=classes[answered[-1, each]]))
        else:
            said.append(_("{label}, since epoch {n}").format(label=label, n=f"{how.since[each]:,}"))
    places = found.arrays["at"][at[:_MOST]]
    evaluate_samples.panel(prepared, chosen.view.spec.dataset, "train", places, said, f"learned-{kind}")
    if found.values["n"] < found.values["of"]:
        words += " " + _("{n} of {of} training rows were followed, drawn at random.").format(
            n=f"{found.values['n']:,}", of=f"{found.values['of']:,}"
        )
    live_part.below(
        chosen.view, "evaluate-learned", f"{words} {_help(kind, how)}", lambda: _table(found, how, prepared)
    )


def _rows(found: Evaluation, how: Learned, kind: str) -> np.ndarray:
    """The rows of a group, the most telling first: those whose label was believed least."""
    margin = found.arrays["margin"]
    chosen = margin < 0 if kind == _LABELS else how.group == GROUPS.index(kind)
    at = np.flatnonzero(chosen)
    return at[np.argsort(margin[at], kind="stable")]


@functools.lru_cache(maxsize=8)
def _learned(found: Evaluation) -> Learned:
    return learned(found.arrays["answered"] == found.arrays["label"], found.values["epochs"])


def _names() -> dict[str, str]:
    return {
        EARLY: _("Learned early"),
        LATE: _("Learned late"),
        FORGOTTEN: _("Forgotten"),
        NEVER: _("Never learned"),
        _LABELS: _("Labels to check"),
    }


def _help(kind: str, how: Learned) -> str:
    early = f"{how.early:,}"
    return {
        EARLY: _("Right from epoch {early} on at the latest, up to the end.").format(early=early),
        LATE: _("Right to the end only from an epoch after {early} on.").format(early=early),
        FORGOTTEN: _("Right after some epoch, wrong at the end."),
        NEVER: _("Wrong after every epoch that was kept."),
        _LABELS: _(
            "Over all epochs another class was given more than the label. Wrong labels are found here, and so are hard "
            "rows with a right one: look before you change any."
        ),
    }[kind]


def _table(found: Evaluation, how: Learned, prepared: Prepared) -> dict[str, list[object]]:
    arrays, names = found.arrays, np.array(prepared.facts.classes, object)
    table = pd.DataFrame(
        {
            "position": arrays["at"],
            "source_row": np.asarray(prepared.array("rows_train"))[arrays["at"]],
            "label": names[arrays["label"]],
            "answered": names[arrays["answered"][-1]],
            "learned": [GROUPS[number] for number in how.group],
            "right_since_epoch": how.since,
            "times_forgotten": how.lapses,
            "mean_share_of_label": arrays["given"].mean(axis=0),
            "mean_margin": arrays["margin"],
            "likely_instead": names[arrays["instead"]],
        }
    )
    return {str(name): list(table[name]) for name in table.columns}
