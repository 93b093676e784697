"""What can be chosen: :class:`Entry` (a layer, an optimizer, a dataset ...) and its :class:`Param` s.

Both cross every border of the app, so they are plain frozen data: no Keras object, no callable.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from playground.catalog.reading import ONE, Reading

ParamKind = Literal["int", "float", "choice", "flag", "shape", "object", "list", "text", "formula"]
"""What a widget for the argument looks like and what values it takes.

``shape`` is a tuple of ints, or one int where Keras takes either (``kernel_size``); ``object`` a spec
``{"kind": ..., "args": ...}`` or a plain name; ``list`` a tuple of numbers; ``formula`` the
text of one, which :mod:`playground.specs.formulas` reads.
"""


@dataclass(frozen=True, slots=True)
class Param:
    """One argument of an :class:`Entry`.

    Attributes:
        name: Keras's own argument name.
        kind: what values it takes.
        default: Keras's default; meaningless while ``required``.
        required: whether the entry cannot be built without it.
        optional: whether ``None`` is allowed.
        minimum, maximum: inclusive bounds of a number (each item of a shape or list).
        exclusive: whether the bounds themselves are refused (``0 < rate``).
        choices: allowed values of a ``choice``.
        of: for an ``object``, the catalogue kind it is chosen from (``initializers``, ``activations`` ...); for a
            ``float``, the kind of object that may stand in its place (``schedules``).
        among: for an ``object``, the ids in ``of`` that it may be; empty means any.
        label: plain words for a form; the name itself where Keras's name is the field's term.
        help: what it does; Keras's words or ours.
        basic: whether a form shows it at once, not behind "more".
        only_when: ``(argument, values)`` under which it has any effect, or ``None``.
        listed: whether a shape must be a list even of one number.
        length: how many numbers a list has; any but none where nobody said.
        raising, lowering: what a larger and a smaller value do, in one short sentence each; empty where nobody said.
        typical: the range that values usually lie in, as words for a form: ``"16 to 512"``; empty where nobody said.
        of_call: whether it belongs to the call of a layer, ``layer(x, use_causal_mask=True)``, and not to the layer.
    """

    name: str
    kind: ParamKind
    default: Any = None
    required: bool = False
    optional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    exclusive: bool = False
    choices: tuple[Any, ...] = ()
    of: str | None = None
    among: tuple[str, ...] = ()
    label: str = ""
    help: str = ""
    basic: bool = False
    only_when: tuple[str, tuple[Any, ...]] | None = None
    listed: bool = False
    length: int | None = None
    raising: str = ""
    lowering: str = ""
    typical: str = ""
    of_call: bool = False

    def expected(self) -> str:
        """What values are allowed, in words: "a number above 0", "one of valid, same"."""
        words = {
            "int": "a whole number",
            "float": "a number",
            "flag": "true or false",
            "shape": "a list of whole numbers" if self.listed else "whole numbers",
            "list": "a list of numbers" if self.length is None else f"a list of {self.length} numbers",
            "text": "text",
            "formula": "a formula",
            "object": f"one of the {self.of}" if self.of else "an object",
            "choice": "one of " + ", ".join(map(str, self.choices)),
        }[self.kind]
        low, high = (None if bound is None else f"{bound:,.12g}" for bound in (self.minimum, self.maximum))
        if low is not None and high is not None:
            words += f" between {low} and {high}" + (" (exclusive)" if self.exclusive else "")
        elif low is not None:
            words += f" above {low}" if self.exclusive else f" of at least {low}"
        elif high is not None:
            words += f" below {high}" if self.exclusive else f" of at most {high}"
        return words + (" or nothing" if self.optional else "")

    def accepts(self, value: Any) -> bool:
        """Whether ``value`` (as JSON spells it, lists as tuples) is allowed here. Objects by form only."""
        if value is None:
            return self.optional or (not self.required and self.default is None)
        match self.kind:
            case "flag":
                return isinstance(value, bool)
            case "int":
                return isinstance(value, int) and not isinstance(value, bool) and self._inside(value)
            case "float":
                if isinstance(value, Mapping):
                    return self.of is not None
                return isinstance(value, int | float) and not isinstance(value, bool) and self._inside(value)
            case "choice":
                return any(value == choice and type(value) is type(choice) for choice in self.choices)
            case "text" | "formula":
                return isinstance(value, str)
            case "shape":
                if self.listed and not isinstance(value, tuple):
                    return False
                items = value if isinstance(value, tuple) else (value,)
                return bool(items) and all(
                    isinstance(item, int) and not isinstance(item, bool) and self._inside(item)
                    for part in items
                    for item in (part if isinstance(part, tuple) else (part,))
                )
            case "list":
                if not isinstance(value, tuple) or not value or len(value) != (self.length or len(value)):
                    return False
                return all(
                    isinstance(item, int | float) and not isinstance(item, bool) and self._inside(item)
                    for item in value
                )
            case "object":
                return isinstance(value, str | Mapping)
        return False

    def normalise(self, value: Any) -> Any:
        """``value`` with its numbers in the type of this argument: 1 becomes 1.0, or 64.0 becomes 64."""
        if isinstance(value, bool) or value is None:
            return value
        if self.kind == "float" and isinstance(value, int) and abs(value) < 2**53:
            return float(value)
        if self.kind in ("int", "shape") and isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            return int(value)
        if self.kind in ("list", "shape") and isinstance(value, tuple):
            return tuple(self.normalise(item) for item in value)
        return value

    def _inside(self, value: float) -> bool:
        if not abs(value) <= sys.float_info.max:  # also NaN, and whole numbers beyond any float
            return False
        if self.minimum is not None and (value <= self.minimum if self.exclusive else value < self.minimum):
            return False
        return not (self.maximum is not None and (value >= self.maximum if self.exclusive else value > self.maximum))


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be chosen.

    Attributes:
        id: Keras's own name (``Conv2D``, ``relu``, ``Adam``), or ours for what Keras does not have.
        kind: the table it stands in (``layers``, ``activations``, ``losses``, ...).
        group: heading in a palette.
        label: plain words.
        summary: one sentence.
        params: the arguments, those to show first in front.
        ranks: ranks of the input it takes, without the batch axis; empty means any.
        tasks: tasks it fits (``binary``, ``multiclass``, ``regression`` ...); empty means any.
        basic: whether beginners see it.
        url: documentation.
        reading: how many layers it reads, and in what form.
        channels: numbers of channels that it takes; empty means any.
        usual: arguments that a newly chosen one starts with, where the usual value of their names will not do.
    """

    id: str
    kind: str
    group: str
    label: str
    summary: str
    params: tuple[Param, ...] = ()
    ranks: tuple[int, ...] = ()
    tasks: tuple[str, ...] = ()
    basic: bool = False
    url: str = ""
    reading: Reading = ONE
    channels: tuple[int, ...] = ()
    usual: Mapping[str, Any] = field(default_factory=dict, hash=False)
    _by_name: dict[str, Param] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_name.update({param.name: param for param in self.params})

    def called_with(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Those of ``args`` that belong to the call of a layer and are not their defaults."""
        params = [param for param in self.params if param.of_call]
        return {each.name: args[each.name] for each in params if args.get(each.name, each.default) != each.default}

    def param(self, name: str) -> Param | None:
        """The argument called ``name``, or ``None``."""
        return self._by_name.get(name)

    def refusal(self, shape: Sequence[int | None]) -> str:
        """Why it does not take an input of ``shape``, without the batch axis, in words; empty if it does.

        Keras lets some layers through when a network is put together that it cannot train on such an input. A layer
        around another one leaves it to that one.
        """
        if self.ranks and len(shape) not in self.ranks and self.param("layer") is None:
            return f"it expects an input with {_or(self.ranks)} axes, received {len(shape)}"
        if self.channels and shape[-1] not in self.channels:
            return f"it expects images with {_or(self.channels)} channels, received {shape[-1]}"
        return ""


def _or(numbers: Sequence[int]) -> str:
    return " or ".join(map(str, numbers))
