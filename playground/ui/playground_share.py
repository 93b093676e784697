"""What can be taken away from the page Playground: a link that restores it, and its network as an ordinary draft."""

from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from playground.export.plane_link import Look
from playground.locale.text import _
from playground.specs.plane import Plane
from playground.ui import draft, listing, playground_controls, playground_state, shell

_HIDE = "playground-hide"
_PRESENT = "playground-present"


def panel(plane: Plane, look: Look) -> None:
    """Draw the link, and the way into the builder."""
    with st.popover(_("Share"), icon=":material/share:", key="playground-share"):
        _link(plane, look)
    if look.present or playground_state.problem(plane):
        return
    if st.button(_("Open in Model"), icon=":material/layers:", type="tertiary", key="playground-model"):
        draft.new(playground_state.spec(plane))
        st.switch_page(shell.MODEL, query_params=draft.address())


def _link(plane: Plane, look: Look) -> None:
    st.markdown(_("This link restores everything as it is here: points, network, settings and seed."))
    named = _hideable()
    hidden = st.multiselect(
        _("Hide from whoever opens it"),
        list(named),
        default=[name for name in look.hide if name in named],
        format_func=named.__getitem__,
        key=_HIDE,
    )
    present = st.toggle(_("For a projector: nothing but the picture and what plays it"), key=_PRESENT)
    shared = replace(look, hide=tuple(hidden), present=present)
    listing.panel(f"{_here()}?{urlencode(playground_state.link(plane, shared))}", 130)
    st.caption(_("What the network has learned by now is not in it: it learns the same again."))


def _hideable() -> dict[str, str]:
    return {
        "play": _("Play"),
        "step": _("Step"),
        "reset": _("Reset"),
        "speed": _("Speed"),
        **{control.name: control.label for control in playground_controls.controls()},
        "data": _("Data"),
        "noise": _("Noise"),
        "n_samples": _("Points"),
        "train": _("Ratio of training to test data"),
        "regenerate": _("Regenerate"),
        "features": _("Features"),
        "layers": _("Layers and neurons"),
        "show": _("Show test data"),
        "discretise": _("Discretise output"),
    }


def _here() -> str:
    """The address of this page as the browser has it."""
    parts = urlsplit(st.context.url or "")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
