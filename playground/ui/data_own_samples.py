"""Samples of a file of one's own: the rows of a table as they came, a series as a line."""

import numpy as np
import streamlit as st

from playground.charts import downsample
from playground.charts.looks import series_chart
from playground.data import DataError
from playground.data.sets.known_source import file_of, known_source
from playground.data.uploads.upload import profile_of, sample_of
from playground.locale.text import _, ngettext
from playground.settings import settings
from playground.specs import DatasetSpec
from playground.specs.facts import Facts
from playground.ui import shell
from playground.ui.data_rows import Rows

_HEIGHT = 380


def panel(dataset: DatasetSpec) -> bool:
    """Draw the rows of a table; returns whether there are any, and so whether this is one."""
    file = file_of(dataset)
    if not file:
        return False
    try:
        if known_source(dataset).columns is None:
            return False
        profile, rows = profile_of(file, settings()), sample_of(file, settings())
    except DataError:
        return False
    st.markdown(f"### {_('Samples')}")
    target = profile.column(profile.target if dataset.target is None else dataset.target).name
    order = [target, *(column.name for column in profile.columns if column.name != target)]
    with st.container(key="samples"):
        st.dataframe(rows, height=_HEIGHT, hide_index=True, column_order=order, key="table")
    if len(rows) < profile.n_rows:
        said = _("{shown} of {of} drawn at random").format(shown=f"{len(rows):,}", of=f"{profile.n_rows:,}")
    else:
        said = ngettext("{n} sample", "All {n} samples", profile.n_rows).format(n=f"{profile.n_rows:,}")
    spelled = [profile.name, said]
    if profile.encoding:
        spelled.append(_("read as {encoding}").format(encoding=profile.encoding))
    if profile.duplicates:
        n = profile.duplicates
        words = ngettext("{n} row is equal to an earlier one", "{n} rows are equal to earlier ones", n)
        spelled.append(words.format(n=f"{n:,}"))
    st.caption(shell.plain(" · ".join(spelled)))
    return True


def series(rows: Rows, facts: Facts) -> int:
    """Draw the target in the order of time; returns how many rows are in the picture."""
    values = rows.y[np.argsort(rows.numbers, kind="stable")]
    at = downsample(values)
    said = _("{low} to {high}, mean {mean}").format(
        low=f"{values.min():.3g}", high=f"{values.max():.3g}", mean=f"{values.mean():.3g}"
    )
    chart = series_chart(at.tolist(), values[at].tolist())
    st.echarts_chart(chart, height=_HEIGHT, key="series", alt=f"{facts.unit}: {said}")
    return len(rows)
