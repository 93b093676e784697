"""The part of the live view with a few samples and what the network answers for each."""

import numpy as np
import pandas as pd
import streamlit as st

from playground.data import Prepared
from playground.data.sets.shown_words import text_of, words_of
from playground.locale.text import _
from playground.specs.facts import Facts, is_sequence_shape
from playground.ui import data_samples, engine, live_part, shell
from playground.ui.live_answers import data_of, part_word
from playground.ui.live_part import Table
from playground.ui.looks import Look
from playground.ui.pictures_inline import inline
from playground.ui.reader import View

_IMAGE_PX = 52
_TABLE_PX = 330
_COLUMNS = 6
_NUMBERS = 8  # of an answer that has many


def panel(view: View, looks: tuple[Look, ...]) -> None:
    """Draw the samples with the present answers."""
    live_part.title(_("Samples"))
    prepared = data_of(view)
    if not looks or prepared is None:
        live_part.missing(view, "samples")
        return
    look, facts = looks[-1], prepared.facts
    at = look.columns["row/at"]
    x = np.asarray(prepared.array(f"x_{look.data['of']}")[at])
    y = np.asarray(prepared.array(f"y_{look.data['of']}")[at])
    values = look.columns["answer/value"].reshape(look.data["shape"])
    answered, true = _in_words(facts, values), _true(facts, y)
    said = _said(view, look, facts, answered, true)
    is_image = len(facts.input_shape) > 1 and not is_sequence_shape(facts.input_shape)
    if facts.task == "reconstruction" and is_image:
        _pictures(values.reshape(len(at), *facts.input_shape), [""] * len(at), _("rebuilt"))
    elif is_image:
        captions = [
            a if a == t else _("{answered}, is {true}").format(answered=a, true=t)
            for a, t in zip(answered, true, strict=True)
        ]
        _pictures(x, captions, said)
    else:
        inputs = _inputs(view, prepared, x)
        table = pd.DataFrame({_("answered"): answered, _("true"): true, **inputs})
        st.dataframe(table, height=_TABLE_PX, hide_index=True, key="live-samples-table")
    live_part.below(view, "samples", said, lambda: _table(look, answered, true, values))


def _pictures(images: np.ndarray, captions: list[str], said: str) -> None:
    pictures = [inline(each) for each in data_samples.coloured(images, _IMAGE_PX)]
    names = [shell.plain(caption) for caption in captions]
    st.image(pictures, caption=names if any(names) else None, width=_IMAGE_PX, alt=[name or said for name in names])


def _in_words(facts: Facts, values: np.ndarray) -> list[str]:
    """What each answer says: a class, a number, or several."""
    if facts.is_sequence_answered or facts.task == "reconstruction":
        shown = values.argmax(-1) if facts.task == "multiclass" else values.reshape(len(values), -1)
        return [_several(row, facts) for row in shown]
    if facts.task == "multiclass":
        return [facts.classes[at] for at in values.argmax(-1)]
    if facts.task == "binary":
        return [facts.classes[int(value > 0.5)] for value in values.reshape(len(values), -1)[:, 0]]
    return [_several(row, facts) for row in values.reshape(len(values), -1)]


def _true(facts: Facts, y: np.ndarray) -> list[str]:
    if y.ndim > 1:
        return [_several(row.ravel(), facts) for row in y]
    return [facts.classes[int(value)] if facts.classes else _one(value) for value in y]


def _several(row: np.ndarray, facts: Facts) -> str:
    if facts.symbols and np.issubdtype(row.dtype, np.integer):
        return "".join(facts.symbols[int(at)] for at in row)
    shown = " ".join(_one(value) for value in row[:_NUMBERS])
    return shown if len(row) <= _NUMBERS else f"{shown} …"


def _one(value: float) -> str:
    return f"{value:.4g}"


def _said(view: View, look: Look, facts: Facts, answered: list[str], true: list[str]) -> str:
    if facts.classes and not facts.is_sequence_answered:
        right = sum(a == t for a, t in zip(answered, true, strict=True))
        return _("{when}: {right} of these {n} {part} rows are right.").format(
            when=live_part.when(view, look), right=right, n=len(true), part=part_word(look)
        )
    return _("{when}: {n} {part} rows.").format(when=live_part.when(view, look), n=len(true), part=part_word(look))


def _inputs(view: View, prepared: Prepared, x: np.ndarray) -> dict[str, list[object]]:
    """What a sample is: its words, or the first of its numbers."""
    facts = prepared.facts
    if facts.vocabulary is not None and not facts.symbols:
        words = words_of(view.spec.dataset, facts, engine.client().settings)
        return {_("text"): [text_of(row, words) for row in x]}
    if facts.symbols:
        return {_("input"): [_several(row.astype(np.int64).ravel(), facts) for row in x]}
    flat = x.reshape(len(x), -1)
    names = list(facts.features) or [str(n) for n in range(1, flat.shape[1] + 1)]
    return {name: flat[:, at].tolist() for at, name in enumerate(names[:_COLUMNS])}


def _table(look: Look, answered: list[str], true: list[str], values: np.ndarray) -> Table:
    flat = values.reshape(len(values), -1)
    numbers = {f"value_{n + 1}": flat[:, n].tolist() for n in range(flat.shape[1])}
    return {"row": look.columns["row/at"].tolist(), "answered": list(answered), "true": list(true), **numbers}
