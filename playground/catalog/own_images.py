"""What is on offer only where somebody has brought images or arrays: their sources, and the parts that they came in."""

from playground.catalog.entry import Entry, Param

_FILE = Param("file", "text", required=True, label="File", help="The SHA-256 of a file that was taken in.", basic=True)


def _side(name: str, label: str) -> Param:
    what = f"The {name} in pixels that all images are brought to; left open, the usual one of these images."
    return Param(name, "int", optional=True, minimum=4, maximum=256, label=label, help=what, basic=True)


SOURCES: tuple[Entry, ...] = (
    Entry(
        "images",
        "datasets",
        "Your own",
        "Your images",
        "A zip of images of your own: every folder a class.",
        (_FILE, _side("height", "Height"), _side("width", "Width")),
        ranks=(2, 3),
        tasks=("binary", "multiclass"),
    ),
    Entry(
        "arrays",
        "datasets",
        "Your own",
        "Your arrays",
        "An .npz file of your own: inputs x and targets y as NumPy saves them.",
        (
            _FILE,
            Param(
                "task",
                "choice",
                optional=True,
                choices=("binary", "multiclass", "regression"),
                label="Task",
                help="What is to be learned; left open, the targets decide.",
            ),
        ),
        ranks=(1, 2, 3),
        tasks=("binary", "multiclass", "regression"),
    ),
)

SPLITS: tuple[Entry, ...] = (
    Entry(
        "own_parts",
        "splits",
        "Fixed",
        "As in the file",
        "Training, validation and test part are those that the file has.",
    ),
)
