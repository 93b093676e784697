"""The columns of a table on disk: a Parquet file, of which any columns can be read alone."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def write_columns(frame: "pd.DataFrame", path: Path) -> None:
    """Write ``frame`` to ``path`` without its index. Fractions are written as they are: packing them gains no space."""
    packed = [name for name in frame.columns if frame[name].dtype.kind != "f"]
    compression = {name: "snappy" if name in packed else "none" for name in frame.columns}
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table, path, use_dictionary=packed or False, compression=compression, write_statistics=False)


def read_columns(path: Path, names: list[str] | None) -> "pd.DataFrame":
    """The columns called ``names``, or all of them; each is an array of its own, as all arithmetic here goes by column.

    Raises:
        OSError, pyarrow.ArrowException: there is no such file, or it is damaged.
        KeyError: it has no such column.
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=True) as file:  # pd.read_parquet reads in pieces and joins them
        table = file.read(names)
    if names is not None:
        table = table.select(names)  # of a column "a", "a.b" was read too
    frame: pd.DataFrame = table.to_pandas(split_blocks=True, self_destruct=True)
    return frame
