"""What ``run`` prints of a run that has ended."""

from typing import Any

from rich.console import Console

from playground.runs import Run


def summed_up(run: Run, asked_at: float, host_start_s: float) -> dict[str, Any]:
    """What ``run --json`` prints of an ended run; seconds from ``asked_at``, when the request reached a ready host."""
    metrics = {
        name: {"last": metric.last, "best": metric.best, "best_epoch": metric.best_epoch}
        for name, metric in run.metrics.items()
    }
    return {
        "id": run.id,
        "state": run.state,
        "parameters": run.parameters,
        "epochs": run.epoch,
        "steps": run.step,
        "seconds": run.seconds,
        "host_start_s": host_start_s,
        "first_point_s": None if run.first_point_at is None else run.first_point_at - asked_at,
        "steps_per_s": run.steps_per_s,
        "device": run.device,
        "metrics": metrics,
        "test": dict(run.test),
        "baseline": dict(run.baseline),
        "error": run.error,
    }


def tell(run: Run) -> None:
    """Print an ended run for people: how it ended, its metrics, its test beside a baseline."""
    console = Console()
    if run.error:
        Console(stderr=True).print(f"{run.state.capitalize()}: {run.error}", markup=False, highlight=False)
        return
    console.print(f"{run.state.capitalize()} after {run.epoch} epochs in {run.seconds:.1f} s on {run.device}.")
    for name, metric in run.metrics.items():
        best = f"   best {metric.best:.4f} in epoch {metric.best_epoch}" if metric.best_epoch else ""
        console.print(f"  {name:<24}{metric.last:.4f}{best}", highlight=False)
    for name, value in run.test.items():
        beside = f"   baseline {run.baseline[name]:.4f}" if name in run.baseline else ""
        console.print(f"  test {name:<19}{value:.4f}{beside}", highlight=False)
    console.print(f"Run {run.id}", highlight=False)
