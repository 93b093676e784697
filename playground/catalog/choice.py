"""One line of judgement: what Keras's facts cannot say about an object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.catalog.reading import ONE, Reading


@dataclass(frozen=True, slots=True)
class Choice:
    """What we say about one Keras object; its arguments, defaults and help come from the facts.

    Attributes:
        id: Keras's own name.
        group: heading in a palette.
        summary: one sentence of ours.
        first: the arguments that a form shows at once, in this order.
        label: plain words; the id where it is the field's own term.
        ranks: ranks of the input without the batch axis; empty means any.
        tasks: tasks it fits; empty means any.
        basic: whether beginners see it.
        reading: how many layers a layer reads, and in what form.
        channels: numbers of channels that a layer takes; empty means any.
        inside: for a layer around another one, the ids and the groups of the layers that it may be put around.
        usual: arguments that a newly chosen one starts with, where the usual value of their names will not do.
    """

    id: str
    group: str
    summary: str
    first: tuple[str, ...] = ()
    label: str = ""
    ranks: tuple[int, ...] = ()
    tasks: tuple[str, ...] = ()
    basic: bool = False
    reading: Reading = ONE
    channels: tuple[int, ...] = ()
    inside: tuple[str, ...] = ()
    usual: Mapping[str, Any] = field(default_factory=dict, hash=False)
