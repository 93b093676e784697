"""Images by class: the mean of each and a few examples; and which values pixels have."""

import base64
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.statistics.asked import Asked
from playground.data.statistics.picture import Picture
from playground.data.statistics.sampled import Sampled
from playground.data.statistics.values import listed, number

_EXAMPLES = 7
_IMAGES = 160
_PIXELS = 64
_BINS = 32
_CHANNELS = ("red", "green", "blue")


def class_means(found: Sampled, asked: Asked) -> Picture:
    """``values["classes"]``: a dict a class with its ``name``, ``n`` rows, ``mean`` and ``examples``, packed images.

    Images larger than 64 pixels are thinned out. Without classes there is one group of all.
    """
    images = _images(found)
    step = max(1, -(-max(images.shape[1:3]) // _PIXELS))
    images = images[:, ::step, ::step]
    names = found.classes or ("all",)
    labels = np.asarray(found.y, np.int64) if found.classes else np.zeros(len(images), np.int64)
    examples = min(_EXAMPLES, _IMAGES // len(names))
    low, high = float(images.min()), float(images.max())
    classes = []
    table: dict[str, list[Any]] = {"class": [], "rows": [], "mean value": []}
    for label, name in enumerate(names):
        of = images[labels == label]
        if not len(of):
            continue
        mean = of.mean(axis=0, dtype=np.float64)
        classes.append(
            {
                "name": name,
                "n": len(of),
                "mean": packed(mean[None], low, high),
                "examples": packed(of[:examples], low, high) if examples else None,
            }
        )
        table["class"].append(name)
        table["rows"].append(len(of))
        table["mean value"].append(number(mean.mean()))
    return Picture(shown=len(images), of=found.of, values={"classes": classes}, table=table)


def pixels(found: Sampled, asked: Asked) -> Picture:
    """``values["edges"]``, ``values["counts"]`` (a list a channel) and ``values["channels"]``."""
    images = _images(found)
    edges = np.histogram_bin_edges(images, bins=min(_BINS, len(np.unique(images))))
    is_colour = images.ndim == 4 and images.shape[-1] == len(_CHANNELS)
    channels = [images[..., at] for at in range(len(_CHANNELS))] if is_colour else [images]
    names = list(_CHANNELS) if is_colour else ["all"]
    counts = [np.histogram(channel, bins=edges)[0].tolist() for channel in channels]
    said = {"mean": number(images.mean()), "std": number(images.std()), "zero": number((images == 0).mean())}
    table: dict[str, list[Any]] = {"from": listed(edges[:-1]), "to": listed(edges[1:])}
    table |= dict(zip(names, counts, strict=True))
    values = {"edges": listed(edges), "counts": counts, "channels": names, **said}
    return Picture(shown=len(images), of=found.of, values=values, table=table)


def packed(images: np.ndarray, low: float, high: float) -> dict[str, Any]:
    """Images as bytes in base64, ``low`` being 0 and ``high`` 255, with their shape."""
    share = (np.asarray(images, np.float64) - low) / ((high - low) or 1)
    data = np.round(np.clip(share, 0, 1) * 255).astype(np.uint8)
    return {"shape": list(data.shape), "data": base64.b64encode(data.tobytes()).decode("ascii")}


def unpacked(packed: dict[str, Any]) -> np.ndarray:
    """The images that were :func:`packed`, uint8."""
    return np.frombuffer(base64.b64decode(packed["data"]), np.uint8).reshape(packed["shape"])


def _images(found: Sampled) -> np.ndarray:
    if found.images is None or not len(found.images) or found.images.ndim not in (3, 4):
        raise DataError("There are no images to look at.")
    if found.images.ndim == 4 and found.images.shape[-1] not in (1, len(_CHANNELS)):
        return np.asarray(found.images.mean(axis=-1))  # more kinds of light than a screen has
    return found.images
