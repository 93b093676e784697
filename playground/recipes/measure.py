"""``python -m playground.recipes.measure NAME ... [--seeds 1,2,3,4,5]`` runs recipes and keeps their figures.

Each run is one of the command line's, in a process of its own; what it prints goes into ``measured.json``, in the place
of what was there of the same recipe, run and seed. With ``--set`` a run is shortened, and says so for ever after.
"""

import argparse
import datetime
import fcntl
import importlib.metadata
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playground.recipes.figures import MEASURED, OWN
from playground.recipes.recipe import Recipe, recipe
from playground.specs import RunSpec
from playground.specs.edit import parse, with_value
from playground.specs.folds import members

_DIGITS = 6
_VERSIONS = ("keras", "tensorflow", "numpy", "scikit-learn")


def runs(of: Recipe) -> list[tuple[str, RunSpec]]:
    """What each run of the recipe is called, and its spec: its own and its variants, or every fold."""
    if of.all_folds:
        return list(members(of.spec))
    return [(OWN, of.spec), *((variant.label, variant.of(of.spec)) for variant in of.variants)]


def measured(label: str, spec: RunSpec, name: str, seed: int, changes: Sequence[str], note: str) -> dict[str, Any]:
    """The figures of one run, as ``run --json`` prints them, and what they were measured on.

    Raises:
        RuntimeError: it did not finish.
    """
    spec = with_value(spec, "seed", seed)
    for change in changes:
        spec = with_value(spec, *parse(change))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.json"
        path.write_text(spec.to_json(), "utf-8")
        command = [sys.executable, "-m", "playground", "run", str(path), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}, {label or 'its own run'}, seed {seed}: {done.stdout[-300:]}{done.stderr[-500:]}")
    result = json.loads(done.stdout)
    again = ["python", "-m", "playground.recipes.measure", name, "--seeds", str(seed)]
    again += [word for change in changes for word in ("--set", change)]
    return {
        "seed": seed,
        "digest": spec.digest,
        "command": shlex.join(again),
        "changes": list(changes),
        "is_whole": not changes,
        "note": note,
        "metrics": {
            metric: {"last": _rounded(found["last"]), "best": _rounded(found["best"])}
            for metric, found in result["metrics"].items()
        },
        **{part: {metric: _rounded(value) for metric, value in result[part].items()} for part in ("test", "baseline")},
        "seconds": _rounded(result["seconds"]),
        **{field: result[field] for field in ("epochs", "steps", "parameters", "device")},
        "machine": _machine(result["device"]),
        "versions": {"python": platform.python_version()}
        | {package: importlib.metadata.version(package) for package in _VERSIONS},
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }


def keep(name: str, label: str, entry: dict[str, Any]) -> None:
    """Write one entry into the file, which another process that measures may write too."""
    folder = os.open(MEASURED.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        kept = json.loads(MEASURED.read_text("utf-8")) if MEASURED.exists() else {}
        entries = kept.setdefault(name, {}).setdefault(label, [])
        others = [each for each in entries if each["seed"] != entry["seed"]]
        entries[:] = sorted([*others, entry], key=lambda each: each["seed"])
        written = MEASURED.with_suffix(".json.part")
        written.write_text(json.dumps(dict(sorted(kept.items())), indent=1, ensure_ascii=False) + "\n", "utf-8")
        written.replace(MEASURED)
    finally:
        os.close(folder)


def _rounded(value: float | None) -> float | None:
    return value if value is None else float(f"{value:.{_DIGITS}g}")


def _machine(device: str) -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} CPU cores" if device.upper().startswith("CPU") else device


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line names; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m playground.recipes.measure", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", metavar="NAME", help="a recipe")
    parser.add_argument("--seeds", default="1,2,3,4,5", help="whole numbers, parted by commas")
    parser.add_argument("--set", action="append", default=[], dest="changes", metavar="PATH=VALUE")
    parser.add_argument("--run", dest="only", metavar="LABEL", help="measure only the run that is called so")
    parser.add_argument("--note", default="", help="a sentence on the data that it was measured on")
    given = parser.parse_args(arguments)
    for name in given.names:
        for label, spec in runs(recipe(name)):
            for seed in map(int, given.seeds.split(",")) if given.only in (None, label) else ():
                try:
                    entry = measured(label, spec, name, seed, given.changes, given.note)
                except RuntimeError as error:
                    print(error, file=sys.stderr)
                    return 1
                keep(name, label, entry)
                print(name, label, seed, entry["test"] or entry["metrics"], f"{entry['seconds']:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
