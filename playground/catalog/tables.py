"""The tables of the catalogue: Keras's facts, the kinds of their arguments, and our judgement, joined."""

import difflib
import functools
import json
from pathlib import Path
from typing import Any, NamedTuple

from playground.catalog.activations import ACTIVATIONS
from playground.catalog.advice import advice
from playground.catalog.backbones import ENTRIES as BACKBONE_ENTRIES
from playground.catalog.called import CALLED
from playground.catalog.choice import Choice
from playground.catalog.entry import Entry, Param
from playground.catalog.estimators import ESTIMATORS
from playground.catalog.formulas import FORMULAS
from playground.catalog.help import help_of
from playground.catalog.kinds import kind_of
from playground.catalog.layers import LAYERS
from playground.catalog.left_out import LEFT_OUT
from playground.catalog.losses import LOSSES
from playground.catalog.metrics import ALIASES, METRICS
from playground.catalog.optimizers import OPTIMIZERS, SCHEDULES
from playground.catalog.ours import DATASETS, STEPS
from playground.catalog.own import OWN
from playground.catalog.smaller import CALLBACKS, CONSTRAINTS, INITIALIZERS, REGULARIZERS
from playground.catalog.splits import SPLITS

_FACTS = Path(__file__).with_name("facts.json")
_CHOICES: dict[str, tuple[Choice, ...]] = {
    "layers": LAYERS,
    "activations": ACTIVATIONS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "metrics": METRICS,
    "initializers": INITIALIZERS,
    "regularizers": REGULARIZERS,
    "constraints": CONSTRAINTS,
    "callbacks": CALLBACKS,
}
_BESIDE = {"layers": BACKBONE_ENTRIES, **FORMULAS}
_OURS = {"datasets": DATASETS, "steps": STEPS, "splits": SPLITS, "estimators": ESTIMATORS}
_PAGES = {
    "layers": "layers/",
    "activations": "layers/activations/",
    "losses": "losses/",
    "optimizers": "optimizers/",
    "schedules": "optimizers/learning_rate_schedules/",
    "metrics": "metrics/",
    "initializers": "layers/initializers/",
    "regularizers": "layers/regularizers/",
    "constraints": "layers/constraints/",
    "callbacks": "callbacks/",
}


class Coverage(NamedTuple):
    """One of Keras's tables: how many public objects it has, how many of them are on offer, and left out with a reason.

    ``unexplained`` are the names of the rest.
    """

    table: str
    public: int
    on_offer: int
    left_out: int
    unexplained: tuple[str, ...]


KINDS: tuple[str, ...] = (*_CHOICES, *_OURS)
"""The names of the tables."""


@functools.cache
def facts() -> dict[str, Any]:
    """The checked-in facts about Keras; see :func:`playground.catalog.generate.facts` for the form."""
    read: dict[str, Any] = json.loads(_FACTS.read_text("utf-8"))
    return read


@functools.cache
def entries(kind: str) -> tuple[Entry, ...]:
    """All entries of the table ``kind`` in teaching order, without those of :data:`playground.catalog.own.OWN`.

    Raises:
        KeyError: there is no such table; see :data:`KINDS`.
    """
    if kind in _OURS:
        return _OURS[kind]
    joined = tuple(_joined(kind, choice) for choice in _CHOICES[kind])
    return ALIASES + joined if kind == "metrics" else joined


def offered(kind: str) -> tuple[Entry, ...]:
    """:func:`entries`, and what is none of Keras's objects but stands in their place: whole networks, formulas."""
    return (*entries(kind), *_BESIDE.get(kind, ()))


def entry(kind: str, name: str) -> Entry | None:
    """The entry called ``name`` in the table ``kind``, also by one of Keras's other names for it; or ``None``."""
    return _index(kind).get(name)


