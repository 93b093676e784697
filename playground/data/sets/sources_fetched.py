"""The sources whose data is downloaded once, besides MNIST and Fashion-MNIST: images, tables and texts."""

from playground.data.sets.california_housing import CALIFORNIA_HOUSING
from playground.data.sets.cifar import CIFAR
from playground.data.sets.movie_reviews import MOVIE_REVIEWS
from playground.data.sets.published_tables import PUBLISHED_TABLES
from playground.data.sets.sources_texts import WORD_SETS
from playground.data.source import Source

FETCHED_IMAGES: dict[str, Source] = CIFAR
FETCHED_TABLES: dict[str, Source] = {"california_housing": CALIFORNIA_HOUSING, **PUBLISHED_TABLES}
FETCHED_TEXTS: dict[str, Source] = {**WORD_SETS, "movie_reviews": MOVIE_REVIEWS}
