"""The Data page: choose a set, look at it, prepare it, divide it."""

import streamlit as st

from playground.data.sets.known_source import file_of, is_known
from playground.data.uploads.upload import is_here
from playground.locale.text import _
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.specs.templates import TEMPLATES
from playground.ui import (
    data_before,
    data_choose,
    data_columns,
    data_facts,
    data_files,
    data_gallery,
    data_look,
    data_note,
    data_own,
    data_own_samples,
    data_points,
    data_ready,
    data_samples,
    data_split,
    data_stages,
    data_steps,
    data_target,
    data_target_column,
    draft,
    shell,
    stepper,
)

_COLUMNS = (5, 4)


def panel() -> None:
    """Draw the page; without a draft the cards alone, and the one that is chosen makes one."""
    data_own.arrive()
    data_target_column.arrive()
    now = draft.current()
    chosen = now.spec.dataset.source if now else None
    known = is_known(chosen)
    summary = _("Choose what to learn from.")
    if now and known:
        summary = _("{dataset} is chosen.").format(dataset=data_choose.name(now.spec.dataset))
    with shell.heading(_("Data"), shell.plain(summary)):
        if now and shell.is_page(shell.MODEL):
            _next()
    stepper.panel(now, "prepare" if known else "load")
    if words := draft.told():
        st.warning(shell.plain(words), icon=":material/info:")
    file = file_of(now.spec.dataset) if now and known else ""
    is_there = known and (not file or is_here(file, settings()))
    data_gallery.panel(now, is_here=is_there)
    if now is None:
        return
    data_choose.ask(now)
    data_note.panel(now)
    if not known:
        st.error(_("There is no dataset {name!r}. Choose one of these.").format(name=chosen), icon=":material/error:")
    elif not is_there:
        data_files.gone(now)
    else:
        _chosen(now.spec)


def _chosen(spec: RunSpec) -> None:
    """All about the set that was chosen."""
    found = data_stages.stages(spec)
    facts = found.facts
    sizes = _sizes(found.ready.prepared.facts if found.ready.prepared else facts)
    left, right = st.columns(_COLUMNS, gap="medium")
    with left:
        has_rows = data_own_samples.panel(spec.dataset) or data_points.panel(spec.dataset)
        if not has_rows:
            data_samples.panel(found.seen)
    with right:
        data_facts.numbers(spec.dataset, facts, sizes)
        if profile := data_columns.table(spec.dataset):
            data_target_column.panel(spec, profile)
        else:
            data_target.panel(spec, facts)
        data_facts.options(spec.dataset)
        if has_rows and not found.seen.prepared and not found.seen.error:
            data_ready.wait(found.seen, data_facts.HEIGHT)
        else:
            # The numbers of a table have the target as it comes; what the model gets may be scaled.
            data_facts.balance(found.before if found.before.prepared else found.seen)
    data_columns.panel(spec)
    left, right = st.columns(_COLUMNS, gap="medium")
    with left:
        data_steps.panel(spec, found.steps_error)
        if found.is_asked:
            data_before.panel(found.before, found.ready, facts.features if facts else ())
            if found.before.dataset.steps and not found.before.error:
                st.caption(_("Before are the number columns alone, with the median in place of gaps."))
    with right:
        is_elsewhere = found.steps_error or (found.seen.error and not has_rows)
        error = found.split_error or ("" if is_elsewhere else found.ready.error)
        repeated = found.ready.prepared.facts.repeated if found.ready.prepared else None
        data_split.panel(spec, sizes, error, repeated)
    data_look.panel(spec)
    _start(spec, facts)


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