def other_names(kind: str, name: str) -> tuple[str, ...]:
    """Keras's other names for the entry ``name`` of the table ``kind``: ``MaxPool2D`` for ``MaxPooling2D``."""
    described = facts()["tables"].get(kind, {}).get(name, {})
    return tuple(described.get("aliases", ()))


def signature(kind: str, name: str) -> tuple[str, ...]:
    """The arguments of the entry ``name`` of the table ``kind`` in the order in which Keras takes them by position.

    Empty for what is not Keras's own.
    """
    described = facts()["tables"].get(kind, {}).get(name, {})
    return tuple(argument["name"] for argument in described.get("arguments", ()))


def nearest(kind: str, name: str) -> list[str]:
    """Up to three ids of the table ``kind`` that look like ``name``, the nearest first."""
    known = {_bare(each): found.id for each, found in _index(kind).items()}
    close = difflib.get_close_matches(_bare(name), known, n=9, cutoff=0.5)
    return list(dict.fromkeys(known[each] for each in close))[:3]


def coverage() -> tuple[Coverage, ...]:
    """How much of each of Keras's tables is on offer."""
    found = []
    for table, choices in _CHOICES.items():
        public, offered = facts()["tables"][table], {choice.id for choice in choices}
        left_out = set(LEFT_OUT.get(table, ())) & set(public)
        rest = tuple(name for name in public if name not in offered | left_out)
        found.append(Coverage(table, len(public), len(offered), len(left_out), rest))
    return tuple(found)


def _bare(name: str) -> str:
    """``name`` as little as people remember of it: Keras spells many names twice, AdamW and adamw, Huber and huber."""
    return name.lower().replace("_", "")


def forget() -> None:
    """Join the tables anew when they are next asked for."""
    entries.cache_clear()
    _index.cache_clear()


@functools.cache
def _index(kind: str) -> dict[str, Entry]:
    index: dict[str, Entry] = {}
    described = facts()["tables"].get(kind, {}) if kind in _CHOICES else {}
    for each in (*offered(kind), *OWN.get(kind, ())):
        for alias in described.get(each.id, {}).get("aliases", ()):
            index.setdefault(alias, each)
        index[each.id] = each
    return index


def _joined(kind: str, choice: Choice) -> Entry:
    try:
        described = facts()["tables"][kind][choice.id]
    except KeyError:
        raise KeyError(f"{kind}: {choice.id} is on offer but facts.json does not have it; run make catalog") from None
    offered = {argument["name"]: argument for argument in described["arguments"]}
    order = [*choice.first, *(name for name in offered if name not in choice.first)]
    params = [_param(kind, choice, offered[name]) for name in order]
    return Entry(
        choice.id,
        kind,
        choice.group,
        choice.label or choice.id,
        choice.summary,
        (*(param for param in params if param is not None), *(CALLED if choice.reading.roles else ())),
        choice.ranks,
        choice.tasks,
        choice.basic,
        f"https://keras.io/api/{_PAGES[kind]}",
        choice.reading,
        choice.channels,
        choice.usual,
    )


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _param(kind: str, choice: Choice, argument: dict[str, Any]) -> Param | None:
    """The argument as a form needs it, or ``None`` if it is never offered."""
    fields = kind_of(kind, choice.id, argument["name"])
    if fields is None:
        return None
    default = argument.get("default")
    required = argument.get("required", False)
    default = _tuples(default)
    if fields["kind"] == "float" and isinstance(default, int) and not isinstance(default, bool):
        default = float(default)
    optional = default is None and not required
    name = argument["name"]
    words = help_of(name, argument["help"])
    given = {"default": default, "required": required, "optional": optional, "help": words}
    if choice.inside and fields.get("of") == kind:
        given["among"] = tuple(each.id for each in _CHOICES[kind] if {each.id, each.group} & set(choice.inside))
    siblings = frozenset(each["name"] for each in facts()["tables"][kind][choice.id]["arguments"])
    said = advice(choice.id, name, fields["kind"], siblings)
    return Param(name=name, basic=name in choice.first, **(given | said | fields))
