"""Parquet files: nested and dated columns become text, and what a file says of itself decides nothing."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from playground.data import DataError
from playground.data.uploads.parquet_file import read_parquet


def test_columns_of_every_kind_become_numbers_truth_values_or_text(server_settings, tmp_path: Path):
    path = tmp_path / "table"
    columns = {
        "size": [1.5, None, 2.5],
        "day": pd.to_datetime(["2020-01-01", "2020-01-02", None]),
        "list": [[1, 2], [3], []],
        "kind": pa.array(["a", "b", "a"]).dictionary_encode(),
        "open": [True, False, True],
    }
    pq.write_table(pa.table(columns).replace_schema_metadata({"pandas": "no JSON {"}), path)
    frame = read_parquet(path, server_settings)
    assert [str(dtype) for dtype in frame.dtypes] == ["float64", "str", "str", "str", "bool"]
    assert frame["kind"].tolist() == ["a", "b", "a"]
    assert frame["day"].isna().tolist() == [False, False, True]


def test_too_many_pieces_rows_or_columns_are_refused(server_settings, tmp_path: Path):
    path = tmp_path / "table"
    table = pa.table({"a": range(10_001), "b": range(10_001)})
    pq.write_table(table, path, row_group_size=1)
    with pytest.raises(DataError, match="10,001 row groups"):
        read_parquet(path, server_settings)
    pq.write_table(table, path)
    for name in ("max_samples", "max_columns"):
        with pytest.raises(DataError, match=f"PLAYGROUND_{name.upper()}"):
            read_parquet(path, server_settings.model_copy(update={name: 1}))


def test_little_on_disk_that_is_much_in_memory_is_refused(server_settings, tmp_path: Path):
    path = tmp_path / "table"
    pq.write_table(pa.table({"a": ["x" * 1_000] * 50_000, "b": [0] * 50_000}), path)
    assert path.stat().st_size < 100_000
    with pytest.raises(DataError, match="PLAYGROUND_MAX_TABLE_MB"):
        read_parquet(path, server_settings.model_copy(update={"max_table_mb": 1}))
