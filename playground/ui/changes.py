"""What differs between two specs, in one line of Markdown."""

from playground.locale.text import _, ngettext
from playground.specs import RunSpec
from playground.specs.difference import Difference, differences
from playground.ui.shell import plain

_SHOWN = 3


def words(before: RunSpec, after: RunSpec) -> str:
    """What changed from ``before`` to ``after``: ``learning_rate 0.001 → 0.01, without dropout``; empty for nothing."""
    found = differences(before, after)
    said = [_one(each) for each in found[:_SHOWN]]
    more = len(found) - len(said)
    if more:
        said.append(ngettext("{n} more", "{n} more", more).format(n=more))
    return ", ".join(said)


def _one(found: Difference) -> str:
    name = plain(found.name)
    if not found.before:
        return _("with {name}").format(name=name)
    if not found.after:
        return _("without {name}").format(name=name)
    return _("{name} {before} → {after}").format(name=name, before=plain(found.before), after=plain(found.after))
