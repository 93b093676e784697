"""All templates by name."""

from collections.abc import Mapping

from playground.specs.facts import Facts
from playground.specs.templates.autoencoder import AUTOENCODER
from playground.specs.templates.decoders import DECODERS
from playground.specs.templates.dense import DENSE
from playground.specs.templates.images import IMAGES
from playground.specs.templates.sequences import SEQUENCES
from playground.specs.templates.template import Misfit, Template

TEMPLATES: Mapping[str, Template] = {each.name: each for each in (*DENSE, *IMAGES, *SEQUENCES, *DECODERS, AUTOENCODER)}
"""Templates by name, in teaching order."""


def fitting(facts: Facts) -> list[Template]:
    """The templates that go with a dataset, in teaching order."""
    return [template for template in TEMPLATES.values() if template.fits(facts)]


def unfitting(facts: Facts) -> dict[Misfit, list[Template]]:
    """The templates that do not go with a dataset, by the reason why."""
    found: dict[Misfit, list[Template]] = {}
    for template in TEMPLATES.values():
        reason = template.misfit(facts)
        if reason is not None:
            found.setdefault(reason, []).append(template)
    return found
