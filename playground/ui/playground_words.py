"""The words and colours of the picture on the page Playground."""

import functools
from typing import Any

import streamlit as st

from playground import catalog
from playground.locale.text import _
from playground.specs.plane import FEATURES
from playground.ui import playground_thumbs

_MIDDLE = {"light": "#EEF0F2", "dark": "#1E2328"}


@functools.cache
def activations() -> list[list[str]]:
    """Every activation: Keras's name and the word for it."""
    return [[entry.id, _(entry.label)] for entry in catalog.entries("activations")]


@functools.cache
def features() -> list[list[str]]:
    """Every feature: its short name and what it is, in the order of ``FEATURES``."""
    entry = catalog.entry("steps", "plane_features")
    assert entry is not None
    params = [param for param in entry.params if param.name in FEATURES]
    return [[_short(_(param.label)), _(param.help)] for param in params]


def _short(label: str) -> str:
    """With the names that the two numbers have on this page: x₁ and x₂."""
    first = {"x": "x₁", "y": "x₂"}
    return "".join(first.get(letter, letter) if label.count(letter) and len(label) < 6 else letter for letter in label)


@functools.cache
def colours(theme: str) -> dict[str, Any]:
    """The colours of ``theme``, light or dark."""
    negative, positive = playground_thumbs.ends(theme)
    return {
        "negative": negative,
        "positive": positive,
        "middle": _MIDDLE[theme],
        "series": list(st.get_option(f"theme.{theme}.chartCategoricalColors")),
        "line": st.get_option(f"theme.{theme}.borderColor"),
    }


@functools.cache
def words() -> dict[str, str]:
    """All words in the picture, by what they are for."""
    return {
        "features": _("Features"),
        "output": _("Output"),
        "none": _("No hidden layer"),
        "one": _("1 hidden layer"),
        "layers": _("{n} hidden layers"),
        "add": _("Add a layer"),
        "remove": _("Remove the last layer"),
        "more": _("Add a neuron to layer {n}"),
        "fewer": _("Remove a neuron from layer {n}"),
        "activation": _("Activation of layer {n}"),
        "neuron": _("Neuron {j} of layer {i}"),
        "feature": _("Feature {name}"),
        "class": _("Class {n}"),
        "weight": _("Weight"),
        "bias": _("Bias"),
        "weights": _("Weights from the layer before"),
        "close": _("Close"),
        "dropout": _("dropout {rate}"),
        "epoch": _("Epoch"),
        "train": _("Training loss"),
        "test": _("Test loss"),
        "show": _("Show test data"),
        "discretise": _("Discretise output"),
        "chosen": _("Class of the next point"),
        "clear": _("Clear"),
        "count": _("{n} points; a click sets one of this class, or takes one away"),
        "surface": _("Output of the network over the plane; training loss {train}, test loss {test}"),
        "network": _("Network: {features} features, hidden layers {layers}"),
        "own": _("Press to set a point, press one to remove it"),
    }
