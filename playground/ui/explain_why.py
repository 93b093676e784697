"""Why a network answers a row as it does: where it looked, and how much each part of the input moved the answer."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from playground.charts.effects import effects_chart, effects_height, steps_chart
from playground.charts.grid import GROUNDS
from playground.charts.heat import over
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.ui import evaluate_samples, explain_ask, explain_choice, explain_sample, explain_words, live_part, shell
from playground.ui.explain_choice import Chosen
from playground.ui.explain_sample import Sample
from playground.ui.live_part import Table
from playground.ui.pictures_inline import inline

CLASS, BASELINE = "class", "beside"
_PX, _HEIGHT = 280, 320
_BARS = 20
_ANSWERED = "answered"


def panel(chosen: Chosen) -> None:
    """Draw the choice of a row, and what of it moved the answer."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        sample = explain_sample.choose(chosen)
    with right:
        facts = chosen.prepared.facts
        if facts.is_sequence_answered or facts.task == "reconstruction":
            st.caption(_("This network answers with many numbers at once. Look inside its layers instead."))
            return
        label = _label(chosen, sample)
        if evaluate_samples.is_image(facts):
            _images(chosen, sample, label)
        else:
            _numbers(chosen, sample, label)


def _label(chosen: Chosen, sample: Sample) -> int | None:
    """Draw the choice of the class that is explained; ``None`` for what was answered, or where there are no classes."""
    classes = chosen.prepared.facts.classes
    if not classes:
        return None
    answered = classes[sample.answered] if sample.answered is not None else ""
    options = {_ANSWERED: _("the answer, {name}").format(name=answered) if answered else _("the answer")}
    options |= {str(label): f"{label} · {name}" for label, name in enumerate(classes)}
    of = f"{chosen.view.run.id}-{sample.at}"
    value = explain_choice.one_of(_("What speaks for"), options, CLASS, of, _ANSWERED)
    return None if value == _ANSWERED else int(value)


def _images(chosen: Chosen, sample: Sample, label: int | None) -> None:
    columns = st.columns(2, gap="medium")
    with columns[0]:
        st.markdown(f"#### {_('Where it looked')}")
        if not chosen.see:
            st.caption(_("Grad-CAM needs a convolution: no layer of this network keeps the places of an image."))
        else:
            kinds = {each["name"]: each["kind"] for each in chosen.layers}
            usual = [name for name in chosen.see if "Conv" in kinds[name]] or chosen.see
            layer = explain_choice.layer(chosen, list(chosen.see), usual[-1])
            found = explain_ask.explanation(chosen, "cam", _HEIGHT, at=sample.at, label=label, layer=layer)
            if found is not None:
                _cam(chosen, sample, found)
    with columns[1]:
        st.markdown(f"#### {_('What each pixel moved')}")
        kinds = {"lowest": _("compared with an empty image"), "average": _("compared with the average image")}
        beside = explain_choice.one_of(_("Integrated gradients"), kinds, BASELINE, chosen.view.run.id, "lowest")
        found = explain_ask.explanation(chosen, "gradients", _HEIGHT, at=sample.at, label=label, baseline=beside)
        if found is not None:
            _pixels(chosen, sample, found)


def _cam(chosen: Chosen, sample: Sample, found: Evaluation) -> None:
    heat, name = found.arrays["map"], chosen.prepared.facts.classes
    of = name[found.values["label"]] if name else _("the answer")
    if heat.any():
        row, column = map(int, np.unravel_index(int(heat.argmax()), heat.shape))
        said = _("What speaks most for {name} lies in {where}.").format(name=of, where=_where(row, column, heat.shape))
    else:
        said = _("Nothing that this layer sees speaks for {name}.").format(name=of)
    _picture(sample.x, heat, said)
    words = _("The darker the blue, the more. {rows} × {columns} places of {layer}.").format(
        rows=heat.shape[0], columns=heat.shape[1], layer=found.values["layer"]
    )
    live_part.below(chosen.view, f"explain-cam-{sample.at}", f"{said} {words}", lambda: _cells(heat, "cam"))


def _pixels(chosen: Chosen, sample: Sample, found: Evaluation) -> None:
    effects = found.arrays["effects"]
    flat = effects.sum(axis=-1) if effects.ndim == 3 else effects
    said = change(chosen, found)
    _picture(sample.x, flat, said)
    words = _("Blue speaks for it, orange against.")
    live_part.below(chosen.view, f"explain-pixels-{sample.at}", f"{said} {words}", lambda: _cells(flat, "effect"))


def _picture(image: np.ndarray, heat: np.ndarray, said: str) -> None:
    pixels = over(image, heat, GROUNDS[shell.theme()], 2 * _PX)
    solid = np.full((*pixels.shape[:2], 1), 255, np.uint8)
    st.image(inline(np.concatenate([pixels, solid], axis=2)), width=_PX, alt=said)


