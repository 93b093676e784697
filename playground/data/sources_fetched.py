"""The sources whose data is downloaded once, besides MNIST and Fashion-MNIST: images, tables and texts."""

from playground.data.california_housing import CALIFORNIA_HOUSING
from playground.data.cifar import CIFAR
from playground.data.source import Source
from playground.data.sources_texts import WORD_SETS

FETCHED_IMAGES: dict[str, Source] = CIFAR
FETCHED_TABLES: dict[str, Source] = {"california_housing": CALIFORNIA_HOUSING}
FETCHED_TEXTS: dict[str, Source] = WORD_SETS
