"""The frame of every page: title, logo, menu, heading, and what the browser is."""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.delta_generator import DeltaGenerator

from playground.locale.text import _
from playground.runs import StoreError
from playground.ui import collecting, draft, engine

HOME = "app.py"
PLAYGROUND = "pages/4_Playground.py"
DATA = "pages/1_Data.py"
MODEL = "pages/2_Model.py"
TRAIN = "pages/3_Train.py"
BY_HAND = "pages/8_By_hand.py"
COMPARE = "pages/7_Compare.py"
ACTIVATIONS = "pages/5_Activations.py"
LOSSES = "pages/6_Losses.py"
OPTIMIZERS = "pages/9_Optimizers.py"
REGULARISATION = "pages/10_Regularisation.py"
CONVOLUTION = "pages/11_Convolution.py"
SEQUENCES = "pages/12_Sequences.py"
TENSORS = "pages/13_Tensors.py"
METRICS = "pages/14_Metrics.py"
FORMULA = "pages/15_Formula.py"
EVALUATE = "pages/16_Evaluate.py"
PREDICT = "pages/17_Predict.py"
EXPLAIN = "pages/18_Explain.py"
RUNS = "pages/19_Runs.py"

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
_SIDEBAR_PX = 232
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~$:-])")


class _Page(NamedTuple):
    path: str
    label: str
    icon: str


def _menu() -> Mapping[str, tuple[_Page, ...]]:
    """The pages there are, by group; the first group has no heading."""
    build = (
        _Page(DATA, _("Data"), ":material/database:"),
        _Page(MODEL, _("Model"), ":material/layers:"),
        _Page(TRAIN, _("Train"), ":material/play_circle:"),
        _Page(EVALUATE, _("Evaluate"), ":material/query_stats:"),
        _Page(EXPLAIN, _("Explain"), ":material/lightbulb:"),
        _Page(PREDICT, _("Predict"), ":material/draw:"),
        _Page(RUNS, _("Runs"), ":material/history:"),
        _Page(COMPARE, _("Compare"), ":material/compare_arrows:"),
        _Page(BY_HAND, _("By hand"), ":material/calculate:"),
    )
    labs = (
        _Page(ACTIVATIONS, _("Activations"), ":material/show_chart:"),
        _Page(LOSSES, _("Losses"), ":material/target:"),
        _Page(OPTIMIZERS, _("Optimizers"), ":material/landscape:"),
        _Page(REGULARISATION, _("Regularisation"), ":material/compress:"),
        _Page(CONVOLUTION, _("Convolution"), ":material/grid_on:"),
        _Page(SEQUENCES, _("Sequences"), ":material/timeline:"),
        _Page(TENSORS, _("Tensors"), ":material/data_array:"),
        _Page(METRICS, _("Metrics"), ":material/speed:"),
        _Page(FORMULA, _("Formula"), ":material/function:"),
    )
    return {
        "": (
            _Page(HOME, _("Home"), ":material/home:"),
            _Page(PLAYGROUND, _("Playground"), ":material/scatter_plot:"),
        ),
        _("Build"): tuple(page for page in build if is_page(page.path)),
        _("Labs"): tuple(page for page in labs if is_page(page.path)),
    }


def start_page(title: str, path: str = HOME, *, is_wide: bool = False) -> None:
    """Set the page up and draw logo and menu; the first call of every page.

    Also makes sure that an engine is there. When the store cannot be opened the page says so and ends here.

    Args:
        title: the page's name in the menu, for the browser's tab.
        path: the page's own file, from the repository's root.
        is_wide: whether the page needs the whole width, so that the menu is folded until somebody opens it.
    """
    st.set_page_config(
        page_title=f"{_(title)} · Keras Playground",
        page_icon=str(STATIC / "mark.svg"),  # a material icon here would be loaded from the internet
        layout="wide",
        initial_sidebar_state="collapsed" if is_wide else _SIDEBAR_PX,
    )
    logo = "logo-dark.svg" if theme() == "dark" else "logo.svg"
    st.logo(str(STATIC / logo), icon_image=str(STATIC / "mark.svg"))
    if is_phone():
        _phone_menu(path)
    else:
        _sidebar()
    try:
        engine.client().store  # noqa: B018  (opening it is the check)
    except StoreError as error:
        st.error(str(error), icon=":material/error:")
        st.stop()
    collecting.seldom()


def heading(title: str, summary: str) -> DeltaGenerator:
    """The page's title with its one-line summary; returns the row, for at most four buttons at its right."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="heading")
    with row, st.container(gap=None, width="content" if is_phone() else "stretch"):
        st.title(title, anchor=False)
        st.caption(summary)
    return row


@functools.cache
def is_page(path: str) -> bool:
    """Whether the app has the page in the file ``path``, from the repository's root."""
    return (ROOT / path).is_file()


def plain(text: str) -> str:
    """``text`` as Markdown that shows it as it is: names are written by people, and ``*`` or ``$`` may be in them."""
    return _MARKDOWN.sub(r"\\\1", text)


def is_phone() -> bool:
    """Whether the browser says that it runs on a phone."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def theme() -> Literal["light", "dark"]:
    """The theme that the browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _sidebar() -> None:
    address = draft.address()
    with st.sidebar:
        for group, pages in _menu().items():
            if group:
                st.caption(group)
            with st.container(gap="xsmall"):  # without a gap the links overlap: they have negative margins
                for page in pages:
                    query = _query(page.path, address)
                    st.page_link(page.path, label=page.label, icon=page.icon, width="stretch", query_params=query)
        _watch_theme()


def _phone_menu(path: str) -> None:
    """A button in place of the sidebar, which a phone would leave open over the page after a link in it was touched."""
    pages = {page.label: page for group in _menu().values() for page in group if page.path != path}
    with st.container(horizontal=True, vertical_alignment="center", key="menu"):
        choice = st.menu_button(_("Menu"), list(pages), icon=":material/menu:")
        with st.container(width=1):
            _watch_theme()
    if choice is not None:
        st.switch_page(pages[choice].path, query_params=_query(pages[choice].path, draft.address()))


def _query(path: str, address: Mapping[str, str]) -> dict[str, str]:
    """What a link of the menu to the page ``path`` carries: the page Runs shows one run unless a list is asked for."""
    return {**address, "list": "all"} if path == RUNS else dict(address)


def _watch_theme() -> None:
    """Have the script rerun when the browser's theme is not the one it draws for.

    An iframe, since the state of the newer components is no value that ``enforceSerializableSessionState`` accepts.
    """
    _theme_watcher()(drawn=theme(), key="theme")


@functools.cache
def _theme_watcher() -> CustomComponent:
    return declare_component("theme", path=STATIC / "theme")
