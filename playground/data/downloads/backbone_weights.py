"""The published weights of pretrained layers: which a model needs, and whether they are here."""

from collections.abc import Iterator

from playground import catalog
from playground.data.downloads.published import Published, fetched
from playground.data.source import Progress
from playground.settings import Settings
from playground.specs import LayerSpec, ModelSpec

_MOST = 2  # times the size of its numbers, which a file may have


def pretrained(model: ModelSpec) -> Iterator[tuple[LayerSpec, Published]]:
    """The layers of ``model`` that start from published weights, each with the file.

    None where the whole model starts from kept ones.
    """
    for layer in model.layers if model.weights is None else ():
        about = catalog.BACKBONES.get(layer.kind)
        file = about.file(layer.args) if about is not None else None
        if file is not None:
            title = f"The weights of {layer.kind} ({file.megabytes:,.1f} MB)"
            most = int(_MOST * 1e6 * file.megabytes)
            yield layer, Published(title, file.url, file.checksum, most, file.name, file.folder)


def missing(model: ModelSpec, settings: Settings) -> list[Published]:
    """Those files that are not here yet, each once."""
    found = {file.name: file for _layer, file in pretrained(model) if not file.path(settings).exists()}
    return list(found.values())


def fetch(model: ModelSpec, settings: Settings, progress: Progress) -> None:
    """Download the files that are not here yet.

    Raises:
        OfflineError: one cannot be downloaded; the message says which ones to put where.
        DataError: one cannot be written.
    """
    fetched(missing(model, settings), settings, progress)


def remedy(file: Published, settings: Settings) -> str:
    """What to do where it is not here, in a sentence or two."""
    return f"Run it again to download it, or put {file.url} into {file.path(settings).parent}."
