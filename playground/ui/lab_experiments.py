"""Small experiments of a lab: a question first, then one click that sets the lab up, and the answer beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from playground.locale.text import _
from playground.ui import draft, lab_fields
from playground.ui.shell import plain


@dataclass(frozen=True)
class Experiment:
    """One experiment. All words are in the server's language already.

    Attributes:
        name: for the address and the keys of widgets.
        title: for its button.
        question: asked before anything is shown.
        choices: two to four answers.
        answer: the position of the right one.
        why: what is to be seen now, and why.
        widgets: values by widget key that the lab is set to once somebody has answered.
        parts: what is chosen, by the name of a part of the page.
    """

    name: str
    title: str
    question: str
    choices: tuple[str, ...]
    answer: int
    why: str
    widgets: Mapping[str, object]
    parts: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def panel(lab: str, look_for: str, experiments: Sequence[Experiment]) -> None:
    """Draw what to look for in a lab and its experiments; of the one that is open, the question or the answer.

    Args:
        lab: the lab's name.
        look_for: a few lines, Markdown.
        experiments: two or three.
    """
    with st.container(border=True, gap="xsmall", key=f"look-for-{lab}"):
        st.markdown(f":small[{look_for}]")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(_("Try"), width="content")
            for each in experiments:
                st.button(
                    each.title,
                    key=f"try-{each.name}",
                    icon=":material/science:",
                    type="tertiary",
                    on_click=_open,
                    args=(lab, each.name),
                )
        found = next((each for each in experiments if each.name == draft.get(f"lab-{lab}", "")), None)
        if found is not None:
            _drawn(lab, found)


def _drawn(lab: str, of: Experiment) -> None:
    given = draft.get(_key(of), "")
    if not given:
        widget = f"{_key(of)}-choices"
        choices = [plain(choice) for choice in of.choices]
        st.radio(
            plain(of.question),
            range(len(choices)),
            index=None,
            format_func=choices.__getitem__,
            key=widget,
            on_change=_answered,
            args=(of, widget),
        )
        return
    st.markdown(f"**{plain(of.question)}**")
    right, said = plain(of.choices[of.answer]), plain(of.choices[int(given)])
    if int(given) == of.answer:
        words = _("You said **{right}**, and that is right.").format(right=right)
        st.markdown(f":green[:material/check_circle:] {words}")
    else:
        words = _("You said {said}; it is **{right}**.").format(said=said, right=right)
        st.markdown(f":orange[:material/cancel:] {words}")
    st.markdown(f":small[{of.why}]")
    with st.container(horizontal=True, gap="small"):
        close = {"key": f"close-{of.name}", "icon": ":material/close:", "type": "tertiary"}
        st.button(_("Close"), on_click=draft.put, args=(f"lab-{lab}", ""), **close)  # type: ignore[arg-type]


def _open(lab: str, name: str) -> None:
    draft.put(f"lab-{lab}", name)
    draft.put(f"experiment-{name}", "")


def _answered(of: Experiment, widget: str) -> None:
    chosen = draft.widget(widget)
    if chosen is None:
        return
    draft.put(_key(of), str(chosen))
    for key, value in of.widgets.items():
        draft.set_widget(key, value)
    for name, part in of.parts.items():
        draft.set_widget(lab_fields.widget_key(name), part if isinstance(part, str) else list(part))


def _key(of: Experiment) -> str:
    return f"experiment-{of.name}"
