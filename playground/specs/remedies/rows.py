"""Rows that tell whether something was learned: enough of them, kept from training."""

from playground import catalog
from playground.locale.text import _
from playground.specs.edit import with_value
from playground.specs.remedies.remedy import Case, Remedy

_LARGE = 0.3


def validated(case: Case) -> Remedy | None:
    """Rows kept for validation, where there are none."""
    split = case.spec.dataset.split
    entry = catalog.entry("splits", split.kind)
    param = entry.param("validation") if entry else None
    why = _("Keeps some rows from training: what it scores on them is what it will score on new ones.")
    label = _("Keep rows for validation")
    if param is None:
        if split.kind != "none":
            return None
        return Remedy("validated", label, why, with_value(case.spec, "dataset.split", {"kind": "holdout"}))
    if split.args.get("validation", param.default) != 0:
        return None
    return Remedy("validated", label, why, with_value(case.spec, "dataset.split.validation", 0.15))


def more_validation(case: Case) -> Remedy | None:
    """A larger validation part."""
    split = case.spec.dataset.split
    entry = catalog.entry("splits", split.kind)
    param = entry.param("validation") if entry else None
    share = split.args.get("validation", param.default) if param else None
    if not isinstance(share, float) or not 0 < share < _LARGE:
        return None
    why = _("Keeps {share} of the rows for validation: chance moves the score of more rows less.")
    changed = with_value(case.spec, "dataset.split.validation", _LARGE)
    return Remedy("more-validation", _("Validate with more rows"), why.format(share=f"{_LARGE:.0%}"), changed)
