"""The live view of a run: what happens inside the network while it trains, each part to be switched on."""

import streamlit as st

from playground.locale.text import _
from playground.ui import draft, ids, live_watch, shell
from playground.ui.live_parts import PARTS
from playground.ui.looks import Look
from playground.ui.reader import View

_CHOSEN = "live parts"
_IN_ADDRESS = "live"
_MOST_COLUMNS = 2


def panel(view: View) -> None:
    """Draw the choice of parts and the chosen ones, and have the run look at them while it trains.

    Nothing is drawn before the run has said what it can show.
    """
    names = [name for name, part in PARTS.items() if part.is_free or name in view.parts or name in view.looks]
    if not view.parts and not view.looks:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="live-title"):
        st.markdown(f"### {_('Live view')}", width="content")
        chosen = _choice(view, names)
        _meter(view, chosen)
    if not chosen:
        return
    asked = [name for name in chosen if not PARTS[name].is_free]
    if asked and not view.run.is_ended:
        live_watch.tell(view.run.id, asked)
    columns = 1 if shell.is_phone() or len(chosen) == 1 else _MOST_COLUMNS
    with st.grid(columns, key="live-parts"):
        for each in chosen:
            with st.container(border=True, gap="xsmall", key=f"live-{each}"):
                PARTS[each].panel(view, view.looks.get(each, ()))


def _choice(view: View, names: list[str]) -> list[str]:
    before: list[str] | None = draft.get(_CHOSEN, None)
    if before is None:  # a reload or a link; later the address of a tick may be older than the choice
        before = ids.several(_IN_ADDRESS, PARTS)
        draft.put(_CHOSEN, before)
    ids.show_part(_IN_ADDRESS, ",".join(before))
    kept = [name for name in before if name in names]
    key = f"live-choice-{view.run.id}"
    labels = {name: PARTS[name].label() for name in names}  # fixed ones: under a changed label a choice is lost
    chosen: list[str] = st.pills(
        _("Parts of the live view"),
        names,
        selection_mode="multi",
        default=kept,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        key=key,
        on_change=_keep,
        args=(key,),
    )
    return [name for name in names if name in chosen]


def _keep(key: str) -> None:
    draft.put(_CHOSEN, list(draft.widget(key) or []))


def _meter(view: View, chosen: list[str]) -> None:
    """What share of the training time the looks have taken, and what they may."""
    newest = _newest(view, chosen)
    if newest is None:
        return
    used, share = float(newest.data["used"]), float(newest.data["share"])
    words = _("Looking took {used} % of the training time; {share} % is allowed.")
    st.caption(
        words.format(used=f"{100 * used:.1f}", share=f"{100 * share:g}"),
        width="content",
        help=_("The network is looked at between blocks of training. Looks wait until enough time has been trained."),
    )


def _newest(view: View, chosen: list[str]) -> Look | None:
    looks = [view.looks[name][-1] for name in chosen if view.looks.get(name)]
    return max(looks, key=lambda look: float(look.data["seconds"]), default=None)
