"""Draws the pictures on the cards of the examples, and of the datasets that these need, from real data.

Run it from the repository's root: ``PYTHONPATH=. python tools/recipe_pictures.py [NAME ...]``. Data that is downloaded
is read from the folder of datasets (``PLAYGROUND_HOME``); without its file, a picture stays as it is. An example whose
data nobody may pass on is drawn as its own network.
"""

import itertools
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from sklearn.decomposition import PCA

from playground import data, recipes
from playground.data.options import chosen
from playground.data.sets.known_source import known_source
from playground.recipes import Recipe
from playground.settings import settings
from playground.specs import LayerSpec
from playground.specs.first_dataset import first_dataset
from tools.pictures import (
    FINER,
    HEIGHT,
    LOOKS,
    MARGIN,
    STATIC,
    WIDTH,
    Look,
    blank,
    lines,
    mixed,
    mixed_one,
    sheet,
    spread,
    texts,
)

Draw = Callable[[Look, Recipe], Image.Image]
_MOST = 11
_SIZES = ("units", "filters", "output_dim", "n")


def rows_of(recipe: Recipe) -> data.source.Loaded:
    """The rows that the recipe learns from, as they come."""
    dataset = recipe.spec.dataset
    options = chosen("datasets", dataset.source, dataset.options)
    return known_source(dataset).load(options, recipe.spec.seed, settings(), lambda fraction, message: None)


def is_here(recipe: Recipe) -> bool:
    """Whether its data needs no download, or has had it."""
    stamp = known_source(recipe.spec.dataset).stamp
    return stamp is None or stamp(settings()) is not None


def images(look: Look, recipe: Recipe) -> Image.Image:
    """18 of its images, others for every recipe."""
    found = rows_of(recipe)
    first = recipe.order * 18
    x = np.asarray(found.x)[first : first + 18]
    return sheet(look, x / x.max(), 6, 72)


def answers(look: Look, recipe: Recipe) -> Image.Image:
    """An image, and what four small convolutions answer to it: positive blue, negative orange."""
    image = np.asarray(rows_of(recipe).x)[recipe.order] / np.asarray(rows_of(recipe).x)[recipe.order].max()
    ramp = np.array([[-1, 0, 1]] * 3) / 3
    corner = np.array([[0, 1, 1], [-1, 0, 1], [-1, -1, 0]]) / 3
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, 1), (3, 3))
    tiles = [mixed(image, look.ground, look.text)]
    for kernel in (ramp, ramp.T, corner, corner[:, ::-1]):
        answer = (windows * kernel).sum((2, 3))
        answer /= np.abs(answer).max()
        above, below = mixed(answer, look.ground, look.positive), mixed(-answer, look.ground, look.negative)
        tiles.append(np.where(answer[..., None] > 0, above, below))
    return row_of(look, tiles, 5, 100)


