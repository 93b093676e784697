"""Reads tables in Weka's format ARFF, which OpenML keeps."""

import gzip
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from playground.data.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

_MAX_BYTES = 1_000_000_000
_GZIP = b"\x1f\x8b"


def read_arff(path: Path) -> "pd.DataFrame":
    """The table in the file at ``path``, packed with gzip or not: numbers as float64, everything else as text.

    Raises:
        DataError: it is damaged, sparse, or too large when unpacked.
    """
    import pandas as pd
    from sklearn.externals import _arff  # liac-arff, as scikit-learn brings and uses it

    remedy = "Remove it to have it downloaded again."
    try:
        with path.open("rb") as raw:
            is_packed = raw.read(2) == _GZIP
            raw.seek(0)
            data = (gzip.GzipFile(fileobj=raw) if is_packed else raw).read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise DataError(f"{path} has more than {_MAX_BYTES:,} bytes when unpacked. Take a smaller table.")
        found = _arff.load(io.StringIO(data.decode("utf-8")), return_type=_arff.DENSE_GEN)
        names = [name for name, _ in found["attributes"]]
        frame = pd.DataFrame(list(found["data"]), columns=names)
    except _arff.ArffException as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"{path} cannot be read as ARFF ({words}). {remedy}") from error
    except (OSError, EOFError, zlib.error, ValueError) as error:
        words = " ".join(str(error).split())[:200]
        raise DataError(f"{path} cannot be read ({words}). {remedy}") from error
    for name, kind in found["attributes"]:
        if isinstance(kind, str) and kind in ("REAL", "INTEGER", "NUMERIC"):
            frame[name] = pd.to_numeric(frame[name], errors="coerce")
    return frame
