"""A closer look at a dataset: which picture, of what, and the picture."""

import streamlit as st

from playground.data import Prepared, opened
from playground.data.prepared import stamp_of
from playground.data.sets.known_source import known_source
from playground.data.sources import SOURCES
from playground.data.statistics import PICTURES, Asked, Picture, offered
from playground.data.statistics.asked import MAX_COLUMNS
from playground.data.statistics.relations import CORRELATED, PAIRS
from playground.locale.text import _
from playground.settings import settings
from playground.specs import RunSpec, SplitSpec
from playground.ui import data_picture, segments, shell
from playground.ui.data_look_csv import table_csv
from playground.ui.data_look_pictures import DRAWN

_LARGEST = {"pairs": PAIRS, "correlation": CORRELATED, "words": 1}
_PERPLEXITIES = (5, 15, 30, 50)
_USUAL = 30


def panel(spec: RunSpec) -> None:
    """Draw the choice of pictures that go with the draft's dataset, and the one that is chosen."""
    names = offered(spec.dataset, settings())
    if names and not _is_without_file(spec.dataset.source):
        st.fragment(_panel)(spec, names)


def _panel(spec: RunSpec, names: tuple[str, ...]) -> None:
    st.markdown(f"### {_('A closer look')}")
    words = {name: DRAWN[name].label() for name in names}
    name = segments.choose(_("Picture"), words, None, f"look-{spec.dataset.source}", is_required=False)
    if name is None:
        st.caption(_("Choose a picture: how values are spread, what goes together, what tells the classes apart."))
        return
    prepared = opened(spec.dataset, spec.seed, settings())
    kind = PICTURES[name]
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="look-options"):
        is_after = prepared is not None and kind.has_after and bool(spec.dataset.steps) and _is_after(name)
        method, perplexity = _projection() if name == "map" else ("pca", _USUAL)
        columns = _columns(spec, name, prepared if is_after else None) if kind.has_columns else ()
    asked = _asked(spec, name, is_after=is_after, has_parts=prepared is not None and name == "summary")
    asked = asked.model_copy(update={"method": method, "perplexity": float(perplexity), "columns": columns})
    found = data_picture.taken(asked)
    if found.error:
        data_picture.refused(asked, found.error)
    elif found.picture is None:
        data_picture.wait(asked, DRAWN[name].height)
    else:
        with st.container(key=f"look-picture-{name}"):
            DRAWN[name].panel(found.picture)
        _below(spec, name, found.picture)


def _is_after(name: str) -> bool:
    words = {0: _("As it comes"), 1: _("After the steps")}
    return segments.choose(_("Values"), words, 0, f"look-after-{name}") == 1


def _projection() -> tuple[str, int]:
    """How the map is drawn, and t-SNE's perplexity."""
    method = segments.choose(_("Method"), {"pca": "PCA", "tsne": "t-SNE"}, "pca", "look-method") or "pca"
    if method != "tsne":
        return method, _USUAL
    words = {value: _("perplexity {n}").format(n=value) for value in _PERPLEXITIES}
    chosen = st.selectbox(
        _("Perplexity"),
        _PERPLEXITIES,
        _PERPLEXITIES.index(_USUAL),
        format_func=words.__getitem__,
        label_visibility="collapsed",
        width=160,
        key="look-perplexity",
    )
    return method, chosen


def _columns(spec: RunSpec, name: str, prepared: Prepared | None) -> tuple[str, ...]:
    """Names of the columns that were chosen; none where the picture is to choose."""
    source = known_source(spec.dataset)
    types = {column.name: column.type for column in source.columns or ()}
    names = list(prepared.facts.features if prepared else source.features)
    if prepared is None and types:
        wanted = {"words": ("text",), "pairs": ("number",), "correlation": ("number",)}
        fitting = wanted.get(name, ("number", "category", "yes/no", "date"))
        names = [each for each in names if types.get(each) in fitting]
    if len(names) < 2:
        return ()
    key = f"look-columns-{name}-{spec.dataset.source}-{'after' if prepared else 'raw'}"
    if _LARGEST.get(name) == 1:
        only = st.selectbox(_("Column"), names, label_visibility="collapsed", width=240, key=key)
        return (only,) if only else ()
    chosen = st.multiselect(
        _("Columns"),
        names,
        max_selections=_LARGEST.get(name, MAX_COLUMNS),
        placeholder=_("Columns: those that say most about the target"),
        label_visibility="collapsed",
        key=key,
    )
    return tuple(chosen)


def _asked(spec: RunSpec, name: str, *, is_after: bool, has_parts: bool) -> Asked:
    """The picture, named so that what changes nothing of it does not have it taken anew."""
    dataset = spec.dataset
    if not is_after and not has_parts:
        dataset = dataset.model_copy(update={"steps": (), "split": SplitSpec()})
    return Asked(
        picture=name,
        dataset=dataset,
        seed=spec.seed,
        is_after=is_after,
        has_parts=has_parts,
        theme=shell.theme() if PICTURES[name].take is None else "",
        stamp=stamp_of(dataset, settings()) or "",
    )


def _below(spec: RunSpec, name: str, picture: Picture) -> None:
    """Of how many rows it is, what was left out, and its numbers as a file."""
    if picture.shown < picture.of:
        rows = _("{shown} of {of} rows, drawn at random").format(shown=f"{picture.shown:,}", of=f"{picture.of:,}")
    else:
        rows = _("all {of} rows").format(of=f"{picture.of:,}")
    said = [rows, *([picture.note] if picture.note else [])]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="look-below"):
        st.caption(shell.plain(" · ".join(said)), width="content")
        st.download_button(
            _("Numbers (CSV)"),
            lambda: table_csv(picture.table),
            f"{spec.dataset.source}-{name}.csv",
            "text/csv",
            key="look-csv",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
        if picture.svg:
            st.download_button(
                _("Picture (SVG)"),
                picture.svg,
                f"{spec.dataset.source}-{name}.svg",
                "image/svg+xml",
                key="look-svg",
                icon=":material/image:",
                type="tertiary",
                on_click="ignore",
            )


def _is_without_file(source: str) -> bool:
    made = SOURCES.get(source)
    return made is not None and made.stamp is not None and made.stamp(settings()) is None
