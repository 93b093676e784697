"""What the page Playground is set to: in the address, so that a link or a reload restores it, and in the session."""

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playground.data import DataError, outline
from playground.export.plane_link import PARTS, Look, address_of, normal, numbers_of, read, sources
from playground.locale.text import _
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.plane import EPOCHS, Plane, dataset_of, spec_of
from playground.ui import draft, ids

_NOW = "playground-settings"
_LEFT = "playground-left"
_ON_ITS_WAY_S = 5.0
"""How long the browser may still send the address as it was: ticks that were asked for before it heard of a change."""
_REFUSED = "playground-refused"


def current() -> tuple[Plane, Look]:
    """The settings, from the address where it has some, else from the session, else the first ones."""
    asked = _own(ids.parts())
    now: dict[str, str] = draft.get(_NOW, {})
    if asked and asked != now and not _is_left(asked):
        plane, look, refused = read(asked)
        if refused:
            names = ", ".join(refused)
            draft.tell(
                _("The link asks for what there is not here ({names}); the rest is as it says.").format(names=names)
            )
    else:
        plane, look, _refused = read(now)
    keep(plane, look)
    return plane, look


def keep(plane: Plane, look: Look) -> None:
    """Make these the settings, in the session and in the address."""
    now = address_of(normal(plane), look)
    before: dict[str, str] = draft.get(_NOW, {})
    if before and before != now:
        until = time.monotonic() + _ON_ITS_WAY_S
        known: list[Any] = draft.get(_LEFT, [])
        left = [each for each in known if each[1] > time.monotonic() and each[0] != _text(now)]
        draft.put(_LEFT, [*left[-20:], [_text(before), until]])
    draft.put(_NOW, now)
    others = {name: value for name, value in ids.parts().items() if name not in _names()}
    ids.put_parts({**others, **now})


def link(plane: Plane, look: Look) -> dict[str, str]:
    """The parts of the address that restore these settings, and nothing else."""
    return address_of(normal(plane), look)


def spec(plane: Plane) -> RunSpec:
    """The run that ``plane`` stands for.

    Raises:
        DataError: its points cannot be learned from; the words say why.
    """
    name = _("Playground: {dataset}").format(dataset=_(sources()[plane.source].label))
    return spec_of(plane, outline(dataset_of(plane)), name, min(EPOCHS, settings().max_epochs))


def fitting(plane: Plane, source: str) -> Plane:
    """``plane`` with the points of ``source``, at the noise and the number that are usual for them."""
    return normal(replace(plane, source=source, options=Plane().options))


def problem(plane: Plane) -> str:
    """Why nothing can be trained; empty where it can."""
    try:
        spec(plane)
    except DataError as error:
        return str(error)
    return ""


def _own(parts: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in parts.items() if name in _names()}


def _names() -> frozenset[str]:
    return PARTS | {param.name for source in sources() if source != "points" for param in numbers_of(source)}


def _is_left(parts: Mapping[str, str]) -> bool:
    now, text = time.monotonic(), _text(parts)
    known: list[Any] = draft.get(_LEFT, [])
    return any(left == text and until > now for left, until in known)


def _text(parts: Mapping[str, str]) -> str:
    return json.dumps(parts, sort_keys=True)
