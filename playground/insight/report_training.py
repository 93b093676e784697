"""What a report says of a run's training: what it came to, and its curves."""

from collections.abc import Mapping

import numpy as np

from playground.insight.report_parts import Figure, Picture, Section, Table
from playground.insight.report_pictures import curves_svg
from playground.locale.text import _
from playground.runs import Run
from playground.runs.evaluations import Evaluation
from playground.runs.metric_words import metric, value
from playground.runs.verdict import verdict
from playground.runs.verdict_words import answer, sentences, title
from playground.specs import RunSpec

_DRAWN = 6


def result(run: Run, spec: RunSpec, measured: Mapping[str, np.ndarray], found: Evaluation | None) -> Section:
    """What it came to in a few figures, and what these say."""
    figures = []
    if found is not None:
        name, (score, low, high) = next(iter(found.values["scores"].items()))  # the one that comes first says most
        note = _("95 % interval {low} to {high}").format(low=value(float(low)), high=value(float(high)))
        figures.append(Figure(first_upper(metric(name)), value(float(score)), note))
        simple = found.values["naive"][0]
        figures.append(Figure(_("Beside it"), value(float(simple["scores"][name])), answer(simple["answer"])))
    figures += [
        Figure(_("Parameters"), f"{run.parameters:,}" if run.parameters else "–"),
        Figure(_("Epochs"), f"{run.epoch:,}", _("{n} planned").format(n=f"{run.epochs:,}")),
    ]
    said = verdict(spec, run, measured)
    words = [] if said is None else [f"{title(said.kind)}. {' '.join(sentences(said))}"]
    if run.error:
        words.append(run.error)
    if run.reason:
        words.append(_(run.reason))
    return Section(_("Result"), words, figures)


def curves(run: Run, measured: Mapping[str, np.ndarray]) -> Section | None:
    """The curves of the loss and of the metrics, and the last and best value of each; nothing before an epoch."""
    names = [name for name in measured if not name.startswith("val_") and name != "learning_rate"]
    if not names:
        return None
    names.sort(key=lambda name: name != "loss")
    lines = (_("training"), _("validation"), _("epoch"))
    pictures = []
    for name in names[:_DRAWN]:
        other = measured.get(f"val_{name}")
        said = _("{metric}: at the end {last} on training rows").format(
            metric=first_upper(metric(name)), last=value(float(measured[name][-1]))
        )
        if other is not None:
            said += _(", {last} on validation rows").format(last=value(float(other[-1])))
        pictures.append(Picture(curves_svg(measured[name], other, lines), f"{said}."))
    rows = [
        (
            first_upper(metric(name)),
            value(each.last),
            value(each.best),
            f"{each.best_epoch:,}" if each.best_epoch else "–",
        )
        for name, each in run.metrics.items()
    ]
    table = Table((_("metric"), _("last epoch"), _("best"), _("best epoch")), rows)
    return Section(_("Learning curves"), (), (), pictures, (table,))


def first_upper(text: str) -> str:
    """``text`` with its first letter in upper case."""
    return text[:1].upper() + text[1:]
