"""Keras Playground: pick a dataset, assemble layers, train real Keras models and watch them learn."""

__version__ = "0.1.0"
