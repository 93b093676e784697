"""The benchmarks by name."""

import functools
from collections.abc import Callable

from playground.bench import (
    asking,
    draw,
    edit,
    engine,
    evaluate,
    lab,
    look,
    memory,
    page,
    paths,
    plane,
    plane_browser,
    prepare,
    probe_cost,
    programs,
    race,
    run_memory,
    scale,
    speed,
    viewers,
    watch,
)
from playground.bench.result import Result

BENCHES: dict[str, Callable[[], Result]] = {
    "page-start": page.page_start,
    "page-memory": page.page_memory,
    "edit": edit.edit,
    "first-point": engine.first_point,
    "stop": asking.stop,
    "pause": asking.pause,
    "viewers": viewers.viewers,
    "table-prepare": prepare.table_prepare,
    "look": look.look,
    "lab-slider": lab.lab_slider,
    "draw": draw.draw,
    "evaluate": evaluate.evaluate,
    "race": race.race,
    "race-first": race.race_first,
    "paths": paths.paths,
    "paths-first": paths.paths_first,
    "memory-estimate": memory.memory_estimate,
    "run-memory": run_memory.run_memory,
    "run-growth": run_memory.run_growth,
    "programs": programs.programs,
    "scale": scale.scale,
    "watch-cost": watch.watch_cost,
    "probe-cost": probe_cost.probe_cost,
    **plane.PLANES,
    "playground-browser": plane_browser.plane_browser,
    **{name: functools.partial(speed.speed, name) for name in speed.CASES},
}
