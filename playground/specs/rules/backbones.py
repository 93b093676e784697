"""Images that reach a pretrained network, or a layer for colours."""

from collections.abc import Iterator

from playground import catalog
from playground.settings import Settings
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.rules.mend import inserted
from playground.specs.rules.problem import Problem
from playground.specs.rules.wiring import INPUT, Wired, Wiring
from playground.specs.run_spec import RunSpec
from playground.specs.shapes import Shape, Shapes

_KEEPS_VALUES = frozenset({"Shape", "Regularisation", "Merge"})
_PIXEL = 255.0
_DIM = 10.0  # images with no value above this have been scaled


def images_too_small(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Iterator[Problem]:
    """Images with fewer pixels than a pretrained network takes."""
    for wired, about, received in _networks(spec, facts, shapes):
        sides = received[:2]
        if len(received) != 3 or all(side is None or side >= about.least_side for side in sides):
            continue
        least = about.least_side
        reason = (
            f"{wired.place}: {about.entry.id} expects images of at least {least} × {least}, received "
            f"{' × '.join(map(str, sides))}; enlarge them first"
        )
        fix = inserted(spec, wired.number, "Resizing", height=least, width=least)
        yield Problem("images-too-small", wired.place, reason, True, fix)


def grey_for_colour(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Iterator[Problem]:
    """Images of one channel before a layer that takes three."""
    for wired in Wiring(spec):
        received = _received(wired, facts, shapes)
        if wired.entry is None or wired.entry.channels != (3,) or received is None or len(received) not in (2, 3):
            continue
        if received[-1] != 1 and not (len(received) == 2 and wired.layer.kind in catalog.BACKBONES):
            continue
        reason = (
            f"{wired.place}: {wired.entry.id} expects images with three channels, received "
            f"{'grey ones' if received[-1] == 1 else 'grey ones without an axis of channels'}; repeat the grey as red, "
            "green and blue"
        )
        yield Problem("grey-for-colour", wired.place, reason, True, _coloured(spec, wired, received))


def scaled_pixels(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Scaled images before a pretrained network, which scales pixels from 0 to 255 itself."""
    if facts is None or facts.largest is None or not 0 < facts.largest <= _DIM:
        return
    wiring = Wiring(spec)
    for wired in wiring:
        if wired.layer.kind not in catalog.BACKBONES or not _reads_input(wiring, wired):
            continue
        reason = (
            f"{wired.place}: {wired.layer.kind} expects pixels from 0 to 255, which it scales by itself, received "
            f"values of up to {facts.largest:,.4g}; scale them back"
        )
        fix = inserted(spec, wired.number, "Rescaling", scale=_PIXEL / facts.largest)
        yield Problem("scaled-pixels", wired.place, reason, False, fix)


def frozen_at_random(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """A network with random weights that never train."""
    for wired in Wiring(spec):
        if wired.layer.kind not in catalog.BACKBONES or spec.model.weights is not None:
            continue
        if wired.value("weights") is not None or wired.value("trainable"):
            continue
        place = f"{wired.place}.trainable"
        reason = f"{place}: expected pretrained weights in a frozen network, received random ones, which say nothing"
        yield Problem("frozen-at-random", place, reason, False, with_value(spec, wired.path("weights"), "imagenet"))


def weights_elsewhere(spec: RunSpec, facts: Facts | None, settings: Settings | None) -> Iterator[Problem]:
    """Published weights that are not on this server yet."""
    if settings is None or spec.model.weights is not None:
        return
    for wired in Wiring(spec):
        about = catalog.BACKBONES.get(wired.layer.kind)
        file = about.file(wired.layer.args) if about is not None else None
        folder = settings.datasets_dir / (file.folder if file else "")
        if file is None or (folder / file.name).exists():
            continue
        place = f"{wired.place}.weights"
        reason = (
            f"{place}: expected {file.name} ({file.megabytes:,.1f} MB) in {folder}; it is downloaded "
            "before training starts, or can be put there by hand"
        )
        yield Problem("weights-elsewhere", place, reason, False)


def _networks(spec: RunSpec, facts: Facts, shapes: Shapes) -> Iterator[tuple[Wired, catalog.Backbone, Shape]]:
    for wired in Wiring(spec):
        about = catalog.BACKBONES.get(wired.layer.kind)
        received = _received(wired, facts, shapes)
        if about is not None and received is not None:
            yield wired, about, received


def _received(wired: Wired, facts: Facts, shapes: Shapes) -> Shape | None:
    return facts.input_shape if wired.reads[0] == INPUT else shapes.output(wired.reads[0])


def _coloured(spec: RunSpec, wired: Wired, received: Shape) -> RunSpec:
    """``spec`` with the grey channel three times before ``wired``, which gets an axis of channels first."""
    if len(received) == 2:
        with_axis = inserted(spec, wired.number, "Reshape", target_shape=[*(size or -1 for size in received), 1])
        return _tripled(with_axis, wired.number + 1, with_axis.model.layers[wired.number].name)
    return _tripled(spec, wired.number, wired.reads[0])


def _tripled(spec: RunSpec, at: int, reads: str) -> RunSpec:
    made = inserted(spec, at, "Concatenate")
    return with_value(made, f"model.layers.{at}.inputs", [reads] * 3)


def _reads_input(wiring: Wiring, wired: Wired) -> bool:
    """Whether what ``wired`` reads are the inputs, in another shape perhaps."""
    names = {INPUT}
    for each in wiring:
        if each is wired:
            return set(wired.reads) <= names
        resizes = each.entry is not None and each.entry.id in ("Resizing", "CenterCrop")
        if (each.group in _KEEPS_VALUES or resizes or each.group == "Augmentation") and set(each.reads) <= names:
            names.add(each.layer.name)
    return False
