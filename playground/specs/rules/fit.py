"""Layers against the shape that reaches them, as Keras computed it."""

from collections.abc import Sequence

from playground import catalog
from playground.settings import Settings
from playground.specs.facts import Facts
from playground.specs.rules.backbones import grey_for_colour, images_too_small
from playground.specs.rules.mend import inserted, moved_to, projected, replaced, without
from playground.specs.rules.problem import Problem
from playground.specs.rules.windows import window
from playground.specs.rules.wiring import SHAPELESS, Wired, Wiring
from playground.specs.run_spec import RunSpec, StepSpec
from playground.specs.shapes import Shape, Shapes

_RANK_WORDS = {1: "one row of numbers a sample", 2: "a sequence", 3: "an image with channels"}


def does_not_fit(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """A layer that Keras refuses for what it receives."""
    if not shapes.error:
        return ()
    wired = Wiring(spec).named(shapes.wrong_layer or "")
    if wired is None:
        return (Problem("does-not-fit", "model.layers", shapes.error, True),)
    at, entry, place = wired.number, wired.entry, wired.place
    received = received_shape(spec, at, facts, shapes)
    if reads_too_few(spec, facts, shapes, settings) or shrunk_to_nothing(spec, facts, shapes, settings):
        return ()
    if unlike_shapes(spec, facts, shapes, settings):
        return ()
    if any(
        each.place == place
        for rule in (images_too_small, grey_for_colour)
        for each in rule(spec, facts, shapes, settings)
    ):
        return ()
    if received is not None and entry is not None and entry.ranks and len(received) not in entry.ranks:
        fix, remedy = _reranked(spec, at, received, entry, facts, shapes)
        channels = " or ".join(map(str, entry.channels))
        wanted = f"images with {channels} channels" if channels else rank_words(entry.ranks)
        reason = f"{place}: {entry.id} expects {wanted}, received {spelled_shape(received)}; {remedy}"
        return (Problem("does-not-fit", place, reason, True, fix),)
    return (Problem("does-not-fit", place, shapes.error, True, _padded(spec, wired) or without(spec, at)),)


def reads_too_few(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """A layer that joins several, and reads only one."""
    wired = Wiring(spec).named(shapes.wrong_layer or "")
    if wired is None or wired.entry is None or len(wired.reads) >= wired.entry.reading.least:
        return ()
    wanted = wired.entry.reading.in_words()
    reason = f"{wired.place}: {wired.entry.id} expects {wanted} to read, received {len(wired.reads)}; "
    joined = _joined(spec, wired, facts, shapes)
    remedy = "join it with an earlier layer of the same shape" if joined else "choose them, or leave it out"
    return (Problem("reads-too-few", wired.place, reason + remedy, True, joined or without(spec, wired.number)),)


def shrunk_to_nothing(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """A window that is larger than the image or sequence that has become of the input."""
    wired = Wiring(spec).named(shapes.wrong_layer or "")
    received = received_shape(spec, wired.number, facts, shapes) if wired is not None else None
    reach = window(wired) if wired is not None else ()
    if wired is None or received is None or len(received) != len(reach) + 1 or wired.value("padding") != "valid":
        return ()
    if all(size is None or one <= size for one, size in zip(reach, received, strict=False)):
        return ()
    reason = (
        f"{wired.place}: expected at least {spelled_shape(reach)} for its window, received "
        f"{spelled_shape(received[:-1])}; nothing is left of it"
    )
    fix = _padded(spec, wired) or without(spec, wired.number)
    return (Problem("shrunk-to-nothing", wired.place, reason, True, fix),)


def unlike_shapes(spec: RunSpec, facts: Facts, shapes: Shapes, settings: Settings | None) -> Sequence[Problem]:
    """A layer that joins layers of different shapes."""
    wired = Wiring(spec).named(shapes.wrong_layer or "")
    if wired is None or wired.group != "Merge" or len(wired.reads) < 2:
        return ()
    read = [(name, facts.input_shape if name == "input" else shapes.output(name)) for name in wired.reads]
    known = [(name, shape) for name, shape in read if shape is not None]
    if len(known) < len(read) or len({shape for _name, shape in known}) < 2:
        return ()
    listed = " and ".join(f"{spelled_shape(shape)} ({name})" for name, shape in known)
    reason = f"{wired.place}: {wired.layer.kind} expects shapes that go together, received {listed}"
    fix, remedy = _projected(spec, wired, known)
    return (Problem("unlike-shapes", wired.place, f"{reason}; {remedy}", True, fix),)


def received_shape(spec: RunSpec, at: int, facts: Facts, shapes: Shapes) -> Shape | None:
    """The shape that the layer at ``at`` reads; ``None`` where it reads several or it is not known."""
    layer = spec.model.layers[at]
    if len(layer.inputs) > 1:
        return None
    name = layer.inputs[0] if layer.inputs else spec.model.layers[at - 1].name if at else "input"
    return facts.input_shape if name == "input" else shapes.output(name)


def spelled_shape(shape: Shape) -> str:
    """``8 × 8 × 32``; ``?`` where a size varies; ``1`` for a scalar."""
    return " × ".join("?" if size is None else f"{size:,}" for size in shape) if shape else "1"


def rank_words(ranks: Sequence[int]) -> str:
    """What a layer for inputs of ``ranks`` reads: "a sequence or an image with channels"."""
    return " or ".join(_RANK_WORDS.get(rank, f"{rank} axes") for rank in ranks)


def _reranked(
    spec: RunSpec, at: int, received: Shape, entry: catalog.Entry, facts: Facts, shapes: Shapes
) -> tuple[RunSpec, str]:
    """A fix that brings the layer at ``at``, an ``entry``, an input of a rank that it takes, and its words."""
    ranks = entry.ranks
    takes_grey = not entry.channels or 1 in entry.channels
    if len(received) == 2 and not takes_grey:
        return without(spec, at), "leave it out"
    if max(ranks) < len(received):
        if ranks == (1,):
            return inserted(spec, at, "Flatten"), "put Flatten before it"
        sequence = [-1, *received[len(received) - max(ranks) + 1 :]]
        return inserted(spec, at, "Reshape", target_shape=sequence), "put Reshape before it"
    flat = next((n for n, layer in enumerate(spec.model.layers[:at]) if layer.kind == "Flatten"), None)
    if flat is not None and not spec.model.layers[at].inputs:
        there = received_shape(spec, flat, facts, shapes)
        if there is not None and len(there) in ranks:
            return moved_to(spec, at, flat), "move it before Flatten"
        if there is not None and 3 in ranks and takes_grey and len(there) == 2 and _is_untouched(spec, flat):
            return _channelled(moved_to(spec, at, flat)), "move it before Flatten, and give the images a channel axis"
    if 3 in ranks and len(received) == 2 and _is_untouched(spec, at):
        return _channelled(spec), "give the images a channel axis"
    if 3 in ranks and len(received) == 2 and None not in received:
        return inserted(spec, at, "Reshape", target_shape=[*received, 1]), "put Reshape before it, for a channel axis"
    if 2 in ranks and len(received) == 1:
        return inserted(spec, at, "Reshape", target_shape=[-1, 1]), "put Reshape before it, for a sequence of numbers"
    return without(spec, at), "leave it out"


def _is_untouched(spec: RunSpec, at: int) -> bool:
    """Whether nothing before ``at`` changed the shape of the images, so that the data can bring the missing axis."""
    entries = [catalog.entry("layers", layer.kind) for layer in spec.model.layers[:at]]
    return all(entry is not None and entry.group in SHAPELESS for entry in entries) and not any(
        step.kind == "add_channel" for step in spec.dataset.steps
    )


def _channelled(spec: RunSpec) -> RunSpec:
    steps = (*spec.dataset.steps, StepSpec(kind="add_channel"))
    return spec.model_copy(update={"dataset": spec.dataset.model_copy(update={"steps": steps})})


def _joined(spec: RunSpec, wired: Wired, facts: Facts, shapes: Shapes) -> RunSpec | None:
    """``wired`` reading also the nearest earlier layer of the shape that it reads; ``None`` without one."""
    before = ["input", *(layer.name for layer in spec.model.layers[: wired.number])]
    name = wired.reads[0]
    shape = facts.input_shape if name == "input" else shapes.output(name)
    for other in reversed(before):
        if other != name and (facts.input_shape if other == "input" else shapes.output(other)) == shape:
            return replaced(spec, wired.number, wired.layer.model_copy(update={"inputs": (other, name)}))
    return None


def _projected(spec: RunSpec, wired: Wired, read: Sequence[tuple[str, Shape]]) -> tuple[RunSpec, str]:
    """A fix that brings the first of two layers into the shape of the second, as in ResNet, and its words.

    He et al. 2015, section 3.3, https://arxiv.org/abs/1512.03385.
    """
    (name, shape), (_other, wanted) = read[0], read[-1]
    is_pair = len(read) == 2 and len(shape) == len(wanted) and None not in (*shape, *wanted)
    if is_pair and len(shape) == 1:
        return (
            projected(spec, wired.number, wired.reads, name, "Dense", units=wanted[0]),
            f"put a Dense layer of {wanted[0]:,} units after {name}",
        )
    if is_pair and len(shape) in (2, 3):
        ratios = {(one or 0) / (two or 1) for one, two in zip(shape[:-1], wanted[:-1], strict=True)}
        ratio = ratios.pop()
        if not ratios and ratio >= 1 and ratio.is_integer():
            kind, args = f"Conv{len(shape) - 1}D", {"filters": wanted[-1], "kernel_size": 1}
            if ratio > 1:
                args["strides"] = int(ratio)
            fix = projected(spec, wired.number, wired.reads, name, kind, **args)
            return fix, f"put a {kind} with a window of 1 after {name}, so that it gives {spelled_shape(wanted)}"
    return without(spec, wired.number), "make them the same, or leave it out"


def _padded(spec: RunSpec, wired: Wired) -> RunSpec | None:
    """``wired`` with a border around what it reads; ``None`` where it cannot have one, or has one."""
    padding = wired.entry.param("padding") if wired.entry is not None else None
    if padding is None or "same" not in padding.choices or wired.value("padding") == "same":
        return None
    changed = wired.layer.model_copy(update={"args": wired.layer.args.replace(padding="same")})
    return replaced(spec, wired.number, changed)
