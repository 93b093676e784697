"""Text for a network that reads numbers of words, or signs: typed, or one of its own data."""

from typing import Any

import streamlit as st

from playground.locale.text import _, ngettext
from playground.specs.facts import Facts
from playground.ui import draft, predict_answer, predict_ask, shell
from playground.ui.lab_answers import Answer
from playground.ui.predict_runs import Chosen

_KEY = "predict-text"
_AT = "predict.text"
_MOST = 100_000
_SHOWN = 8


def panel(chosen: Chosen, facts: Facts, inputs: dict[str, Any]) -> None:
    """Draw the field for a text, and what the network answers to it."""
    left, right = st.columns((1, 1.25), gap="large")
    is_words = inputs["kind"] == "words"
    key = f"{_KEY}-{chosen.run.id}"
    with left:
        if draft.widget(key) is None and inputs["rows"] and not is_words:
            draft.set_widget(key, inputs["rows"][0])
        if is_words:
            text = st.text_area(
                _("Text"), key=key, height=220, max_chars=_MOST, placeholder=_("Type or paste a text here")
            )
        else:
            (length,) = inputs["shape"]
            label = ngettext("{n} sign", "{n} signs", length).format(n=length)
            text = st.text_input(label, key=key, max_chars=length)
        number = draft.get(_AT, 0) % max(1, len(inputs["rows"]))
        st.button(
            _("One from the data"),
            icon=":material/shuffle:",
            key="predict-text-another",
            on_click=_another,
            args=(key, inputs["rows"], number),
            disabled=not inputs["rows"],
        )
        if is_words:
            st.caption(_("Upper case and punctuation make no difference: the network knows words by their numbers."))
    with right:
        if not (text or "").strip():
            predict_answer.nothing_yet(_("Type something: the answer appears here."))
            return
        answer = predict_ask.ask(chosen, "predict_text", {"text": text})
        predict_answer.draw(answer, facts, inputs, "text")
        if text in inputs["rows"]:
            predict_answer.truth(facts, inputs, inputs["rows"].index(text))
    if answer.is_there and answer.values["n_unknown"]:
        with left:
            _unknown(answer)


def _unknown(answer: Answer) -> None:
    """Which words the network does not know."""
    n, of = answer.values["n_unknown"], answer.values["n_words"]
    shown = ", ".join(dict.fromkeys(answer.values["unknown_words"][:_SHOWN]))
    words = _("The network does not know {n} of the {of} words and reads them as “unknown”: {words}")
    more = " …" if n > _SHOWN else ""
    st.caption(shell.plain(words.format(n=n, of=of, words=shown) + more))


def _another(key: str, rows: list[str], number: int) -> None:
    draft.set_widget(key, rows[number])
    draft.put(_AT, number + 1)