def row_of(look: Look, tiles: Iterable[np.ndarray], columns: int, side: int) -> Image.Image:
    """Coloured images, shape (height, width, 3) uint8, in rows of ``columns``, each ``side`` pixels wide."""
    made, picture, step = list(tiles), blank(look), (side + 14) * FINER
    rows = -(-len(made) // columns)
    left = (picture.width - columns * step + 14 * FINER) // 2
    top = (picture.height - rows * step + 14 * FINER) // 2
    for at, tile in enumerate(made):
        image = Image.fromarray(tile).resize((side * FINER, side * FINER), Image.Resampling.NEAREST)
        picture.paste(image, (left + at % columns * step, top + at // columns * step))
    return picture


def outputs(look: Look, recipe: Recipe) -> Image.Image:
    """Images, and beside each the ten outputs: all nine that are rightly off, and the one that should be on."""
    found = rows_of(recipe)
    picture = blank(look)
    draw, side = ImageDraw.Draw(picture), 44 * FINER
    for at, (image, label) in enumerate(zip(found.x[:10], found.y[:10], strict=True)):
        left, top = (40 + at % 2 * 275) * FINER, (22 + at // 2 * 53) * FINER
        tile = Image.fromarray(mixed(image / 16, look.ground, look.text)).resize((side, side), Image.Resampling.NEAREST)
        picture.paste(tile, (left, top))
        for place in range(10):
            x, y, r = left + side + (20 + 19 * place) * FINER, top + side // 2, 7 * FINER
            colour = look.negative if place == label else mixed_one(look, 0.25)
            draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
    return picture


def reconstructions(look: Look, recipe: Recipe) -> Image.Image:
    """Images above what eight principal components make of them, the linear autoencoder's best."""
    x = np.asarray(rows_of(recipe).x, float).reshape(-1, 64) / 16
    fitted = PCA(8).fit(x)
    back = np.clip(fitted.inverse_transform(fitted.transform(x[:6])), 0, 1)
    return sheet(look, np.concatenate([x[:6], back]).reshape(-1, 8, 8), 6, 82)


def line(look: Look, recipe: Recipe) -> Image.Image:
    """One number over another, and the line of least squares."""
    found = rows_of(recipe)
    source = known_source(recipe.spec.dataset)
    features = recipe.spec.dataset.features
    x = np.asarray(found.x, float)[:, source.features.index(features[0]) if features else 0]
    values = np.column_stack([x, found.y])
    picture = spread(look, values, (look.series[0] for _ in x), 9)
    slope, height = np.polyfit(x, found.y, 1)
    ends = np.array([[at, slope * at + height] for at in (x.min(), x.max())])
    at = (ends - values.min(0)) / np.ptp(values, axis=0)
    points = np.column_stack([70 + at[:, 0] * (WIDTH - 140), HEIGHT - MARGIN - at[:, 1] * (HEIGHT - 2 * MARGIN)])
    ImageDraw.Draw(picture).line([tuple(each) for each in points * FINER], fill=look.series[1], width=4 * FINER)
    return picture


def classes(across: int, up: int) -> Draw:
    """Two columns against each other in the colours of the classes; those of points alike on both axes."""

    def drawn(look: Look, recipe: Recipe) -> Image.Image:
        found = rows_of(recipe)
        x = np.asarray(found.x, float)[:400, [across, up]]
        whole = (x > 0).all(axis=1) | (x.min() < 0).repeat(len(x))  # a 0 for what was not measured
        ten = (*look.series, look.positive, look.negative, look.text, *look.series, look.text)
        return spread(look, x[whole], (ten[int(label)] for label in found.y[:400][whole]), 7)

    return drawn


def values(look: Look, recipe: Recipe) -> Image.Image:
    """The first values of a series."""
    return lines(look, [np.asarray(rows_of(recipe).y, float)[:180]])


def whole(look: Look, recipe: Recipe) -> Image.Image:
    """A series from beginning to end."""
    return lines(look, [np.asarray(rows_of(recipe).y, float)])


def sequences(look: Look, recipe: Recipe) -> Image.Image:
    """Six sequences, each from its beginning on, with what is to be said of them."""
    found = rows_of(recipe)
    drawn = []
    for x, y in zip(np.asarray(found.x, float)[:6], found.y[:6], strict=True):
        steps = [x[:, column] - x[0, 0] for column in range(x.shape[1])]
        is_number = np.issubdtype(found.y.dtype, np.floating)
        if is_number and x.shape[1] == 1:
            steps[0] = np.concatenate([steps[0], np.ravel(y) - x[0, 0]])
        drawn += steps
    return lines(look, drawn)


def letters(look: Look, recipe: Recipe) -> Image.Image:
    """Symbols as squares, and the same backwards below."""
    found = rows_of(recipe)
    x, y = np.asarray(found.x)[:3], np.asarray(found.y)[:3]
    most = max(x.max(), y.max())
    tiles = []
    for before, after in zip(x, y, strict=True):
        for each in (before, after):
            tiles += [
                mixed(np.full((1, 1), 0.15 + 0.85 * symbol / most), look.ground, look.positive) for symbol in each
            ]
    return row_of(look, tiles, 2 * x.shape[1], 56)


def folds(look: Look, recipe: Recipe) -> Image.Image:
    """Which quarter of the rows validates each time; the test part stays the same."""
    args = recipe.spec.dataset.split.args
    picture, n = blank(look), args["folds"]
    draw, wide, high = ImageDraw.Draw(picture), (WIDTH - 150) / (n + 1), 34
    for row in range(n):
        top = (HEIGHT - n * (high + 20) + 20) / 2 + row * (high + 20)
        for column in range(n + 1):
            left = 70 + column * (wide + 3)
            colour = mixed_one(look, 0.25) if column == n else look.negative if row == column else look.positive
            box = [side * FINER for side in (left, top, left + wide - 3, top + high)]
            draw.rounded_rectangle(box, 6 * FINER, fill=colour)
    return picture


def network(look: Look, recipe: Recipe) -> Image.Image:
    """The recipe's own network, beside that of its first variant: a column a layer, higher where it has more units."""
    every = [recipe.spec, *(variant.of(recipe.spec) for variant in recipe.variants)][:2]
    picture = blank(look)
    share = WIDTH / len(every)
    for number, spec in enumerate(every):
        layers = spec.model.layers
        columns = [at for at, layer in enumerate(layers) if size_of(layer)]
        places = [
            column_of(layers[at], number * share + share * (n + 1) / (len(columns) + 1)) for n, at in enumerate(columns)
        ]
        draw = ImageDraw.Draw(picture)
        for before, after in itertools.pairwise(places):
            for one, other in itertools.product(before * FINER, after * FINER):
                draw.line((*one, *other), fill=mixed_one(look, 0.18), width=FINER)
        for place, at in zip(places, columns, strict=True):
            is_halved = at + 1 < len(layers) and layers[at + 1].kind == "Dropout"
            _units(look, picture, place, layers[at], is_last=at == columns[-1], is_halved=is_halved)
    return picture


def column_of(layer: LayerSpec, x: float) -> np.ndarray:
    """Where the dots of a layer lie, shape (n, 2): up to eleven, by its size on a logarithmic scale."""
    size = size_of(layer)
    n = min(size, 1 + round(np.log2(size) * (_MOST - 1) / 9), _MOST) if size > 1 else 1
    return np.column_stack([np.full(n, x), HEIGHT / 2 + (np.arange(n) - (n - 1) / 2) * 23])


def size_of(layer: LayerSpec) -> int:
    """How many units, filters or numbers a layer has; 0 for one without."""
    inner = layer.args.get("layer")
    args: Mapping[str, Any] = inner["args"] if isinstance(inner, Mapping) else layer.args
    return next((args[name] for name in _SIZES if isinstance(args.get(name), int)), 0)


def _units(
    look: Look, picture: Image.Image, at: np.ndarray, layer: LayerSpec, *, is_last: bool, is_halved: bool
) -> None:
    """Dots for a layer's units, squares for filters; smaller where weights cost, every other one faint with dropout."""
    colour = look.series[1] if is_last else look.series[0 if layer.kind == "Dense" else 2]
    draw, r = ImageDraw.Draw(picture), (6 if layer.args.get("kernel_regularizer") else 9) * FINER
    for number, (x, y) in enumerate(at * FINER):
        shape = draw.rectangle if "Conv" in layer.kind else draw.ellipse
        shape((x - r, y - r, x + r, y + r), fill=mixed_one(look, 0.25) if is_halved and number % 2 else colour)


DRAWINGS: dict[str, Draw] = {
    "linear-regression-by-hand": line,
    "iris-linear-regression": line,
    "iris-logistic-regression": classes(0, 1),
    "iris-sklearn-vs-keras": classes(1, 3),
    "xor": classes(0, 1),
    "random-labels": classes(0, 1),
    "pima-diabetes": classes(1, 5),
    "mnist-first-network": images,
    "mnist-ann": images,
    "mnist-mlp": images,
    "mnist-cnn-two-conv": answers,
    "mnist-cnn": answers,
    "a-number-that-lies": outputs,
    "boston-housing-kfold": folds,
    "sunspots-or-temperature-forecast": values,
    "sp500-lstm": whole,
    "sequence-next-value": sequences,
    "sequence-trend": sequences,
    "sequence-generation": sequences,
    "sequence-continuation": sequences,
    "sequence-to-sequence": letters,
    "autoencoder-digits": reconstructions,
}
"""How an example is drawn; the others of those without a picture of their own in tools/pictures.py as their network."""

OF_TOOLS = {"digits-mlp", "digits-cnn", "iris-mlp", "spiral", "fashion-mnist"}
"""Drawn by tools/pictures.py."""

DATASETS: dict[str, Draw] = {
    "pima_indians": classes(1, 5),
    "boston_housing": line,
    "sunspots": whole,
    "temperatures": whole,
    "sp500": whole,
    "random_labels": classes(0, 1),
    "movie_reviews": lambda look, recipe: texts(look, 2),
}


def saved(folder: str, name: str, drawn: Callable[[Look], Image.Image]) -> None:
    """Write a picture for both themes."""
    for theme, look in LOOKS.items():
        path = Path(STATIC) / folder / f"{name}-{theme}.png"
        drawn(look).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(256).save(path, optimize=True)
        print(path.relative_to(STATIC.parent), path.stat().st_size)


def main(wanted: list[str]) -> None:
    """Draw the pictures called so, or all of them."""
    for name in recipes.names():
        recipe, draw = recipes.recipe(name), DRAWINGS.get(name, network)
        if name in OF_TOOLS or (wanted and name not in wanted):
            continue
        if draw not in (network, folds) and not is_here(recipe):
            print(
                f"{name}: its data is not in {settings().datasets_dir}, its pictures stay as they are", file=sys.stderr
            )
            continue
        saved("recipes", name, lambda look, draw=draw, recipe=recipe: draw(look, recipe))
    anything = recipes.recipe("digits-mlp")
    for name, draw in DATASETS.items():
        if wanted and name not in wanted:
            continue
        dataset = first_dataset(name).model_copy(update={"features": ("RM",) if name == "boston_housing" else ()})
        spec = anything.spec.model_copy(update={"dataset": dataset})
        recipe = anything.model_copy(update={"spec": spec})
        if is_here(recipe):
            saved("datasets", name, lambda look, draw=draw, recipe=recipe: draw(look, recipe))


if __name__ == "__main__":
    main(sys.argv[1:])
