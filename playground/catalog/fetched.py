"""Datasets whose files are downloaded once: images, a table, and texts as the numbers of their words."""

from playground.catalog.entry import Entry, Param

_SIDES = ("pre", "post")
_NUMBERS = ("output_mode", ("int",))
_KERAS = "https://keras.io/api/datasets/"


def _texts(name: str, label: str, summary: str, task: str, maxlen: int) -> Entry:
    params = (
        Param(
            "num_words",
            "int",
            10_000,
            minimum=10,
            maximum=100_000,
            label="Words",
            help="The most frequent words are kept, up to this number; the others become one unknown word.",
            basic=True,
            raising="Rare words count too; an embedding gets larger.",
            lowering="More words become the unknown one.",
            typical="1,000 to 20,000",
        ),
        Param(
            "maxlen",
            "int",
            maxlen,
            minimum=1,
            maximum=2_000,
            label="Length",
            help="How many words of a text the network sees; shorter texts are filled up with zeros.",
            basic=True,
            only_when=_NUMBERS,
            raising="More of a long text is seen, and a step takes longer.",
            lowering="Long texts are cut shorter.",
            typical="50 to 500",
        ),
        Param(
            "output_mode",
            "choice",
            "int",
            choices=("int", "multi_hot"),
            label="Input",
            help="int: the numbers of the words in order, for an embedding. multi_hot: which words a text has.",
        ),
        Param(
            "padding",
            "choice",
            "pre",
            choices=_SIDES,
            label="Filled up",
            help="On which side the zeros are: before (pre) or after (post) the words.",
            only_when=_NUMBERS,
        ),
        Param(
            "truncating",
            "choice",
            "pre",
            choices=_SIDES,
            label="Cut off",
            help="Where words are cut off: at the beginning (pre) or at the end (post).",
            only_when=_NUMBERS,
        ),
        Param(
            "skip_top",
            "int",
            0,
            minimum=0,
            maximum=10_000,
            label="Without the first",
            help="Words with a smaller number, the most frequent ones, become the unknown word.",
        ),
        Param(
            "index_from",
            "int",
            3,
            minimum=3,
            maximum=100,
            label="Words from",
            help="What is added to the number of a word: 0 fills up, 1 begins a text, 2 is the unknown word.",
        ),
    )
    return Entry(name, "datasets", "Texts", label, summary, params, (1,), (task,), basic=True, url=f"{_KERAS}{name}/")


FETCHED_IMAGES: tuple[Entry, ...] = (
    Entry(
        "cifar10",
        "datasets",
        "Images",
        "CIFAR-10",
        "60,000 colour photographs of ten kinds of things in 32 × 32 pixels with values from 0 to 255.",
        ranks=(3,),
        tasks=("multiclass",),
        basic=True,
        url=f"{_KERAS}cifar10/",
    ),
    Entry(
        "cifar100",
        "datasets",
        "Images",
        "CIFAR-100",
        "60,000 colour photographs of a hundred kinds of things, 600 of each, in 32 × 32 pixels.",
        (
            Param(
                "label_mode",
                "choice",
                "fine",
                choices=("fine", "coarse"),
                label="Classes",
                help="fine: the hundred kinds. coarse: the twenty groups that they belong to.",
                basic=True,
            ),
        ),
        ranks=(3,),
        tasks=("multiclass",),
        url=f"{_KERAS}cifar100/",
    ),
)

FETCHED_TABLES: tuple[Entry, ...] = (
    Entry(
        "california_housing",
        "datasets",
        "Tables",
        "California housing",
        "20,640 blocks of houses in California, eight numbers each, and the median price in 1990.",
        tasks=("regression",),
        ranks=(1,),
        basic=True,
        url="https://scikit-learn.org/stable/datasets/real_world.html#california-housing-dataset",
    ),
)

FETCHED_TEXTS: tuple[Entry, ...] = (
    _texts(
        "imdb",
        "IMDB",
        "50,000 film reviews as numbers of words, half of them praise and half of them blame.",
        "binary",
        200,
    ),
    _texts(
        "reuters",
        "Reuters",
        "11,228 short news of 1987 as numbers of words, each on one of 46 topics.",
        "multiclass",
        100,
    ),
)
