"""What a network answers to one input: shares of classes as bars, numbers with their unit, or what it rebuilt."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from playground.charts.shares import shares_chart, shares_height
from playground.locale.text import _
from playground.specs.facts import Facts, is_sequence_shape
from playground.ui import data_samples, lab_csv, predict_ask, shell
from playground.ui.lab_answers import Answer
from playground.ui.pictures_inline import inline

_FEW = 12
_PICTURE_PX = 140
_SEEN_PX = 72


def draw(answer: Answer, facts: Facts, inputs: dict[str, Any], key: str) -> None:
    """Draw ``answer`` in words and as a picture, or say why there is none.

    Args:
        answer: of the workbench.
        facts: of the prepared data.
        inputs: what is known of the inputs.
        key: of the chart; one for each way of asking.
    """
    if not answer.is_there:
        predict_ask.missing(answer)
        return
    values = answer.arrays["answer"]
    if facts.is_sequence_answered:
        _sequence(values, facts, key)
    elif facts.classes:
        _classes(answer, facts, key)
    elif facts.task == "reconstruction":
        _rebuilt(answer.arrays["input"], values, facts, key)
    else:
        _numbers(values, inputs, key)


def nothing_yet(words: str) -> None:
    """Draw the place of the answer while nothing has been asked."""
    with st.container(border=True):
        st.caption(words)


def truth(facts: Facts, inputs: dict[str, Any], at: int) -> None:
    """Say what is true of the row ``at`` of those of the data; nothing where the input itself is to be rebuilt."""
    if facts.task == "reconstruction":
        return
    true = np.asarray(inputs["truths"][at])
    if facts.classes:
        said = ("" if true.ndim else " ").join(facts.classes[int(label)] for label in true.ravel())
    else:
        said = ", ".join(number(value) for value in true.ravel())
    part = _("validation part") if inputs["part"] == "validation" else _("training part")
    words = _("A row of the {part}; true is {value}.")
    st.caption(shell.plain(words.format(part=part, value=f"{said} {inputs['unit']}".strip())))


def picture(image: np.ndarray, words: str, px: int = _SEEN_PX) -> None:
    """Draw an image as the screen shows them, ``px`` wide, with ``words`` under it where there is room."""
    st.image(inline(data_samples.coloured(image[np.newaxis], px)[0]), width=px, alt=words)
    if px > _SEEN_PX:
        st.caption(words)


def _headline(words: str, answer: Answer) -> None:
    """The answer in large letters, and the image that it is about beside it."""
    image = answer.arrays.get("seen")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="predict-headline"):
        if image is not None:
            picture(image, _("What the network sees"))
        with st.container(gap=None, width="stretch"):
            st.markdown(words)
            if image is not None:
                shape = " × ".join(map(str, image.shape[:2]))
                st.caption(_("for what the network sees: {shape} pixels").format(shape=shape))


def _classes(answer: Answer, facts: Facts, key: str) -> None:
    shares, is_exact = answer.arrays["answer"], bool(answer.values["is_exact"])
    surest = int(shares.argmax())
    _headline(f"## {shell.plain(facts.classes[surest])} &ensp;:gray[{_percent(shares[surest])}]", answer)
    order = np.arange(len(shares)) if len(shares) <= _FEW else np.argsort(-shares, kind="stable")[:_FEW]
    names = [facts.classes[int(at)] for at in order]
    said = _("The network answers {name}, {share}; then {others}.").format(
        name=facts.classes[surest], share=_percent(shares[surest]), others=_others(shares, facts.classes)
    )
    st.echarts_chart(
        shares_chart(names, shares[order]), height=shares_height(len(order)), key=f"shares-{key}", alt=said
    )
    notes = []
    if len(order) < len(shares):
        notes.append(_("The {n} surest of {of} classes.").format(n=len(order), of=len(shares)))
    if not is_exact:
        notes.append(_("The network's scores are no probabilities; they are shown as shares that add up to 100 %."))
    _below(notes, f"shares-{key}", (_("class"), _("share")), zip(facts.classes, shares.tolist(), strict=True))


def _others(shares: np.ndarray, classes: Sequence[str]) -> str:
    return ", ".join(f"{classes[int(at)]} {_percent(shares[at])}" for at in np.argsort(-shares, kind="stable")[1:3])


def _numbers(values: np.ndarray, inputs: dict[str, Any], key: str) -> None:
    target, unit = inputs["target"] or _("Predicted value"), inputs["unit"]
    flat = values.ravel()
    if len(flat) == 1:
        st.metric(f"{target} ({unit})" if unit else target, number(flat[0]))
        return
    table = pd.DataFrame({_("step"): range(1, len(flat) + 1), target: flat})
    st.dataframe(table, hide_index=True, key=f"numbers-{key}")


def _sequence(values: np.ndarray, facts: Facts, key: str) -> None:
    if facts.classes:
        said = "".join(facts.classes[int(at)] for at in values.argmax(axis=-1))
        st.markdown(f"## `{said}`" if said.strip() else f"## {_('(blank)')}")
        surest = values.max(axis=-1)
        least = int(surest.argmin())
        words = _("Least sure of sign {n}, {sign}: {share}.")
        st.caption(words.format(n=least + 1, sign=repr(said[least]), share=_percent(surest[least])))
        rows = zip(range(1, len(said) + 1), said, surest.tolist(), strict=True)
        _below([], f"signs-{key}", (_("place"), _("sign"), _("share")), rows)
        return
    steps = values.reshape(len(values), -1)
    st.markdown("## " + ", ".join(number(value) for value in steps[:, 0]))
    if steps.shape[1] > 1:
        st.dataframe(pd.DataFrame(steps), hide_index=True, key=f"steps-{key}")


def _rebuilt(given: np.ndarray, rebuilt: np.ndarray, facts: Facts, key: str) -> None:
    error = float(np.mean((given - rebuilt) ** 2))
    if len(facts.input_shape) > 1 and not is_sequence_shape(facts.input_shape):
        both = np.stack([given, rebuilt.reshape(given.shape)]).astype(np.float32)
        pictures = [inline(each) for each in data_samples.coloured(both, _PICTURE_PX)]
        names = [_("Input"), _("Rebuilt")]
        st.image(pictures, caption=names, width=_PICTURE_PX, alt=names)
    else:
        names = list(facts.features) or [str(at + 1) for at in range(given.size)]
        table = pd.DataFrame({_("column"): names, _("input"): given.ravel(), _("rebuilt"): rebuilt.ravel()})
        st.dataframe(table, hide_index=True, key=f"rebuilt-{key}")
    st.caption(_("Mean squared error {error}, on the scale that the network sees.").format(error=f"{error:.3g}"))


def _below(notes: Sequence[str], name: str, head: Sequence[str], rows: Any) -> None:
    if notes:
        st.caption(" ".join(notes))
    lab_csv.offer(name, head, rows)


def number(value: float) -> str:
    """A predicted number as it is read: four digits that mean something, large ones in full."""
    if abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def _percent(share: float) -> str:
    return f"{100 * float(share):.1f} %"
