"""What was proposed for a file of one's own, and why, in one line."""

from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.profile import Profile
from playground.locale.text import _, ngettext
from playground.specs import RunSpec
from playground.ui import about, shell

_NAMED = 3


def proposal(profile: Profile | ArrayProfile, spec: RunSpec) -> str:
    """What is learned and why, from how much, and how it is prepared: Markdown."""
    said = [profile.name, *(_of_table(profile, spec) if isinstance(profile, Profile) else _of_arrays(profile))]
    steps = [about.label("steps", step.kind) for step in spec.dataset.steps]
    if steps:
        said.append(_("prepared by {steps}").format(steps=", ".join(steps)))
    return shell.plain(" · ".join(said))


def _of_table(profile: Profile, spec: RunSpec) -> list[str]:
    said = [ngettext("{n} row", "{n} rows", profile.n_rows).format(n=f"{profile.n_rows:,}")]
    if profile.sheet:
        said.append(_("read from the sheet {name}").format(name=profile.sheet))
    if n := profile.skipped:
        said.append(ngettext("{n} empty row above it", "{n} empty rows above it", n).format(n=f"{n:,}"))
    said.append(_("to predict: {target}, since {why}").format(target=profile.target, why=profile.target_reason))
    if n := len(spec.dataset.features):
        said.append(ngettext("learned from {n} column", "learned from {n} columns", n).format(n=f"{n:,}"))
    aside = [column.name for column in profile.columns if column.aside and column.name != profile.target]
    if aside:
        shown = ", ".join(aside[:_NAMED]) + (" …" if len(aside) > _NAMED else "")
        said.append(_("put aside: {columns}").format(columns=shown))
    return said


def _of_arrays(profile: ArrayProfile) -> list[str]:
    said = [ngettext("{n} sample", "{n} samples", profile.n_rows).format(n=f"{profile.n_rows:,}")]
    n = len(profile.classes)
    task = ngettext("{n} class", "{n} classes", n).format(n=f"{n:,}") if n else _("a number")
    said.append(_("to predict: {target}, since {why}").format(target=task, why=profile.task_reason))
    if left := sum(each.count for each in profile.left_out):
        said.append(ngettext("{n} entry left out", "{n} entries left out", left).format(n=f"{left:,}"))
    return said