def _where(row: int, column: int, shape: tuple[int, ...]) -> str:
    """A place of an image in words."""
    across = (_("left"), _("middle"), _("right"))[min(2, 3 * int(column) // shape[1])]
    down = (_("top"), _("middle"), _("bottom"))[min(2, 3 * int(row) // shape[0])]
    return _("the middle") if down == across else _("the {down} {across}").format(down=down, across=across)


def change(chosen: Chosen, found: Evaluation) -> str:
    """From which answer to which the effects lead, in words."""
    facts, values = chosen.prepared.facts, found.values
    here, there = float(values["value"]), float(values["baseline_value"])
    if _is_of_the_other(chosen, int(values["label"]), here, there):
        here, there = 1 + here, 1 + there
    if facts.classes:
        words = _("Together the effects raise {name} from {there} to {here}.")
        if here < there:
            words = _("Together the effects lower {name} from {there} to {here}.")
        name = facts.classes[int(values["label"])]
    else:
        words = _("Together the effects move {name} from {there} to {here}.")
        name = chosen.inputs.get("target") or _("the answer")
    said = words.format(name=name, there=live_part.number(there), here=live_part.number(here))
    if float(values["gap"]) > 0.05 * max(abs(here - there), 1e-9):
        said += " " + _("They add up only roughly: the answer jumps on the way.")
    return said


def _is_of_the_other(chosen: Chosen, label: int, *values: float) -> bool:
    """Whether the values are less than 0 since the one unit answers the probability of the other of two classes."""
    loss = chosen.view.spec.training.loss
    is_probability = loss.args.get("from_logits") is not True and "Hinge" not in loss.kind
    return chosen.prepared.facts.task == "binary" and not label and is_probability and all(-1 <= v <= 0 for v in values)


def _numbers(chosen: Chosen, sample: Sample, label: int | None) -> None:
    st.markdown(f"#### {_('What each part moved')}")
    facts, kind = chosen.prepared.facts, chosen.inputs["kind"]
    is_words = facts.vocabulary is not None or bool(facts.symbols)
    is_text = kind == "words" or evaluate_samples.is_text(chosen.view.spec.dataset, facts)
    baseline = "lowest" if is_text else "average"
    found = explain_ask.explanation(chosen, "gradients", _HEIGHT, at=sample.at, label=label, baseline=baseline)
    if found is None:
        return
    effects, said = found.arrays["effects"], change(chosen, found)
    if is_words:
        explain_words.panel(chosen, sample.x, effects, said)
    elif kind in ("series", "steps"):
        _steps(chosen, sample, effects, said)
    else:
        names, sums = _columns(chosen, effects.ravel())
        order = np.argsort(-np.abs(sums), kind="stable")
        top = order[:_BARS]
        option = effects_chart([names[at] for at in top], sums[top], is_phone=shell.is_phone())
        st.echarts_chart(
            option, height=effects_height(len(top)), key="explain-effects", alt=f"{said} {most_words(names, sums)}"
        )
        compared = _("Compared with a text without words.") if is_text else _("Compared with the average row.")
        table: Table = {"part": [names[at] for at in order], "effect": sums[order].tolist()}
        live_part.below(chosen.view, f"explain-effects-{sample.at}", f"{said} {compared}", lambda: table)


def _columns(chosen: Chosen, effects: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Names and effects of columns as people know them: all that was made of one of them is added up."""
    names = explain_words.names(chosen, len(effects))
    known = [str(column["name"]) for column in chosen.inputs.get("columns", ())]
    sums: dict[str, float] = {}
    for name, effect in zip(names, effects.tolist(), strict=True):
        source = next((each for each in known if name.startswith(f"{each} = ")), name)
        sums[source] = sums.get(source, 0.0) + effect
    return list(sums), np.array(list(sums.values()))


def most_words(names: list[str], effects: np.ndarray) -> str:
    """The three parts that moved most, with their numbers."""
    top = np.argsort(-np.abs(effects), kind="stable")[:3]
    return _("Most: {parts}.").format(parts=", ".join(f"{names[at]} {effects[at]:+.3g}" for at in top))


def _steps(chosen: Chosen, sample: Sample, effects: np.ndarray, said: str) -> None:
    flat = effects.reshape(len(effects), -1).sum(axis=1)
    option = steps_chart(sample.x, flat, (_("What came in"), _("What each step moved")), _("step"))
    alt = f"{said} {most_words([str(n) for n in range(1, len(flat) + 1)], flat)}"
    st.echarts_chart(option, height=_HEIGHT, key="explain-steps", alt=alt)
    lines = np.asarray(sample.x).reshape(len(flat), -1)
    table: Table = {"step": list(range(1, len(flat) + 1)), "effect": flat.tolist()}
    table |= {f"input_{n + 1}": lines[:, n].tolist() for n in range(lines.shape[1])}
    words = (
        _("Compared with the average window.") if chosen.prepared.facts.is_series else _("Compared with the average.")
    )
    live_part.below(chosen.view, f"explain-steps-{sample.at}", f"{said} {words}", lambda: table)


def _cells(values: np.ndarray, name: str) -> Table:
    """A row a place of an image."""
    places: Mapping[str, np.ndarray] = dict(zip(("row", "column"), np.indices(values.shape), strict=True))
    return {**{at: (each + 1).ravel().tolist() for at, each in places.items()}, name: values.ravel().tolist()}
