"""A reader of pickles that makes NumPy arrays, lists, texts and numbers, and can call nothing else."""

import pickle
from typing import IO, Any

import numpy as np

_RECONSTRUCT = np.empty(0).__reduce__()[0]
_ALLOWED: dict[tuple[str, str], Any] = {
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
}
"""What a pickle of arrays names, as NumPy 1 and NumPy 2 spell it."""


class LoadError(ValueError):
    """A file does not hold what it should; the message is the reason, a part of a sentence."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise LoadError(f"a pickle in it asks for {module}.{name}, expected arrays only") from None


def unpickled(file: IO[bytes], encoding: str = "ASCII") -> Any:
    """What the pickle in ``file`` holds. Call this only for a file whose SHA-256 is that of the published one.

    Args:
        encoding: of the texts that Python 2 has pickled; ``bytes`` leaves them alone.

    Raises:
        LoadError: it is damaged, or asks for anything but arrays.
    """
    try:
        return _Unpickler(file, encoding=encoding).load()
    except LoadError:
        raise
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise LoadError(f"a pickle in it is damaged: {error}") from error
