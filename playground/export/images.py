"""How a script gets images and arrays of one's own, and changes images step for step as the app does."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from playground.data.plan import Plan
from playground.data.uploads import picture
from playground.data.uploads.array_file import NAMES
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.kept_arrays import array_profile_of
from playground.export import layout
from playground.export.calls import value_of
from playground.export.layout import Group
from playground.export.lines import Lines
from playground.settings import settings

_PILLOW = "from PIL import Image"
_VALIDATION, _TEST = 1, 2


def images(planned: Plan) -> Lines:
    """Lines that decode the images of a zip of one's own, those that the app could read."""
    profile = array_profile_of(planned.options["file"], "images", settings())
    height, width, *channels = planned.source.input_shape
    of_part = [sum(folder.part < part for folder in profile.folders) for part in (_VALIDATION, _TEST)]
    folders = Group("[]", tuple(value_of(folder.path) for folder in profile.folders))
    labels = [folder.label for folder in profile.folders]
    code = [
        layout.laid_out(("folders = ", folders)),
        layout.laid_out(
            (
                "x, folder = ",
                *layout.call(
                    "pictures",
                    value_of(profile.name),
                    ("folders",),
                    ("side=", *value_of(profile.kept_side)),
                    ("size=", *value_of((width, height))),
                    ("mode=", *value_of("RGB" if channels else "L")),
                ),
            )
        ),
    ]
    if profile.parts:
        code.append(layout.laid_out(("y = np.array(", *value_of(labels), ")[folder]")))
        code.append(f"n_validation = np.sum((folder >= {of_part[0]}) & (folder < {of_part[1]}))")
        code.append(f"n_test = np.sum(folder >= {of_part[1]})")
    else:
        code.append("y = folder  # each is a class")
    imports = (*(f"import {name}" for name in ("io", "struct", "zipfile", "zlib")), "from PIL import Image, ImageOps")
    functions = tuple(inspect.getsource(each).rstrip() for each in (picture.decoded, picture.pictures))
    return Lines(tuple(code), imports, functions)


def arrays(planned: Plan) -> Lines:
    """Lines that load an .npz file of one's own."""
    profile = array_profile_of(planned.options["file"], "arrays", settings())
    code = [layout.laid_out(("arrays = ", *layout.call("np.load", value_of(profile.name))))]
    if profile.parts is None:
        code.append('x, y = arrays["x"].astype("float32"), arrays["y"]')
    else:
        there = [NAMES[part] for part, n in profile.parts.model_dump().items() if n]
        for target, at in (("x", 0), ("y", 1)):
            names = Group("[]", tuple((f'arrays["{pair[at]}"]',) for pair in there))
            code.append(layout.laid_out((f"{target} = ", *layout.call("np.concatenate", (names,)))))
        code.append('x = x.astype("float32")')
        code.append(f"n_validation, n_test = {profile.parts.validation}, {profile.parts.test}")
    return Lines((*code, *_targets(profile, planned)))


def _targets(profile: ArrayProfile, planned: Plan) -> list[str]:
    lines = ["y = y.argmax(axis=1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(-1)"]
    if planned.task == "regression":
        return [*lines, 'y = y.astype("float64")']
    return [*lines, "y = np.unique(y, return_inverse=True)[1]  # numbers of the classes"]


def _resize(args: Mapping[str, Any], axis: str) -> list[str]:
    given = [(f"{name}=", *value_of(args[name])) for name in ("height", "width", "method")]
    return [layout.laid_out(("x = ", *layout.call("resized", ("x",), *given)))]


def _center_crop(args: Mapping[str, Any], axis: str) -> list[str]:
    height, width = args["height"], args["width"]
    return [
        f"top, left = (x.shape[1] - {height}) // 2, (x.shape[2] - {width}) // 2",
        f"x = x[:, top : top + {height}, left : left + {width}]",
    ]


def _grey(args: Mapping[str, Any], axis: str) -> list[str]:
    return ['x = (x @ np.array([0.299, 0.587, 0.114], "float32"))[..., np.newaxis]']


def _standardise_channels(args: Mapping[str, Any], axis: str) -> list[str]:
    return [
        "# Of the training rows only: the others are not known yet.",
        "mean = x[train].mean(axis=(0, 1, 2), dtype=np.float64)",
        "std = x[train].std(axis=(0, 1, 2), dtype=np.float64)",
        "x = (x - np.float32(mean)) / np.float32(np.where(std == 0, 1, std))",
    ]


STEPS: Mapping[str, Callable[[Mapping[str, Any], str], list[str]]] = {
    "resize": _resize,
    "center_crop": _center_crop,
    "grey": _grey,
    "standardise_channels": _standardise_channels,
}
"""Lines for each step on images, as :data:`playground.export.loading.STEPS` has them."""

NEEDED: Mapping[str, Lines] = {
    "resize": Lines((), (_PILLOW,), (inspect.getsource(picture.resized).rstrip(),)),
}
"""What the lines of a step import and call."""
