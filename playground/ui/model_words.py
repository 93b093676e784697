"""Layers and fixes in a few words."""

from collections.abc import Mapping
from typing import Any

from playground import catalog
from playground.catalog import Param
from playground.locale.text import _, ngettext
from playground.specs import LayerSpec, RunSpec
from playground.specs.stack import rows


def summary(layer: LayerSpec) -> str:
    """The settings of ``layer`` that say most, as ``32 filters, kernel size 3, relu, same``."""
    entry = catalog.entry("layers", layer.kind)
    if entry is None:
        return ""
    said = [_setting(param, layer.args[param.name]) for param in entry.params if param.name in layer.args]
    switch = entry.param("trainable")
    if switch is not None and not layer.args.get(switch.name, switch.default):
        said.insert(0, _("frozen"))
    return ", ".join(filter(None, said[:4]))


def fix(before: RunSpec, after: RunSpec) -> str:
    """What a fix does, short enough for its button: ``Set units to 10``, ``Put Flatten before it``."""
    said = [*_layers_changed(before, after), *_data_changed(before, after), *_training_changed(before, after)]
    match said:
        case []:
            return _("Mend it")
        case [only]:
            return only
        case [first, second]:
            return _("{first} and {second}").format(first=first, second=second[:1].lower() + second[1:])
    n = len(said) - 1
    return ngettext("{first} and {n} more change", "{first} and {n} more changes", n).format(first=said[0], n=n)


def _setting(param: Param, value: Any) -> str:
    name = param.name.replace("_", " ")
    if isinstance(value, bool):
        return name if value else ""
    if isinstance(value, Mapping):
        inner = value.get("kind", "")
        if param.of == "layers":
            return ", ".join(filter(None, (str(inner), _inside(value))))
        if formula := (value.get("args") or {}).get("formula"):
            return str(formula)
        return str(inner) if param.kind == "object" else f"{name} {inner}"
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and name.endswith("s"):
        return f"{value:,} {name if value != 1 else name[:-1]}"
    return f"{name} {_spelled(value)}"


def _inside(wrapped: Mapping[str, Any]) -> str:
    """The settings of a layer that stands in another one."""
    entry, args = catalog.entry("layers", str(wrapped.get("kind"))), wrapped.get("args", {})
    params = entry.params if entry else ()
    return ", ".join(filter(None, (_setting(param, args[param.name]) for param in params if param.name in args)))


def _spelled(value: Any) -> str:
    if isinstance(value, tuple):
        return " × ".join(_spelled(item) for item in value)
    return f"{value:,}" if isinstance(value, int) else f"{value:g}" if isinstance(value, float) else str(value)


def _layers_changed(before: RunSpec, after: RunSpec) -> list[str]:
    old = {row.layer.name: row.layer for row in rows(before.model)}
    new = {row.layer.name: row.layer for row in rows(after.model)}
    said = [_("Add {kind}").format(kind=layer.kind) for name, layer in new.items() if name not in old]
    said += [_("Remove it") for name in old if name not in new]
    if len(old) == len(new) and said:  # one name for another
        return [_("Rename it")]
    if not said and list(old) != list(new):
        said.append(_("Move it"))
    for name, layer in new.items():
        if name in old and layer != old[name]:
            said += _layer_changed(old[name], layer)
    return said


def _layer_changed(old: LayerSpec, new: LayerSpec) -> list[str]:
    if old.kind != new.kind:
        return [_("Use {kind}").format(kind=new.kind)]
    if old.inputs != new.inputs:
        return [_("Change what it reads")]
    said = []
    for name in sorted({*old.args, *new.args}, key=lambda name: name != "units"):
        value, was = new.args.get(name), old.args.get(name)
        if value == was:
            continue
        if name not in new.args:
            said.append(_("Leave {name} out").format(name=name))
        elif isinstance(value, str):
            said.append(_("Use {value}").format(value=value) if name == "activation" else f"{name} {value}")
        elif isinstance(value, Mapping) and isinstance(was, Mapping):
            said += _arguments_changed(was, value)
        else:
            said.append(_("Set {name} to {value}").format(name=name, value=_spelled(value)))
    return [_("Set {units} and {activation}").format(**_ends(new))] if len(said) > 1 and "units" in new.args else said


def _ends(layer: LayerSpec) -> dict[str, str]:
    units, activation = layer.args["units"], layer.args.get("activation") or "linear"
    if isinstance(activation, Mapping):
        activation = activation["kind"]
    return {"units": f"{units:,} {'unit' if units == 1 else 'units'}", "activation": str(activation)}


def _data_changed(before: RunSpec, after: RunSpec) -> list[str]:
    if before.dataset == after.dataset:
        return []
    fresh = [step for step in after.dataset.steps if step not in before.dataset.steps]
    entry = catalog.entry("steps", fresh[0].kind) if fresh else None
    return [_(entry.label)] if entry else [_("Change the data")]


def _training_changed(before: RunSpec, after: RunSpec) -> list[str]:
    old, new = before.training, after.training
    if old == new:
        return []
    if old.loss.kind != new.loss.kind:
        return [_("Use {kind}").format(kind=new.loss.kind)]
    if old.loss != new.loss and "from_logits" not in new.loss.args:
        return _arguments_changed(old.loss.args, new.loss.args)
    if old.loss != new.loss:
        return [_("Set from_logits to {value}").format(value=str(new.loss.args.get("from_logits")).lower())]
    if len(old.metrics) > len(new.metrics):
        return [_("Leave the metric out")]
    measured = {metric.kind: metric for metric in old.metrics}
    for metric in new.metrics:
        if metric.kind not in measured:
            return [_("Use {kind}").format(kind=metric.kind)]
        if metric != measured[metric.kind]:
            return _arguments_changed(measured[metric.kind].args, metric.args)
    for name in ("epochs", "batch_size"):
        if getattr(old, name) != getattr(new, name):
            return [_("Set {name} to {value}").format(name=name, value=f"{getattr(new, name):,}")]
    if old.optimizer.kind == new.optimizer.kind and old.optimizer != new.optimizer:
        return _arguments_changed(old.optimizer.args, new.optimizer.args)
    for was, now in zip(old.callbacks, new.callbacks, strict=False):
        if was.kind == now.kind and was != now:
            return _arguments_changed(was.args, now.args)
    return [_("Change the training")]


def _arguments_changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What the one argument that differs is set to, also inside an object such as a schedule."""
    for name in sorted({*old, *new}):
        value, was = new.get(name), old.get(name)
        if value == was:
            continue
        if isinstance(value, Mapping) and isinstance(was, Mapping):
            return _arguments_changed(was, value)
        return [_("Set {name} to {value}").format(name=name, value=_spelled(value))]
    return []
