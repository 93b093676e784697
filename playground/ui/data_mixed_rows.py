"""The rows of a public table of different types as they come: words as words, gaps as gaps."""

import numpy as np
import pandas as pd
import streamlit as st

from playground.data import DataError
from playground.data.options import chosen
from playground.data.prepared import stamp_of
from playground.data.sets.known_source import file_of, known_source
from playground.data.table import CLASSES, Column, Columns, Table
from playground.settings import settings
from playground.specs import DatasetSpec


def mixed_rows(dataset: DatasetSpec, numbers: np.ndarray) -> pd.DataFrame | None:
    """The rows with these numbers in the source, the target first; ``None`` where the inputs are numbers anyway.

    Args:
        dataset: what is chosen; its file, if it has one, is here.
        numbers: int64 of shape (n,).
    """
    if file_of(dataset) or (columns := known_source(dataset).columns) is None:
        return None
    try:
        return _table(dataset.source, stamp_of(dataset, settings()) or "", columns).iloc[numbers]
    except DataError:  # the file has changed since it was prepared
        return None


@st.cache_data(show_spinner=False, max_entries=4)
def _table(name: str, stamp: str, _columns: Columns) -> pd.DataFrame:
    """All rows; ``stamp`` has them read again once the file is another one."""
    dataset = DatasetSpec(source=name)
    source = known_source(dataset)
    loaded = source.load(chosen("datasets", name, {}), 0, settings(), lambda fraction, message: None)
    arrays = loaded.x.arrays if isinstance(loaded.x, Table) else tuple(loaded.x.T)
    target = np.array(source.classes, object)[loaded.y] if source.classes else loaded.y
    values = {column.name: _values(column, array) for column, array in zip(_columns, arrays, strict=True)}
    return pd.DataFrame({source.target: target} | values)


def _values(column: Column, array: np.ndarray) -> np.ndarray:
    if column.type in CLASSES:
        return np.array([*column.values, None], object)[array]
    return array.astype("datetime64[D]") if column.type == "date" else array
