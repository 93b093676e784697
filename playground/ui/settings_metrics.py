"""The metrics that are watched while training."""

import streamlit as st

from playground import catalog
from playground.locale.text import _
from playground.specs import Args, RunSpec
from playground.specs.run_spec import MetricSpec
from playground.specs.usual import usual_args
from playground.ui import about, draft, forms


def panel(spec: RunSpec, task: str | None) -> None:
    """Draw the choice of metrics, with their arguments.

    Args:
        spec: the draft's.
        task: what is to be learned, where that is known: metrics for other tasks are left out.
    """
    chosen = [metric.kind for metric in spec.training.metrics]
    entries = [each for each in catalog.entries("metrics") if task is None or not each.tasks or task in each.tasks]
    names = {each.id: about.label("metrics", each.id) for each in sorted(entries, key=lambda each: not each.basic)}
    names |= {kind: about.label("metrics", kind) for kind in chosen if kind not in names}
    key = draft.key("training.metrics")
    st.multiselect(
        _("Metrics"),
        list(names),
        default=list(dict.fromkeys(chosen)),
        format_func=names.__getitem__,
        key=key,
        help=_("Watched on the training and on the validation part; nothing is minimised by them."),
        on_change=_set_metrics,
        args=(key, spec),
    )
    for at, metric in enumerate(spec.training.metrics):
        entry = catalog.entry("metrics", metric.kind)
        if entry is not None and entry.params:
            # Named by its kind where that is enough: the place of a metric changes when one before it is taken away.
            place = metric.kind if chosen.count(metric.kind) == 1 else str(at)
            st.markdown(f"**{_('Arguments of {name}').format(name=names[metric.kind])}**")
            forms.form(entry, metric.args, f"training.metrics.{place}.args", columns=1)


def _set_metrics(key: str, spec: RunSpec) -> None:
    metrics: list[MetricSpec] = []
    for kind in draft.widget(key):
        kept = [metric for metric in spec.training.metrics if metric.kind == kind]
        metrics += kept or [MetricSpec(kind=kind, args=Args(usual_args("metrics", kind)))]
    draft.set_value("training.metrics", [metric.model_dump() for metric in metrics])
