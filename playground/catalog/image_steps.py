"""Steps of preparation for images, in teaching order."""

from playground.catalog.entry import Entry, Param


def _size(most: int) -> tuple[Param, Param]:
    height, width = (
        Param(name, "int", required=True, minimum=4, maximum=most, label=label, help=what, basic=True)
        for name, label, what in (
            ("height", "Height", "How many pixels an image is high then."),
            ("width", "Width", "How many pixels an image is wide then."),
        )
    )
    return height, width


IMAGE_STEPS: tuple[Entry, ...] = (
    Entry(
        "resize",
        "steps",
        "Images",
        "Resize",
        "Makes all images higher and wider, or smaller: few pixels train fast, many show more.",
        (
            *_size(512),
            Param(
                "method",
                "choice",
                "bilinear",
                choices=("nearest", "box", "bilinear", "bicubic", "lanczos"),
                label="Method",
                help="How a new pixel is made of the old ones: nearest copies one, box averages, the others blend.",
            ),
        ),
        ranks=(2, 3),
    ),
    Entry(
        "center_crop",
        "steps",
        "Images",
        "Crop to the middle",
        "Cuts the edges off, where what matters stands in the middle.",
        _size(512),
        ranks=(2, 3),
    ),
    Entry(
        "grey",
        "steps",
        "Images",
        "Grey",
        "Makes one channel of brightness from red, green and blue.",
        ranks=(3,),
    ),
    Entry(
        "standardise_channels",
        "steps",
        "Scaling",
        "Standardise each channel",
        "Subtracts the training part's mean of each channel and divides by its standard deviation.",
        ranks=(3,),
    ),
)
