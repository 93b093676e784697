"""How many threads an operation of a run may use."""

import contextlib
import math
from collections.abc import Sequence

import tensorflow as tf

from playground.training.shapes import Summary

_WORTH = 5_000_000
"""Multiply-adds of a step's forward pass, below which a second thread made no network faster."""


def use_one_where_more_do_not_help(summary: Summary, input_shape: Sequence[int], batch_size: int) -> None:
    """Have operations of a small network use one thread, before TensorFlow has done anything in this process.

    The threads of an XLA program wait for each other by turning in a loop: a second one took three quarters of a
    processor from the page and from other runs, and made a network of 2-8-8-1 slower. On a GPU, and where
    TensorFlow is already in use, everything stays as it is.

    Args:
        summary: the network.
        input_shape: of one sample.
        batch_size: rows of a batch.
    """
    if multiply_adds(summary, input_shape) * batch_size >= _WORTH or tf.config.list_physical_devices("GPU"):
        return
    with contextlib.suppress(RuntimeError):  # in use: it keeps its threads
        tf.config.threading.set_intra_op_parallelism_threads(1)


def multiply_adds(summary: Summary, input_shape: Sequence[int]) -> int:
    """About how many multiply-adds a sample takes: each parameter once at every place that its layer reads or gives.

    Exact but for biases where layers follow each other. What is counted exactly, :func:`playground.training.cost.cost`,
    takes longer than there is before the first batch.
    """
    total, read = 0, math.prod(input_shape[:-1])
    for layer in summary.layers:
        given = math.prod(size or 1 for size in layer.output_shape[:-1])
        total += layer.parameters * max(read, given)
        read = given
    return total
