"""The Data page: choose a set, look at it, prepare it, divide it."""

import streamlit as st

from playground.data import SOURCES, DataError, outline
from playground.locale.text import _
from playground.specs import DatasetSpec, RunSpec
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import TEMPLATES
from playground.ui import (
    data_cards,
    data_choose,
    data_facts,
    data_ready,
    data_samples,
    data_split,
    data_steps,
    data_target,
    draft,
    shell,
    stepper,
)
from playground.ui.data_ready import Look

_COLUMNS = (5, 4)


def panel() -> None:
    """Draw the page; without a draft the cards alone, and the one that is chosen makes one."""
    now = draft.current()
    chosen = now.spec.dataset.source if now else None
    known = chosen in SOURCES
    summary = _("Choose what to learn from.")
    if now and known:
        summary = _("{dataset} is chosen.").format(dataset=data_choose.label(now.spec.dataset.source))
    with shell.heading(_("Data"), shell.plain(summary)):
        if now and shell.is_page(shell.MODEL):
            _next()
    stepper.panel(now, "prepare" if known else "load")
    if words := draft.told():
        st.warning(shell.plain(words), icon=":material/info:")
    data_cards.panel(chosen)
    if now is None:
        return
    data_choose.ask(now)
    data_choose.note(now)
    if not known:
        st.error(_("There is no dataset {name!r}. Choose one of these.").format(name=chosen), icon=":material/error:")
        return
    _chosen(now.spec)


def _chosen(spec: RunSpec) -> None:
    """All about the set that was chosen."""
    facts, steps_error, split_error = _facts(spec.dataset)
    raw = data_ready.look(_raw(spec.dataset), spec.seed if spec.dataset.options or _is_generated(spec) else 0)
    is_asked = not raw.error and not steps_error and not split_error
    if raw.prepared is None and SOURCES[spec.dataset.source].stamp is not None:
        is_asked = False  # the file first: two jobs would fetch it twice
    ready = data_ready.look(spec.dataset, spec.seed) if is_asked else Look(spec.dataset, spec.seed, error=raw.error)
    sizes = _sizes(ready.prepared.facts if ready.prepared else facts)
    left, right = st.columns(_COLUMNS, gap="medium")
    with left:
        data_samples.panel(raw)
    with right:
        data_facts.numbers(spec.dataset, facts, sizes)
        data_target.panel(spec, facts)
        data_facts.options(spec.dataset)
        data_facts.balance(raw)
    left, right = st.columns(_COLUMNS, gap="medium")
    with left:
        data_steps.panel(spec, steps_error)
        if is_asked:
            data_steps.before_and_after(raw, ready, facts.features if facts else ())
    with right:
        data_split.panel(spec, sizes, split_error or ("" if steps_error or raw.error else ready.error))
    _start(spec, facts)


def _facts(dataset: DatasetSpec) -> tuple[Facts | None, str, str]:
    """What the set will be like, why its steps do not fit, and why its split does not."""
    try:
        return outline(dataset), "", ""
    except DataError as error:
        whole = str(error)
    try:
        outline(dataset.model_copy(update={"steps": ()}))
    except DataError as error:
        return None, "", str(error)
    return None, whole, ""


def _raw(dataset: DatasetSpec) -> DatasetSpec:
    """The set as it comes, whatever steps and split are chosen: these change nothing of what it looks like."""
    return first_dataset(dataset.source).model_copy(
        update={"options": dataset.options, "features": dataset.features, "steps": ()}
    )


def _is_generated(spec: RunSpec) -> bool:
    """Whether the rows follow from the seed."""
    return not SOURCES[spec.dataset.source].origin


def _sizes(facts: Facts | None) -> tuple[int, int, int] | None:
    if facts is None or facts.n_train is None:
        return None
    return facts.n_train, facts.n_validation or 0, facts.n_test or 0


def _start(spec: RunSpec, facts: Facts | None) -> None:
    """Models to start from, for a draft that has none."""
    if spec.model.layers or spec.model.resting or facts is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="templates"):
        st.markdown(f"### {_('Start the model from')}", width="content")
        for template in TEMPLATES.values():
            if template.fits(facts):
                st.button(
                    _(template.label),
                    key=f"template-{template.name}",
                    help=f"{_(template.summary)} {_(template.use_when)}",
                    on_click=data_choose.start_from,
                    args=(template.name,),
                )


def _next() -> None:
    st.page_link(
        shell.MODEL,
        label=_("Next: model"),
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=draft.address(),
    )
