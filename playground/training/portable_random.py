"""One stream of random numbers, whether a function is compiled by XLA or not.

Dropout and noise draw from TensorFlow's stateless generators. Under XLA these take another algorithm and make floats of
other bits: the same seed would drop other units. Here both take Philox, and uniform and normal numbers are made of its
raw integers in the way of TensorFlow's CPU kernels (random_distributions.h: the low 23 bits of an integer, and the
transform of G. E. P. Box and M. E. Muller, 1958), so that on a CPU nothing changes outside XLA.
"""

import contextlib
import math
from collections.abc import Iterator
from typing import Any

import tensorflow as tf
from tensorflow.python.ops import gen_stateless_random_ops_v2 as raw
from tensorflow.python.ops import random_ops_util as keys

_MANTISSA = (1 << 23) - 1
_LEAST = 1e-7  # what the kernel takes for 0, of which there is no logarithm


@contextlib.contextmanager
def portable_random() -> Iterator[None]:
    """Inside, what is traced draws the same numbers with and without XLA; truncated normal numbers differ still."""
    keyed, uniform, normal = keys.get_key_counter_alg, raw.stateless_random_uniform_v2, raw.stateless_random_normal_v2

    def philox(seed: Any, alg: Any) -> Any:
        return keyed(seed, "philox" if alg in (None, "auto_select") else alg)

    def uniform_of_integers(
        shape: Any, key: Any, counter: Any, alg: Any, dtype: Any = tf.float32, name: Any = None
    ) -> Any:
        if tf.as_dtype(dtype) != tf.float32:
            return uniform(shape=shape, key=key, counter=counter, alg=alg, dtype=dtype, name=name)
        return _unit(raw.stateless_random_uniform_full_int_v2(shape, key, counter, alg, tf.uint32, name))

    def normal_of_integers(
        shape: Any, key: Any, counter: Any, alg: Any, dtype: Any = tf.float32, name: Any = None
    ) -> Any:
        if tf.as_dtype(dtype) != tf.float32:
            return normal(shape=shape, key=key, counter=counter, alg=alg, dtype=dtype, name=name)
        n = tf.reduce_prod(shape)
        pairs = tf.stack([(n + 1) // 2, 2])
        first, second = tf.unstack(
            _unit(raw.stateless_random_uniform_full_int_v2(pairs, key, counter, alg, tf.uint32, name)), axis=1
        )
        length, angle = tf.sqrt(-2.0 * tf.math.log(tf.maximum(first, _LEAST))), 2 * math.pi * second
        drawn = tf.stack([tf.sin(angle) * length, tf.cos(angle) * length], axis=1)
        return tf.reshape(tf.reshape(drawn, [-1])[:n], shape)

    keys.get_key_counter_alg = philox
    raw.stateless_random_uniform_v2, raw.stateless_random_normal_v2 = uniform_of_integers, normal_of_integers
    try:
        yield
    finally:
        keys.get_key_counter_alg = keyed
        raw.stateless_random_uniform_v2, raw.stateless_random_normal_v2 = uniform, normal


def _unit(bits: Any) -> Any:
    """Floats from 0 up to 1 of the low 23 bits of 32-bit integers."""
    return tf.cast(tf.bitwise.bitwise_and(bits, tf.constant(_MANTISSA, tf.uint32)), tf.float32) * 2.0**-23
