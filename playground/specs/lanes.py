"""How deep inside branches each layer of a model lies, for lists that show a graph by indenting."""

from playground.specs.rows import INPUT
from playground.specs.rules.wiring import Wired, Wiring
from playground.specs.run_spec import RunSpec

Path = tuple[tuple[str, str], ...]


def lanes(spec: RunSpec) -> dict[str, int]:
    """By layer name, inside how many open branches it lies: 0 on the main way, 1 in a branch, 2 in a branch of that.

    Branches begin where two or more layers read the same and each goes its own way, and end where they are joined. A
    skip connection alone is no branch: nothing lies on it.
    """
    wiring = Wiring(spec)
    ways: dict[str, list[str]] = {}  # who goes on from a layer by itself, without joining it to anything
    for wired in wiring:
        if len(wired.reads) == 1:
            ways.setdefault(wired.reads[0], []).append(wired.layer.name)
    paths: dict[str, Path] = {INPUT: ()}
    for wired in wiring:
        paths.setdefault(wired.layer.name, _path(wired, paths, ways))
    return {name: len(path) for name, path in paths.items() if name != INPUT}


def _path(wired: Wired, paths: dict[str, Path], ways: dict[str, list[str]]) -> Path:
    """The forks that ``wired`` has taken on its way from the input, each with the way taken there."""
    sources = [paths.get(name, ()) for name in wired.reads]
    if len(sources) == 1:
        fork = wired.reads[0]
        return (*sources[0], (fork, wired.layer.name)) if len(ways.get(fork, ())) > 1 else sources[0]
    shared: Path = ()
    for steps in zip(*sources, strict=False):
        if len(set(steps)) > 1:
            break
        shared = (*shared, steps[0])
    return shared
