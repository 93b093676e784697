"""Rows of a public table of different types on the Data page: as they were published, those that the model gets."""

import plotly.data
import pytest

from playground import data
from playground.settings import settings
from playground.specs.first_dataset import first_dataset
from playground.ui.data_mixed_rows import mixed_rows
from playground.ui.data_rows import Rows

pytestmark = pytest.mark.ui


def test_rows_are_shown_as_they_were_published(home):
    dataset = first_dataset("tips")
    numbers = Rows(data.prepare(dataset, 3, settings())).numbers
    shown = mixed_rows(dataset, numbers)
    expected = plotly.data.tips().iloc[numbers]
    assert shown is not None
    assert shown.columns[0] == "tip"
    assert set(shown.columns) == set(expected.columns)
    for name in shown.columns:
        assert shown[name].tolist() == expected[name].tolist(), name


def test_a_set_of_numbers_has_no_other_rows_than_the_model_s(home):
    dataset = first_dataset("iris")
    assert mixed_rows(dataset, Rows(data.prepare(dataset, 0, settings())).numbers) is None
