"""Tables on the command line: what is said of one, of what is proposed for it, and of rows that are in two parts."""

from playground.data import opened
from playground.data.uploads.profile import Profile
from playground.settings import Settings
from playground.specs import RunSpec


def said(profile: Profile, *, is_task_proposed: bool) -> list[str]:
    """Lines that say what was found, what is proposed to be learned, and which columns were put aside, with reasons."""
    lines = [f"{profile.name}: {profile.n_rows:,} rows, {len(profile.columns)} columns."]
    if profile.sheet:
        skipped = f"; empty rows above the table: {profile.skipped:,}" if profile.skipped else ""
        lines.append(f"Read from the sheet {profile.sheet!r}{skipped}.")
    lines.append(f"Target {profile.target}: {profile.target_reason}.")
    if is_task_proposed:
        lines.append(f"Task {profile.task}: {profile.task_reason}.")
    lines += [f"Put aside {column.name}: {column.aside}." for column in profile.columns if column.aside]
    if profile.duplicates:
        lines.append(f"{profile.duplicates:,} rows are equal to an earlier one and may lie in two parts.")
    return lines


def repeated(spec: RunSpec, limits: Settings) -> list[str]:
    """A line that says how many of the rows that judge the run were learned too; none where there are no such rows."""
    prepared = opened(spec.dataset, spec.seed, limits)
    validation, test = (prepared and prepared.facts.repeated) or (0, 0)
    if not validation + test:
        return []
    return [f"Equal to a training row: {validation:,} of validation, {test:,} of test. Scores on them flatter."]
