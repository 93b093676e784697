"""What stands under the curves of a comparison: what differs, and two confusion matrices."""

import streamlit as st

from playground.runs import Comparison
from playground.ui import compare_matrices, compare_settings
from playground.ui.compare_words import Shown


def panel(comparison: Comparison, shown: tuple[Shown, ...]) -> None:
    """Draw them; while runs go on they show what there was when the page was drawn."""
    if comparison.kind != "folds":  # folds differ in nothing but their number
        st.fragment(compare_settings.panel)(shown)
    compare_matrices.panel(shown)
