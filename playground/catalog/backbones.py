"""Networks of ``keras.applications`` that stand as a layer: what they are, what they take, and where their weights lie.

They are no classes of ``keras.layers``, so they stand beside that table: :func:`playground.catalog.entry` finds them,
and :data:`BACKBONES` lists them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.catalog.entry import Entry, Param

PRETRAINED = "Pretrained"
"""Their group."""

_STORE = "https://storage.googleapis.com/tensorflow/keras-applications"
_URL = "https://keras.io/api/applications/"


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """A published file with the weights of a network without its top.

    Attributes:
        name: what it is called there and in the folder of datasets.
        url: where it is published.
        checksum: its MD5 as Keras's source has it; ``None`` where Keras has none.
        parameters: how many numbers it holds, four bytes each.
        folder: the folder in the folder of datasets that it lies in.
    """

    name: str
    url: str
    checksum: str | None
    parameters: int
    folder: str = "keras-applications"

    @property
    def megabytes(self) -> float:
        """About its size."""
        return 4 * self.parameters / 1e6


@dataclass(frozen=True, slots=True)
class Backbone:
    """What the app must know of one network beside its :class:`Entry`.

    Attributes:
        entry: what can be chosen.
        module: the module of ``keras.applications`` whose ``preprocess_input`` belongs to it.
        least_side: pixels that an image needs at least.
        files: its weights by ``alpha``; under ``None`` where it has no such argument.
        is_by_size: whether Keras itself would choose a file by the size of the images; here it is always the one that
            was learned on 224 × 224.
        thawed: how many layers from the end are a usual first step of fine-tuning.
    """

    entry: Entry
    module: str
    least_side: int
    files: Mapping[float | None, WeightsFile]
    is_by_size: bool = False
    thawed: int = 20

    def file(self, args: Mapping[str, Any]) -> WeightsFile | None:
        """The file with its weights with ``args``; ``None`` where it starts from random ones, or there is no such."""
        weights = self.entry.param("weights")
        if weights is None or args.get("weights", weights.default) is None:
            return None
        alpha = self.entry.param("alpha")
        return self.files.get(None if alpha is None else args.get("alpha", alpha.default))


def _params(*more: Param) -> tuple[Param, ...]:
    return (
        Param(
            "weights",
            "choice",
            "imagenet",
            optional=True,
            choices=("imagenet",),
            label="Weights",
            help="Weights learned on the 1.3 million photographs of ImageNet, downloaded once; or random ones.",
            basic=True,
        ),
        Param(
            "pooling",
            "choice",
            optional=True,
            choices=("avg", "max"),
            label="Pooling",
            help="What becomes of the last maps: one mean or one largest value for each channel, or the maps as they "
            "are.",
            basic=True,
        ),
        *more,
        Param(
            "trainable",
            "flag",
            False,
            label="Trainable",
            help="Whether training changes its weights. Frozen, only the layers around it learn. Pretrained batch "
            "normalisation keeps its statistics either way.",
            basic=True,
        ),
        Param(
            "trainable_layers",
            "int",
            optional=True,
            minimum=1,
            label="Last layers that train",
            help="Only so many of its layers, counted from the end, train; all of them where nothing is said.",
            basic=True,
            only_when=("trainable", (True,)),
            raising="More of it fits itself to your images, and small sets are learned by heart.",
            lowering="More stays as it was learned on ImageNet.",
        ),
    )


def _alpha(choices: tuple[float, ...]) -> Param:
    return Param(
        "alpha",
        "choice",
        1.0,
        choices=choices,
        label="Width α",
        help="How many filters each of its layers has, as a share of the usual number.",
        basic=True,
        raising="More filters: more weights, slower, usually better.",
        lowering="Fewer filters: fewer weights and faster.",
    )


def _entry(name: str, page: str, summary: str, *more: Param) -> Entry:
    return Entry(
        name,
        "layers",
        PRETRAINED,
        name,
        summary,
        _params(*more),
        ranks=(3,),
        url=f"{_URL}{page}/",
        channels=(3,),
        usual={"pooling": "avg"},
    )


def _one(folder: str, stem: str, checksum: str, parameters: int) -> dict[float | None, WeightsFile]:
    name = f"{stem}_weights_tf_dim_ordering_tf_kernels_notop.h5"
    return {None: WeightsFile(name, f"{_STORE}/{folder}/{name}", checksum, parameters)}


def _by_alpha(folder: str, names: Mapping[float, str], widths: Mapping[float, int]) -> dict[float | None, WeightsFile]:
    return {alpha: WeightsFile(name, f"{_STORE}/{folder}/{name}", None, widths[alpha]) for alpha, name in names.items()}


_WIDTHS_2 = {0.35: 410_208, 0.5: 706_224, 0.75: 1_382_064, 1.0: 2_257_984, 1.3: 3_766_048, 1.4: 4_363_712}
_WIDTHS_1 = {0.25: 218_544, 0.5: 829_536, 0.75: 1_832_976, 1.0: 3_228_864}
_NAMES_2 = {alpha: f"mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{alpha}_224_no_top.h5" for alpha in _WIDTHS_2}
_NAMES_1 = {
    alpha: f"mobilenet_{digits}_224_tf_no_top.h5"
    for alpha, digits in zip(_WIDTHS_1, ("2_5", "5_0", "7_5", "1_0"), strict=True)
}

_ALL = (
    Backbone(
        _entry(
            "MobileNetV2",
            "mobilenet",
            "A small network made for phones: the first to try, and fast without a GPU.",
            _alpha(tuple(_WIDTHS_2)),
        ),
        "mobilenet_v2",
        32,
        _by_alpha("mobilenet_v2", _NAMES_2, _WIDTHS_2),
        is_by_size=True,
    ),
    Backbone(
        _entry(
            "MobileNet",
            "mobilenet",
            "The first small network for phones, made of depthwise convolutions.",
            _alpha(tuple(_WIDTHS_1)),
        ),
        "mobilenet",
        32,
        _by_alpha("mobilenet", _NAMES_1, _WIDTHS_1),
        is_by_size=True,
        thawed=13,
    ),
    Backbone(
        _entry("VGG16", "vgg", "Sixteen plain layers of 3 × 3 convolutions: easy to follow, large and slow."),
        "vgg16",
        32,
        _one("vgg16", "vgg16", "6d6bbae143d832006294945121d1f1fc", 14_714_688),
        thawed=5,
    ),
    Backbone(
        _entry("VGG19", "vgg", "VGG16 with three layers more."),
        "vgg19",
        32,
        _one("vgg19", "vgg19", "253f8cb515780f3b799900260a226db6", 20_024_384),
        thawed=6,
    ),
    Backbone(
        _entry("ResNet50", "resnet", "Fifty layers with shortcuts around every three: the usual measure of others."),
        "resnet50",
        32,
        _one("resnet", "resnet50", "4d473c1dd8becc155b73f8504c6f6626", 23_587_712),
        thawed=33,
    ),
    Backbone(
        _entry("ResNet50V2", "resnet", "ResNet50 with normalisation and activation before each convolution."),
        "resnet_v2",
        32,
        _one("resnet", "resnet50v2", "fac2f116257151a9d068a22e544a4917", 23_564_800),
        thawed=36,
    ),
    Backbone(
        _entry("InceptionV3", "inceptionv3", "Windows of several sizes side by side; for images of 75 pixels and up."),
        "inception_v3",
        75,
        _one("inception_v3", "inception_v3", "bcbd6486424b2319ff4ef7d526e38f63", 21_802_784),
        thawed=63,
    ),
    Backbone(
        _entry("Xception", "xception", "Separable convolutions with shortcuts; for images of 71 pixels and up."),
        "xception",
        71,
        _one("xception", "xception", "b0042744bf5b25fce3cb969f33bebb97", 20_861_480),
        thawed=17,
    ),
    Backbone(
        _entry("DenseNet121", "densenet", "Every layer of a block reads all layers before it: few weights, many maps."),
        "densenet",
        32,
        _one("densenet", "densenet121", "30ee3e1110167f948a6b9946edeeb738", 7_037_504),
        thawed=115,
    ),
)

BACKBONES: Mapping[str, Backbone] = {each.entry.id: each for each in _ALL}
"""By Keras's name, in teaching order."""

ENTRIES: tuple[Entry, ...] = tuple(each.entry for each in _ALL)
"""What can be chosen, in teaching order."""
