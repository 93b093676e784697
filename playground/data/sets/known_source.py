"""What is known of a dataset's source, own files included, without touching any data."""

from playground.data.options import chosen
from playground.data.sets.column_target import of_column
from playground.data.source import Source
from playground.data.sources import OWN_SOURCES, SOURCES
from playground.settings import Settings, settings
from playground.specs import DatasetSpec


def is_known(name: str | None) -> bool:
    """Whether there is a source called ``name``."""
    return name in SOURCES or name in OWN_SOURCES


def file_of(dataset: DatasetSpec) -> str:
    """The SHA-256 of the file that somebody brought for ``dataset``; empty where it needs none."""
    file = dataset.options.get("file") if dataset.source in OWN_SOURCES else None
    return file if isinstance(file, str) else ""


def known_source(dataset: DatasetSpec, limits: Settings | None = None) -> Source:
    """The source of ``dataset`` with its options; ``limits`` say where files are kept, this process's without.

    Raises:
        DataError: an option does not fit, or its file is not here.
    """
    options = chosen("datasets", dataset.source, dataset.options)
    source = (SOURCES | OWN_SOURCES)[dataset.source].given(options)
    if source.described is not None:
        return source.described(dataset, options, limits or settings())
    return of_column(dataset.source, source, dataset.target)
