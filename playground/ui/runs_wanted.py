"""Which runs the page Runs shows, as its address says it. Anybody may have written the address."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from playground import catalog
from playground.locale.text import _
from playground.runs import listing_fields
from playground.runs.listing import Shelf, Wanted
from playground.runs.listing_fields import FIELDS
from playground.settings import settings
from playground.ui import draft, ids

LIST = "list"
"""The part of the address that has the page show a list; its value is the shelf."""
TEXT, STATE, TAG, ONLY = "q", "state", "tag", "only"
SORT, ORDER, GROUP, COLUMNS, PAGE, ROWS = "sort", "order", "group", "columns", "page", "rows"

SHELVES: tuple[Shelf, ...] = ("all", "starred", "bin")
TAGS = "tag"
"""What runs are grouped by where they are grouped by tag; a run has several, so it is no field."""
SORTS = tuple(name for name in listing_fields.SORTS if name != "state")
"""By what runs are sorted."""
GROUPS = (*(name for name, field in FIELDS.items() if field.can_group), TAGS)
SIZES = (25, 50, 100)
STATES = {
    "running": ("running", "paused"),
    "queued": ("queued",),
    "finished": ("finished",),
    "stopped": ("stopped",),
    "failed": ("failed", "lost"),
}
"""What one filters by, and the states of runs that are meant."""

_LONGEST = 100
_MOST_FILTERS = 5


class Cut(NamedTuple):
    """What of the wanted runs is shown: the ``page``, from 1, of so many ``rows``."""

    page: int
    rows: int


def words() -> dict[str, str]:
    """What the fields are called, by id."""
    return {
        "created_at": _("When"),
        "name": _("Name"),
        "state": _("State"),
        "dataset": _("Dataset"),
        "model": _("Model"),
        "metric": _("Metric"),
        "best": _("Best value"),
        "last": _("Last value"),
        "best_loss": _("Best loss"),
        "loss": _("Last loss"),
        "epoch": _("Epochs done"),
        "seconds": _("Time"),
        "parameters": _("Parameters"),
        "device": _("Device"),
        "optimizer": _("Optimizer"),
        "learning_rate": _("Learning rate"),
        "training_loss": _("Loss function"),
        "batch_size": _("Batch size"),
        "seed": _("Seed"),
        "epochs": _("Epochs planned"),
        "draft": _("Draft"),
        "comparison": _("Comparison"),
        TAGS: _("Tag"),
    }


def wanted() -> Wanted:
    """The runs that the address asks for."""
    said = ids.parts()
    shelf: Shelf = next((each for each in SHELVES if each == said.get(LIST)), "all")
    text = "".join(each for each in said.get(TEXT, "")[:_LONGEST] if each.isprintable())
    by = said.get(SORT, "")
    return Wanted(
        settings().owner,
        text,
        _meant(text),
        shelf,
        tuple(state for kind in kinds() for state in STATES[kind]),
        tuple(filter(None, said.get(TAG, "").split(",")))[:_MOST_FILTERS],
        only(said.get(ONLY, "")),
        by if by in SORTS else "created_at",
        said.get(ORDER) != "up",
    )


def everything() -> Wanted:
    """All runs of the user beside those in the bin."""
    return Wanted(settings().owner)


def cut() -> Cut:
    """The page that the address asks for."""
    said = ids.parts()
    page, rows = said.get(PAGE, ""), said.get(ROWS, "")
    size = next((each for each in SIZES if str(each) == rows), SIZES[0])
    return Cut(max(1, int(page)) if page.isdecimal() and len(page) < 9 else 1, size)


def kinds() -> list[str]:
    """The keys of :data:`STATES` that the address asks for."""
    return ids.several(STATE, STATES)


def group() -> str | None:
    """The field by which the address asks for groups; ``None`` for none."""
    return ids.part(GROUP, GROUPS)


def only(text: str) -> tuple[tuple[str, str | None], ...]:
    """The values that fields must have, as the address spells them; what it cannot mean is left out."""
    try:
        listed = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    pairs = [each for each in listed if isinstance(each, list) and len(each) == 2] if isinstance(listed, list) else []
    found = []
    for field, value in pairs[:_MOST_FILTERS]:
        if field in FIELDS and field in GROUPS and (value is None or (isinstance(value, str) and value.isprintable())):
            found.append((str(field), value))
    return tuple(found)


def show_only(pairs: Sequence[tuple[str, str | None]]) -> None:
    """Have the address ask for these values; for callbacks."""
    change(ONLY, json.dumps([list(each) for each in pairs], ensure_ascii=False, separators=(",", ":")) if pairs else "")


def change(name: str, value: str) -> None:
    """Have the address say another thing of the list, and show its first page; for callbacks."""
    ids.show_part(name, value)
    if name != PAGE:
        ids.show_part(PAGE, "")


def changed(name: str, key: str) -> None:
    """As :func:`change`, with what the widget under ``key`` now says; for its callback."""
    value = draft.widget(key)
    if isinstance(value, list | tuple):
        value = ",".join(map(str, value))
    change(name, "" if value is None else str(value))


def _meant(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By each word, the datasets whose name on screen has it."""
    entries = catalog.offered("datasets")
    labels = {entry.id: _(entry.label).casefold() for entry in entries if entry.label}
    return tuple(
        (word, tuple(source for source, label in labels.items() if word.casefold() in label)) for word in text.split()
    )
