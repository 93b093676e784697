"""Which column of a table is predicted, and what is learned of it; another one is looked at in a job."""

import streamlit as st

from playground.data import DataError, outline
from playground.data.table import CLASSES
from playground.data.uploads.column_choice import known_columns, target_of, tasks_for, with_target
from playground.data.uploads.profile import ColumnProfile, Profile
from playground.data.uploads.upload import profile_of
from playground.engine import tables
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _, ngettext
from playground.settings import settings
from playground.specs import DatasetSpec, RunSpec
from playground.specs.dataset_change import changed
from playground.ui import data_choose, data_note, draft, engine, segments, shell

_AIMING = "data.aiming"
_TICK_S = 0.3


def panel(spec: RunSpec, profile: Profile) -> None:
    """Draw the choice of the target with the reason for it, and of the task.

    Args:
        spec: the draft's.
        profile: of the table that somebody brought.
    """
    try:
        target, columns = target_of(spec.dataset, profile), known_columns(spec.dataset, profile)
    except DataError:
        return  # said at the preparation
    names = [column.name for column in columns if column.name == target or _is_able(column)]
    key = draft.key("target-column")
    with st.container(gap="xsmall", key="target"):
        st.selectbox(
            _("Predict"),
            names,
            index=names.index(target),
            key=key,
            on_change=_choose,
            args=(spec, profile, key),
        )
        if draft.get(_AIMING, {}):
            st.fragment(_wait, run_every=_TICK_S)()
            return
        goal = aimed(spec.dataset, profile)
        if goal.target == target:
            _task(spec, goal, profile.target_reason if target == profile.target else "")


def aimed(dataset: DatasetSpec, profile: Profile) -> Profile:
    """``profile`` with the target of ``dataset``, as far as a job has looked at it; one is asked for where none has."""
    client = engine.client()
    target = target_of(dataset, profile)
    found = tables.aimed(client, profile, target)
    if found is None and not draft.get(_AIMING, {}) and client.ping() is not None:
        job = tables.retargeting(client, profile.file, target)
        if job is None:
            _ask(profile, target)
    return found or profile


def arrive() -> None:
    """Predict the column whose job has ended since the last page run; call it before the draft is looked at."""
    aiming: dict[str, str] = draft.get(_AIMING, {})
    if not aiming:
        return
    client = engine.client()
    job = tables.retargeting(client, aiming["file"], aiming["target"])
    if job is not None and not job.is_ended:
        return
    draft.put(_AIMING, {})
    now = draft.current()
    if job is None or now is None or now.spec.dataset.options.get("file") != aiming["file"]:
        return
    if job.state != "finished":
        draft.tell(job.error or "")
        return
    profile = tables.aimed(client, profile_of(aiming["file"], settings()), aiming["target"])
    if profile is not None and target_of(now.spec.dataset, profile) != profile.target:
        _put(now.spec, profile)


def _is_able(column: ColumnProfile) -> bool:
    return len(column.values) > 1 or column.type in CLASSES or column.minimum is not None


def _task(spec: RunSpec, profile: Profile, why: str) -> None:
    """The choice of the task; ``why`` the target was proposed, empty where somebody chose it."""
    tasks = tasks_for(spec.dataset, profile, settings())
    try:
        now: str = "series" if spec.dataset.source == "series" else outline(spec.dataset).task
    except DataError:
        now = spec.dataset.options.get("task") or profile.task
    n = len(profile.column(profile.target).values)
    classes = ngettext("{n} class", "{n} classes", n).format(n=n)
    words = {"binary": classes, "multiclass": classes, "regression": _("a number"), "series": _("what comes next")}
    names = {task: words[task] for task in tasks}
    if now in names and len(names) > 1:
        key = draft.key("target-task")
        segments.choose(_("What is to be learned"), names, now, key, _choose_task, (spec, profile, key))
    if now == profile.task:
        said = _("Proposed, since {why}, and {reason}.") if why else _("Proposed, since {reason}.")
        st.caption(shell.plain(said.format(why=why, reason=profile.task_reason)))


def _choose(spec: RunSpec, profile: Profile, key: str) -> None:
    target = draft.widget(key)
    found = tables.aimed(engine.client(), profile, target)
    if found is not None:
        _put(draft.stored(spec), found)
    else:
        _ask(profile, target)


def _ask(profile: Profile, target: str) -> None:
    try:
        tables.submit_retarget(engine.client(), profile.file, target)
    except (EngineError, SpecError) as error:
        draft.tell(str(error))
        return
    draft.put(_AIMING, {"file": profile.file, "target": target})


def _choose_task(spec: RunSpec, profile: Profile, key: str) -> None:
    now = draft.stored(spec)
    dataset = tasks_for(now.dataset, profile, settings()).get(draft.widget(key))
    if dataset is not None:
        _edit(now, dataset)


def _put(spec: RunSpec, profile: Profile) -> None:
    try:
        dataset = with_target(spec.dataset, profile)
    except DataError as error:
        draft.refuse(ValueError(str(error)))
        return
    _edit(spec, dataset)


def _edit(spec: RunSpec, dataset: DatasetSpec) -> None:
    try:
        proposal = changed(spec, dataset, outline(dataset))
    except DataError as error:
        draft.refuse(ValueError(str(error)))
        return
    if draft.edit(proposal.spec):
        data_note.say(data_choose.fits(proposal, proposal.spec))


def _wait() -> None:
    aiming: dict[str, str] = draft.get(_AIMING, {})
    job = tables.retargeting(engine.client(), aiming["file"], aiming["target"]) if aiming else None
    if job is None or job.is_ended:
        st.rerun()
    st.progress(
        job.progress, text=_("Looking for columns that tell {target}").format(target=shell.plain(aiming["target"]))
    )
