"""What a run is doing, in one line."""

import math

from playground.data import DataError, outline
from playground.locale.text import _, ngettext
from playground.runs import Run
from playground.specs import RunSpec
from playground.ui import run_words
from playground.ui.reader import View
from playground.ui.shell import plain

_SEP = " &ensp;·&ensp; "


def words(view: View) -> str:
    """What the run is doing, as Markdown in one line."""
    run = view.run
    match run.state:
        case "queued":
            parts = _queued(view)
        case "running":
            parts = _running(run)
        case "paused":
            parts = _paused(run)
        case "finished":
            parts = _finished(run)
        case "stopped":
            parts = _stopped(run)
        case "failed":
            parts = [_("**Failed**{where}").format(where=f" {place}" if (place := where(run, run.step)) else "")]
        case "lost":
            parts = [
                _("**No sign of life**{where}").format(where=f" {place}" if (place := where(run, run.step)) else "")
            ]
    return _SEP.join(parts)


def plan(spec: RunSpec) -> str:
    """What a run of ``spec`` would do, as Markdown in one line: ``20 epochs of 40 batches``."""
    n = spec.training.epochs
    epochs = ngettext("**{n} epoch**", "**{n} epochs**", n).format(n=f"{n:,}")
    try:
        rows = outline(spec.dataset).n_train
    except DataError:
        rows = None
    if not rows:
        return epochs
    batches = math.ceil(rows / spec.training.batch_size)
    said = ngettext("{epochs} of {n} batch", "{epochs} of {n} batches", batches)
    return said.format(epochs=epochs, n=f"{batches:,}")


def where(run: Run, step: int) -> str:
    """Where in the training of ``run`` its ``step``, from 1, lies: ``in epoch 2, batch 14``; empty before the first."""
    if not step:
        return ""
    epoch, batch = _at(run, step)
    if batch is None:
        return _("in epoch {epoch}").format(epoch=epoch)
    return _("in epoch {epoch}, batch {batch}").format(epoch=epoch, batch=f"{batch:,}")


def _at(run: Run, step: int) -> tuple[int, int | None]:
    """The epoch of ``step`` and the batch in it, all from 1."""
    if not run.steps_per_epoch:
        return max(1, min(run.epoch + 1, run.epochs)), None
    epoch, batch, _steps = run.epoch_of(step)
    return epoch + 1, batch


def _queued(view: View) -> list[str]:
    place = view.place
    if place is None:
        return [_("**Starting**")]
    if place.preparing:
        return [f"**{plain(_(place.preparing))}**"]
    if place.position == 1 and not place.holders:
        return [_("**Starting**")]
    nth = run_words.ordinal(place.position)
    parts = [_("**Next in line**") if place.position == 1 else _("**{nth} in line**").format(nth=nth)]
    if place.waiting_s is not None:
        parts.append(run_words.duration(place.waiting_s))
    if place.holders:
        names = ", ".join(f"*{plain(name)}*" for name in place.holders[:3])
        more = len(place.holders) - 3
        if more > 0:
            names = _("{names} and {n} more").format(names=names, n=more)
        parts.append(_("waiting for {names}").format(names=names))
    return parts


def _running(run: Run) -> list[str]:
    busy = {
        "preparing": _("**Preparing the data**"),
        "building": _("**Building the model**"),
        "testing": _("**Measuring on the test part**"),
    }
    if run.phase != "training":
        return [busy.get(run.phase or "", _("**Starting**"))]
    epoch = min(run.epoch + 1, run.epochs)
    parts = [_("**Epoch {epoch}** of {epochs}").format(epoch=f"{epoch:,}", epochs=f"{run.epochs:,}")]
    if run.until_epoch is not None:
        parts.append(_("then it pauses"))
    elif run.left_s is not None:
        parts.append(_("{duration} left").format(duration=run_words.duration(run.left_s)))
    return parts


def _paused(run: Run) -> list[str]:
    if not run.steps_per_epoch or not run.step:
        return [_("**Paused** before the first batch")]
    epoch, batch = _at(run, run.step)
    return [
        _("**Epoch {epoch}** of {epochs}").format(epoch=f"{epoch:,}", epochs=f"{run.epochs:,}"),
        _("after batch {batch} of {batches}").format(batch=f"{batch:,}", batches=f"{run.steps_per_epoch:,}"),
    ]


def _finished(run: Run) -> list[str]:
    epochs = ngettext("**{n} epoch** in {time}", "**{n} epochs** in {time}", run.epoch)
    parts = [epochs.format(n=f"{run.epoch:,}", time=run_words.exact(run.seconds))]
    name = main_metric(run)
    if name is not None:
        best = run.metrics[name]
        parts.append(
            _("{metric} **{value}**, best {best} in epoch {epoch}").format(
                metric=run_words.metric(name),
                value=run_words.value(best.last),
                best=run_words.value(best.best),
                epoch=best.best_epoch,
            )
        )
    return parts


def _stopped(run: Run) -> list[str]:
    if not run.step:
        return [_("**Cancelled** before it started")]
    return [_("**Stopped** {where}").format(where=where(run, run.step)), _("everything up to there is kept")]


def main_metric(run: Run) -> str | None:
    """The History name of the value that says most about a run: its first validation metric, else validation loss."""
    names = [name for name in run.metrics if name.startswith("val_")]
    names = [name for name in names if name != "val_loss"] or names or [name for name in run.metrics if name != "loss"]
    names = [name for name in names if run.metrics[name].best_epoch is not None]
    return names[0] if names else None
