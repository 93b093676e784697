"""What a report says of a run's settings: data, network, training, environment, and all of them as JSON."""

import json
import time
from collections.abc import Mapping
from typing import Any

from playground import catalog, data
from playground.data import DataError
from playground.data.sets.known_source import known_source
from playground.insight.report_parts import Section, Table
from playground.locale.text import _
from playground.runs import Run
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.build import BuildError
from playground.training.shapes import LimitError, summarise


def dataset(spec: RunSpec, run: Run, settings: Settings) -> Section:
    """Where the data comes from, and how it was divided and prepared."""
    of = spec.dataset
    entry = catalog.entry("datasets", of.source)
    rows = [(_("Dataset"), _(entry.label) if entry is not None else of.source)]
    rows += [(name, _spelled(each)) for name, each in of.options.items()]
    if of.target is not None:
        rows.append((_("Target"), str(of.target)))
    if of.features:
        rows.append((_("Columns"), ", ".join(map(str, of.features))))
    rows.append((_("Split"), _object(of.split.model_dump())))
    parts = ((_("Training rows"), run.n_train), (_("Validation rows"), run.n_validation), (_("Test rows"), run.n_test))
    rows += [(name, f"{n:,}") for name, n in parts if n is not None]
    rows += [(_("Step {n}").format(n=at), _object(step.model_dump())) for at, step in enumerate(of.steps, 1)]
    try:
        unit = known_source(of, settings).unit
    except DataError:
        unit = ""
    if unit:
        rows.append((_("Unit of the target"), unit))
    return Section(_("Data and preparation"), tables=(Table((_("setting"), _("value")), rows, is_text=True),))


def network(spec: RunSpec, settings: Settings) -> Section:
    """The layers with their output shapes and parameters; without these where they cannot be had."""
    known: Mapping[str, Any] = {}
    try:
        facts = data.outline(spec.dataset, settings)
        summary = summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
        known = {layer.name: layer for layer in summary.layers}
    except (BuildError, LimitError, DataError):
        pass
    rows = []
    for layer in spec.model.layers:
        found = known.get(layer.name)
        shape = " × ".join("?" if size is None else str(size) for size in found.output_shape) if found else "–"
        of = f"{found.parameters:,}" if found else "–"
        rows.append((layer.name, layer.kind, _arguments(layer.args) or "–", ", ".join(layer.inputs) or "–", shape, of))
    head = (_("layer"), _("kind"), _("arguments"), _("reads"), _("output"), _("parameters"))
    return Section(_("Network"), tables=(Table(head, rows, is_text=True),))


def training(spec: RunSpec, run: Run) -> Section:
    """How the network was compiled and fitted."""
    of = spec.training
    rows = [
        (_("Optimizer"), _object(of.optimizer.model_dump())),
        (_("Loss"), _object(of.loss.model_dump())),
        (_("Metrics"), ", ".join(_object(each.model_dump()) for each in of.metrics) or "–"),
        (_("Epochs"), f"{of.epochs:,}"),
        (_("Batch size"), f"{of.batch_size:,}"),
        (_("Seed"), str(spec.seed)),
        (_("Precision"), of.precision),
    ]
    rows += [(_("Callback"), _object(each.model_dump())) for each in of.callbacks]
    if of.class_weight is not None:
        rows.append((_("Class weights"), _spelled(of.class_weight)))
    if of.sample_weight is not None:
        rows.append((_("Row weights"), of.sample_weight))
    if run.adjusted.get("values"):
        rows.append((_("Changed on the way"), _arguments(run.adjusted["values"])))
    return Section(_("Training"), tables=(Table((_("setting"), _("value")), rows, is_text=True),))


def environment(run: Run) -> Section:
    """What it ran on, and when."""
    rows = [(_("Device"), run.device or "–")]
    rows += [(name, version) for name, version in run.versions.items()]
    for name, at in ((_("Started"), run.started_at), (_("Ended"), run.ended_at)):
        if at is not None:
            rows.append((name, time.strftime("%Y-%m-%d %H:%M:%S %z", time.localtime(at))))
    rows += [(_("Run"), run.id), (_("Digest of the settings"), run.digest)]
    return Section(_("Environment"), tables=(Table((_("what"), _("value")), rows, is_text=True),))


def spelled_out(spec: RunSpec) -> Section:
    """All settings as the file that the command line runs again."""
    words = _("Saved as a file, they are run again with: python -m playground run FILE")
    return Section(_("Settings as JSON"), (words,), code=spec.to_json(indent=1))


def _object(value: Any) -> str:
    """A kind with its arguments, as a call."""
    return f"{value['kind']}({_arguments(value.get('args') or {})})"


def _arguments(args: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_spelled(value)}" for name, value in args.items())


def _spelled(value: Any) -> str:
    if isinstance(value, Mapping) and "kind" in value:
        return _object(value)
    return json.dumps(value, ensure_ascii=False, default=list)
