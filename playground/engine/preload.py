"""What every process of the Keras side needs, imported once, before any fork. Starts no device."""

import os


def load() -> None:
    """Import TensorFlow, Keras, scikit-learn, pandas and our own Keras side."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    import keras  # noqa: F401
    import pyarrow.parquet  # noqa: F401
    import sklearn.datasets
    import sklearn.manifold
    import sklearn.model_selection  # noqa: F401

    import playground.data
    import playground.runs
    import playground.training.session
    import playground.training.shapes  # noqa: F401
