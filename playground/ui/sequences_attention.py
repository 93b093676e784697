"""Who looks at whom in a sentence: the scores of Keras's attention layers, head by head."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.charts.grid import GROUNDS, grid_chart, signed
from playground.charts.looks import ranked_chart
from playground.locale.text import _
from playground.ui import draft, lab_answers, lab_csv, lab_fields, sequences_take, shell
from playground.ui.lab_answers import Answer

LAYER, SENTENCE, HEADS, KEY_DIM, SCALE, CAUSAL, POSITION, EMBEDDING, SEED, WORD = (
    "layer",
    "sentence",
    "heads",
    "key_dim",
    "scale",
    "causal",
    "position",
    "embedding",
    "draw",
    "word",
)
_LAYERS = ("MultiHeadAttention", "Attention")
_FIRST = "the cat sat on the mat and the dog slept"
_LONGEST = 120
_SCALES = (0.01, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0)
_HEADS, _KEY_DIMS = (1, 2, 3, 4), (4, 8, 16, 32)
_PX = 330
_CELLS_PX, _PHONE_CELLS_PX = 440, 250  # without the words beside them
_TOLD = 5
_BOUND: Mapping[str, Any] = {"bind": "query-params", "persist_state": "session"}


def panel(row: DeltaGenerator) -> list[Answer]:
    """Draw the choice, a matrix for each head and the row of one word; returns what was asked.

    Args:
        row: of the heading, for the button into the draft.
    """
    asked = _choose()
    heads, key_dim = asked["heads"], asked["key_dim"]
    with row:
        sequences_take.attention_button(asked["kind"], heads, key_dim, is_causal=asked["causal"])
    found = lab_answers.ask("attention", asked)
    if found.is_there:
        _matrices(found)
    return [found]


def _choose() -> dict[str, Any]:
    with st.container(border=True, gap="small", key="attention-choice"):
        sentence = st.text_input(_("Sentence"), _FIRST, max_chars=_LONGEST, key=SENTENCE, **_BOUND)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            kind = st.selectbox(_("Layer"), _LAYERS, key=LAYER, width=190, **_BOUND)
            is_plain = kind == "Attention"
            heads = st.selectbox("`num_heads`", _HEADS, 1, key=HEADS, width=110, disabled=is_plain, **_BOUND)
            key_dim = st.selectbox("`key_dim`", _KEY_DIMS, 1, key=KEY_DIM, width=90, disabled=is_plain, **_BOUND)
            embeddings = {"random": _("Random by seed"), "onehot": _("One place a word")}
            embedding = st.selectbox(
                _("Vectors of the words"),
                list(embeddings),
                format_func=embeddings.__getitem__,
                key=EMBEDDING,
                width=170,
                **_BOUND,
            )
            seed = st.number_input(_("Seed"), 0, 9999, 0, key=SEED, width=110, **_BOUND)
            told = _("What scores are multiplied with before the softmax: the larger, the fewer words are seen.")
            at = _SCALES.index(1.0)
            scale = st.selectbox(_("Scores ×"), _SCALES, at, key=SCALE, help=told, width=120, **_BOUND)
            position = st.toggle(_("Add positions"), key=POSITION, **_BOUND)
            causal = st.toggle("`use_causal_mask`", key=CAUSAL, help=_("No word sees a later one."), **_BOUND)
        st.caption(
            _(
                "The vectors are not learned: 16 numbers a word, drawn by chance from the seed or 1 at a place of its "
                "own. Nor are the matrices of the heads. What is seen is how the layer computes, not what words mean."
            )
        )
    return {
        "sentence": sentence,
        "kind": kind,
        "heads": 1 if is_plain else int(heads),
        "key_dim": int(key_dim),
        "embedding": embedding,
        "seed": int(seed),
        "scale": float(scale),
        "position": bool(position),
        "causal": bool(causal),
    }


def _matrices(found: Answer) -> None:
    words: Sequence[str] = found.values["words"]
    scores = found.arrays["scores"]
    labels = [f"{at} {word}" for at, word in enumerate(words, 1)]
    st.markdown(f"### {_('Who looks at whom')}")
    st.caption(_("A row a word that looks, a column a word that is looked at; a row adds up to 1. Click a row."))
    at = _row(labels)
    side_by = 1 if shell.is_phone() else 2
    columns = st.columns(side_by, gap="medium")
    for head in range(len(scores)):
        with columns[head % side_by]:
            _matrix(scores, labels, head, at)
    with columns[len(scores) % side_by]:
        _bars(scores, labels, at)
    rows = [
        (head + 1, labels[looking], labels[seen], float(f"{scores[head, looking, seen]:.6g}"))
        for head, looking, seen in np.ndindex(scores.shape)
    ]
    lab_csv.offer("attention", ("head", "word", "looks at", "score"), rows)


def _row(labels: Sequence[str]) -> int:
    """Draw the choice of the word whose row is looked at; returns its place."""
    names = dict(enumerate(labels))
    first = min(1, len(names) - 1)
    return int(
        st.selectbox(
            _("The row of"), list(names), first, format_func=names.__getitem__, key=_row_key(len(names)), width=200
        )
    )


def _bars(scores: np.ndarray, labels: Sequence[str], at: int) -> None:
    """The row of one word, the mean of all heads."""
    mean = [round(float(each), 4) for each in scores[:, at].mean(axis=0)]
    st.markdown(f"#### {_('What “{word}” looks at').format(word=shell.plain(labels[at]))}")
    st.echarts_chart(
        ranked_chart(labels, [mean], digits=4),
        height=_PX,
        key="attention-row",
        alt=", ".join(f"{label}: {value:.2f}" for label, value in zip(labels, mean, strict=True)),
    )
    if len(scores) > 1:
        lab_fields.outcome([_("The mean of {n} heads.").format(n=len(scores))])


def _matrix(scores: np.ndarray, labels: Sequence[str], head: int, at: int) -> None:
    own = scores[head]
    st.markdown(f"#### {_('Head {n}').format(n=head + 1)}" if len(scores) > 1 else f"#### {_('Scores')}")
    told = [_row_words(row, labels, number) for number, row in enumerate(own)]
    names = [[each] * len(labels) for each in told]
    key, n = f"attention-{head}", len(labels)
    colours = signed(own, GROUNDS[shell.theme()], float(scores.max()))
    px = _PHONE_CELLS_PX if shell.is_phone() else _CELLS_PX
    row = {(at, column) for column in range(n)}
    st.echarts_chart(
        grid_chart(own, colours, (), row, px=px, rows=labels, columns=labels, told=names, is_clickable=True),
        height=_PX,
        key=key,
        alt="; ".join(told),
        on_select=lambda: _clicked(key, n),
    )


def _row_words(row: np.ndarray, labels: Sequence[str], at: int) -> str:
    """The words that one looks at most, in lines."""
    order = np.argsort(-row, kind="stable")[:_TOLD]
    return "\n".join(
        [_("{word} looks at").format(word=labels[at]), *(f"{labels[each]}  {row[each]:.3f}" for each in order)]
    )


def _clicked(key: str, n: int) -> None:
    chosen = draft.widget(key)
    groups = chosen["selection"]["selected"] if chosen else []
    indices = [each for group in groups for each in group["data_indices"]]
    if indices:
        draft.set_widget(_row_key(n), min(indices[-1] // n, n - 1))


def _row_key(n: int) -> str:
    return f"{WORD}-{n}"
