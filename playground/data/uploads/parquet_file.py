"""Reads a Parquet file that somebody brought, piece by piece: what it says of its size may be wrong."""

from pathlib import Path
from typing import TYPE_CHECKING

from playground.data.errors import DataError
from playground.data.uploads.dialect import unique
from playground.data.uploads.table_limits import limit_columns, limit_rows, limit_size
from playground.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

_MOST_GROUPS = 10_000
_MOST_UNPACKED = 10
_PIECE = 16_384


def read_parquet(path: Path, settings: Settings) -> "pd.DataFrame":
    """The table in the Parquet file at ``path``; lists, structures, dates and decimals become text.

    Raises:
        DataError: it is too large or damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    limit_size(path.stat().st_size, settings)
    try:
        with pq.ParquetFile(path) as file:
            known = file.metadata
            limit_rows(known.num_rows, settings)
            limit_columns(max(known.num_columns, len(file.schema_arrow)), settings)
            if known.num_row_groups > _MOST_GROUPS:
                raise DataError(
                    f"The Parquet file has {known.num_row_groups:,} row groups: expected at most {_MOST_GROUPS:,}. "
                    "Save it anew with larger ones."
                )
            limit_size(sum(known.row_group(at).total_byte_size for at in range(known.num_row_groups)), settings)
            pieces, size, n = [], 0, 0
            for piece in file.iter_batches(_PIECE):
                pieces.append(piece)
                size, n = size + piece.nbytes, n + len(piece)
                limit_rows(n, settings)
                limit_size(size // _MOST_UNPACKED, settings)  # in memory it may be larger than on disk
            # What pandas wrote about itself into the file decides nothing, and may be no JSON.
            table = pa.Table.from_batches(pieces, file.schema_arrow).replace_schema_metadata()
            frame: pd.DataFrame = table.to_pandas()
    except (pa.ArrowException, OSError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"The Parquet file cannot be read ({words}). Save it anew.") from error
    frame.columns = list(unique([str(each) for each in frame.columns]))
    for name in frame.columns:
        if not _is_plain(frame[name]):
            frame[name] = frame[name].astype("object").map(str, na_action="ignore").astype("str")
    return frame


def _is_plain(column: "pd.Series") -> bool:
    """Whether a column holds numbers, truth values or text."""
    import numpy as np

    is_numpy = isinstance(column.dtype, np.dtype)
    return column.dtype.kind in "biuf" if is_numpy else column.dtype == "str"
