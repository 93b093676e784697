"""Every probe that a run has something to show with."""

from typing import Protocol

import keras

from playground.specs import RunSpec
from playground.specs.facts import Facts
from playground.training.held import Held
from playground.training.probes.confusion import Confusion
from playground.training.probes.gradients import Gradients
from playground.training.probes.histograms import Histograms
from playground.training.probes.looked import Looked, Say, rows_worth, spread
from playground.training.probes.samples import Samples
from playground.training.probes.surface import Surface
from playground.training.probes.units import Units
from playground.training.probing import Probe


class Kind(Protocol):
    """A class of probes."""

    def __call__(self, looked: Looked, say: Say) -> Probe:
        """One for a run; costs nothing before it is watched."""

    def fits(self, looked: Looked) -> bool:
        """Whether it has something to show of a run."""


KINDS: tuple[Kind, ...] = (Gradients, Histograms, Units, Samples, Confusion, Surface)


def probes(model: keras.Model, spec: RunSpec, facts: Facts, held: Held, say: Say) -> list[Probe]:
    """What can be looked at in a run of ``spec``; nothing is traced, read or copied to the device yet.

    Args:
        model: compiled, its optimizer built.
        spec: the run's.
        facts: of its data.
        held: the data.
        say: writes an event of the kind ``probe`` with such data and columns.
    """
    train, validation = held.part("train"), held.part("validation")
    seen = validation if len(validation) else train
    at = spread(len(seen), rows_worth(model, spec.training.batch_size))
    looked = Looked(model, spec, facts, "validation" if len(validation) else "train", at, seen, train)
    return [kind(looked, say) for kind in KINDS if kind.fits(looked)]
