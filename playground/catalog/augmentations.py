"""Layers that change images in training at random, and some that always do, in teaching order.

Images that training sees are then never twice the same; predictions see them as they are.
"""

from typing import Any

from playground.catalog.choice import Choice

_GROUP = "Augmentation"
_IMAGES = (3,)
_COLOURED = (3,)
_GREY_OR_COLOURED = (1, 3)
_FROM_0_TO_1: dict[str, Any] = {"value_range": (0.0, 1.0)}
_A_LITTLE: dict[str, Any] = {"factor": 0.1, **_FROM_0_TO_1}
_HALF: dict[str, Any] = {"factor": 0.5, **_FROM_0_TO_1}
_STRENGTH = ("factor", "value_range")

AUGMENTATIONS: tuple[Choice, ...] = (
    Choice(
        "RandomFlip",
        _GROUP,
        "Mirrors half of the images, each time others.",
        ("mode",),
        ranks=_IMAGES,
        usual={"mode": "horizontal"},
    ),
    Choice(
        "RandomRotation",
        _GROUP,
        "Turns images by a random angle.",
        ("factor", "fill_mode"),
        ranks=_IMAGES,
        usual={"factor": 0.05},
    ),
    Choice(
        "RandomTranslation",
        _GROUP,
        "Shifts images by a random distance.",
        ("height_factor", "width_factor", "fill_mode"),
        ranks=_IMAGES,
    ),
    Choice(
        "RandomZoom",
        _GROUP,
        "Enlarges or shrinks images at random.",
        ("height_factor", "width_factor", "fill_mode"),
        ranks=_IMAGES,
    ),
    Choice(
        "RandomPerspective",
        _GROUP,
        "Tilts images at random, as if seen from the side.",
        ("factor", "scale"),
        ranks=_IMAGES,
        usual={"factor": 0.5, "scale": 0.3},
    ),
    Choice(
        "RandomElasticTransform",
        _GROUP,
        "Warps images at random, as if drawn on rubber.",
        ("factor", "scale", "value_range"),
        ranks=_IMAGES,
        usual=_HALF,
    ),
    Choice(
        "RandomBrightness",
        _GROUP,
        "Makes images brighter or darker at random.",
        _STRENGTH,
        ranks=_IMAGES,
        usual=_A_LITTLE,
    ),
    Choice(
        "RandomContrast",
        _GROUP,
        "Strengthens or weakens the contrast of images at random.",
        _STRENGTH,
        ranks=_IMAGES,
        usual=_A_LITTLE,
    ),
    Choice(
        "RandomHue",
        _GROUP,
        "Shifts all colours of an image around the colour wheel at random.",
        _STRENGTH,
        ranks=_IMAGES,
        channels=_COLOURED,
        usual=_A_LITTLE,
    ),
    Choice(
        "RandomSaturation",
        _GROUP,
        "Makes colours fuller or paler at random.",
        _STRENGTH,
        ranks=_IMAGES,
        channels=_COLOURED,
        usual=_HALF,
    ),
    Choice(
        "RandomColorJitter",
        _GROUP,
        "Changes brightness, contrast, saturation and hue at random.",
        ("brightness_factor", "contrast_factor", "saturation_factor", "hue_factor", "value_range"),
        ranks=_IMAGES,
        channels=_COLOURED,
        usual={"brightness_factor": 0.1, "contrast_factor": 0.1, **_FROM_0_TO_1},
    ),
    Choice(
        "RandomColorDegeneration",
        _GROUP,
        "Mixes images with their own grey version at random.",
        _STRENGTH,
        ranks=_IMAGES,
        channels=_COLOURED,
        usual=_HALF,
    ),
    Choice(
        "RandomGrayscale",
        _GROUP,
        "Takes the colour out of a random share of images.",
        ("factor",),
        ranks=_IMAGES,
        channels=_GREY_OR_COLOURED,
        usual={"factor": 0.2},
    ),
    Choice(
        "RandomSharpness",
        _GROUP,
        "Sharpens or softens images at random.",
        _STRENGTH,
        ranks=_IMAGES,
        usual=_HALF,
    ),
    Choice(
        "RandomGaussianBlur",
        _GROUP,
        "Blurs a random share of images.",
        ("factor", "kernel_size", "sigma", "value_range"),
        ranks=_IMAGES,
        usual=_HALF,
    ),
    Choice(
        "RandomErasing",
        _GROUP,
        "Covers a random rectangle of a random share of images.",
        ("factor", "scale", "fill_value", "value_range"),
        ranks=_IMAGES,
        usual=_HALF,
    ),
    Choice(
        "RandomInvert",
        _GROUP,
        "Turns a random share of images into their negatives.",
        _STRENGTH,
        ranks=_IMAGES,
        usual={"factor": 0.2, **_FROM_0_TO_1},
    ),
    Choice(
        "RandomPosterization",
        _GROUP,
        "Leaves only a few levels of brightness, as many as the bits that are kept.",
        _STRENGTH,
        ranks=_IMAGES,
        usual={"factor": 4, **_FROM_0_TO_1},
    ),
    Choice(
        "Solarization",
        _GROUP,
        "Turns the bright values of images into their negatives, beyond a random threshold.",
        ("threshold_factor", "addition_factor", "value_range"),
        ranks=_IMAGES,
        usual={"threshold_factor": 0.5, **_FROM_0_TO_1},
    ),
    Choice(
        "AutoContrast",
        _GROUP,
        "Stretches each image over all values from dark to bright.",
        ("value_range",),
        ranks=_IMAGES,
        usual=_FROM_0_TO_1,
    ),
    Choice(
        "ContrastLimitedAdaptiveHistogramEqualization",
        _GROUP,
        "Spreads the values evenly in each small part of an image, without blowing up noise.",
        ("value_range", "clip_limit", "tile_grid_size"),
        ranks=_IMAGES,
        usual=_FROM_0_TO_1,
    ),
    Choice(
        "RandAugment",
        _GROUP,
        "Applies a few of many changes to each image, drawn at random, all of one strength.",
        ("num_ops", "factor", "value_range"),
        ranks=_IMAGES,
        channels=_GREY_OR_COLOURED,
        usual=_FROM_0_TO_1,
    ),
    Choice(
        "AugMix",
        _GROUP,
        "Mixes each image with several versions of itself that were changed at random.",
        ("num_chains", "chain_depth", "factor", "value_range"),
        ranks=_IMAGES,
        channels=_GREY_OR_COLOURED,
        usual=_FROM_0_TO_1,
    ),
)
