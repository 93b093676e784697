"""Draws the pictures on the cards from real data, for both themes.

Those of the examples are static/recipes/<recipe>-light.png and -dark.png, those of the datasets the same in
static/datasets. Run it from the repository's root: ``PYTHONPATH=. python tools/pictures.py [--mnist mnist.npz]``. The
pictures are checked in, so this is needed only when an example or a dataset comes or the colours change. MNIST does
not come with scikit-learn: without its file, its pictures stay as they are.
"""

import argparse
import functools
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine
from sklearn.svm import SVC

from playground.catalog import entries, entry
from playground.data import SOURCES
from playground.settings import settings

STATIC = Path(__file__).parents[1] / "static"
WIDTH, HEIGHT = 600, 300  # twice what a card shows, for dense screens
FINER = 2  # drawn so many times larger, then made smaller: Pillow's circles have no smooth edges of their own
MARGIN = 34


@dataclass(frozen=True)
class Look:
    """The colours of one theme, as in .streamlit/config.toml."""

    ground: str
    text: str
    positive: str
    negative: str
    middle: str
    rim: str
    series: tuple[str, ...]


LOOKS = {
    "light": Look("#F3F5F8", "#11151A", "#0877BD", "#F59322", "#EEF0F2", "#FFFFFF", ("#0072B2", "#D55E00", "#009E73")),
    "dark": Look("#1E2328", "#E6E8EB", "#4AA8E8", "#FFA53D", "#1E2328", "#111417", ("#56B4E9", "#F5A34A", "#2FC79A")),
}


def mixed(values: np.ndarray, low: str, high: str) -> np.ndarray:
    """Colours, shape ``(*values.shape, 3)`` uint8, from ``low`` at 0 to ``high`` at 1."""
    first, last = (np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float) for colour in (low, high))
    return np.round(first + (last - first) * np.clip(values, 0, 1)[..., None]).astype("u1")


def blank(look: Look) -> Image.Image:
    """An empty picture, FINER times larger than it will be."""
    return Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), look.ground)


def sheet(look: Look, images: np.ndarray, columns: int, side: int) -> Image.Image:
    """Grey images, shape (n, height, width) from 0 to 1, in rows of ``columns``, each ``side`` pixels wide."""
    picture, step, edge = blank(look), (side + 14) * FINER, side * FINER
    rows = -(-len(images) // columns)
    left = (picture.width - columns * step + 14 * FINER) // 2
    top = (picture.height - rows * step + 14 * FINER) // 2
    for at, image in enumerate(images):
        tile = Image.fromarray(mixed(image, look.ground, look.text)).resize((edge, edge), Image.Resampling.NEAREST)
        picture.paste(tile, (left + at % columns * step, top + at // columns * step))
    return picture


def dots(picture: Image.Image, points: np.ndarray, colours: Iterable[str], rim: str, radius: int) -> None:
    """Draw circles at ``points``, shape (n, 2), in pixels of the finished picture."""
    draw, r = ImageDraw.Draw(picture), radius * FINER
    for (x, y), colour in zip(points * FINER, colours, strict=True):
        draw.ellipse([x - r, y - r, x + r, y + r], fill=colour, outline=rim, width=FINER * 2)


def digits_mlp(look: Look) -> Image.Image:
    """The first 18 digits."""
    return sheet(look, load_digits().images[:18] / 16, 6, 72)


def digits_cnn(look: Look) -> Image.Image:
    """One digit, and what four small convolutions answer to it: positive blue, negative orange."""
    image = load_digits().images[4] / 16
    ramp = np.array([[-1, 0, 1]] * 3) / 3
    corner = np.array([[0, 1, 1], [-1, 0, 1], [-1, -1, 0]]) / 3
    picture, gap = blank(look), 16 * FINER
    large = (HEIGHT - 2 * MARGIN) * FINER
    small = (large - gap) // 2
    left = (picture.width - large - 3 * gap - 2 * small) // 2
    tile = Image.fromarray(mixed(image, look.ground, look.text)).resize((large, large), Image.Resampling.NEAREST)
    picture.paste(tile, (left, MARGIN * FINER))
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, 1), (3, 3))
    for at, kernel in enumerate((ramp, ramp.T, corner, corner[:, ::-1])):
        answer = (windows * kernel).sum((2, 3))
        answer /= np.abs(answer).max()
        colours = np.where(
            answer[..., None] > 0, mixed(answer, look.ground, look.positive), mixed(-answer, look.ground, look.negative)
        )
        tile = Image.fromarray(colours).resize((small, small), Image.Resampling.NEAREST)
        column, row = at % 2, at // 2
        picture.paste(tile, (left + large + 2 * gap + column * (small + gap), MARGIN * FINER + row * (small + gap)))
    return picture


def spread(look: Look, values: np.ndarray, colours: Iterable[str], radius: int = 9) -> Image.Image:
    """Two columns against each other, shape (n, 2), each over its own range."""
    at = (values - values.min(0)) / np.ptp(values, axis=0)
    points = np.column_stack([70 + at[:, 0] * (WIDTH - 140), HEIGHT - MARGIN - at[:, 1] * (HEIGHT - 2 * MARGIN)])
    picture = blank(look)
    dots(picture, points, colours, look.ground, radius)
    return picture


def iris(look: Look) -> Image.Image:
    """Petal length against petal width, coloured by species."""
    flowers = load_iris()
    return spread(look, flowers.data[:, 2:], (look.series[kind] for kind in flowers.target))


def wine(look: Look) -> Image.Image:
    """Proline against flavanoids, coloured by grower."""
    wines = load_wine()
    return spread(look, wines.data[:, [12, 6]], (look.series[kind] for kind in wines.target))


def breast_cancer(look: Look) -> Image.Image:
    """Mean radius against mean concave points, coloured by diagnosis."""
    tumours = load_breast_cancer()
    return spread(look, tumours.data[:, [0, 7]], (look.series[kind] for kind in tumours.target), 7)


def diabetes(look: Look) -> Image.Image:
    """The target against the body mass index."""
    patients = load_diabetes()
    values = np.column_stack([patients.data[:, 2], patients.target])
    return spread(look, values, (look.series[0] for _ in patients.target), 7)


def points(look: Look, source: str) -> Image.Image:
    """Points in the plane as the app generates them, coloured by class or by value."""
    made = SOURCES[source]
    options = {param.name: param.default for param in entry("datasets", source).params} | {"n_samples": 240}
    if "n_samples" not in {param.name for param in entry("datasets", source).params}:
        options.pop("n_samples")
    rows = made.load(options, 7, settings(), lambda fraction, message: None)
    if made.input_shape == (1,):
        return spread(look, np.column_stack([rows.x[:, 0], rows.y]), (look.series[0] for _ in rows.y), 6)
    scale = (HEIGHT / 2 - MARGIN / 2) / max(1.0, np.abs(rows.x).max())
    at = np.column_stack([WIDTH / 2 + rows.x[:, 0] * scale * 1.3, HEIGHT / 2 - rows.x[:, 1] * scale])
    picture = blank(look)
    if made.classes:
        colours = [look.series[int(label)] for label in rows.y]
    else:
        strength = np.abs(rows.y) / np.abs(rows.y).max()
        ends = (mixed(strength, look.middle, colour) for colour in (look.negative, look.positive))
        colours = [tuple(high if y > 0 else low) for y, low, high in zip(rows.y, *ends, strict=True)]
    dots(picture, at, colours, look.ground, 7)
    return picture


def table(look: Look, source: str, across: str, up: str = "", is_log: bool = False) -> Image.Image:
    """A table's target, or its column ``up``, over one of its columns, in the colours of the classes."""
    made = SOURCES[source]
    rows = made.load({}, 7, settings(), lambda fraction, message: None)
    x = rows.x.arrays[made.features.index(across)]
    x = np.log1p(x) if is_log else x
    values = np.column_stack([x, rows.x.arrays[made.features.index(up)] if up else rows.y])
    is_whole = np.isfinite(values).all(axis=1)
    colours = [look.series[int(label)] if made.classes else look.series[0] for label in rows.y[is_whole]]
    return spread(look, values[is_whole], colours, 5 if len(x) > 1_000 else 7)


def lines(look: Look, series: Sequence[np.ndarray]) -> Image.Image:
    """Values over their places, a line each."""
    picture = blank(look)
    draw, every = ImageDraw.Draw(picture), np.concatenate([np.ravel(values) for values in series])
    for number, values in enumerate(series):
        x = np.linspace(70, WIDTH - 70, len(values))
        y = HEIGHT - MARGIN - (values - every.min()) / np.ptp(every) * (HEIGHT - 2 * MARGIN)
        at = [tuple(point) for point in np.column_stack([x, y]) * FINER]
        draw.line(at, fill=look.series[number % len(look.series)], width=3 * FINER, joint="curve")
    return picture


def series(look: Look, source: str) -> Image.Image:
    """The first values of a series that needs no file."""
    options = {param.name: param.default for param in entry("datasets", source).params} | {"difference": False}
    rows = SOURCES[source].load(options, 7, settings(), lambda fraction, message: None)
    return lines(look, [np.asarray(rows.y[:180])])


def drawn(source: str, **options: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and answers of a few sequences."""
    given = {param.name: param.default for param in entry("datasets", source).params} | options
    rows = SOURCES[source].load(given, 7, settings(), lambda fraction, message: None)
    return np.asarray(rows.x), np.asarray(rows.y)


def sequences(look: Look, source: str) -> Image.Image:
    """Nine sequences, each beginning at 0."""
    x, _ = drawn(source, n_samples=9, length=6)
    return lines(look, [sequence - sequence[0] for sequence in x[:, :, 0]])


def answered(look: Look, source: str) -> Image.Image:
    """Sequences of numbers that come in, in one colour, and those that answer, in another."""
    n = 1 if source == "aligned" else 3
    x, y = drawn(source, n_samples=n)
    picture = blank(look)
    draw = ImageDraw.Draw(picture)
    asked = [x[..., number] for number in range(x.shape[-1])] if x.ndim == 3 else []
    first = asked[0].shape[1] if asked and source == "continuation" else 0
    rows = [*((values, 0, 0) for values in asked), (y[..., 0], first, 1)]
    low, high = min(values.min() for values, _, _ in rows), max(values.max() for values, _, _ in rows)
    steps = max(start + values.shape[1] for values, start, _ in rows)
    for values, start, colour in rows:
        for line in values:
            across = 60 + (start + np.arange(len(line))) * (WIDTH - 120) / (steps - 1)
            up = HEIGHT - MARGIN - (line - low) / (high - low) * (HEIGHT - 2 * MARGIN)
            at = [tuple(point) for point in np.column_stack([across, up]) * FINER]
            draw.line(at, fill=look.series[colour], width=3 * FINER, joint="curve")
            for left, top in at:
                edge = 7 * FINER
                draw.ellipse((left - edge, top - edge, left + edge, top + edge), fill=look.series[colour])
    return picture


def spelled(look: Look, source: str) -> Image.Image:
    """Texts and their answers, character by character, an arrow between them."""
    symbols = SOURCES[source].given({param.name: param.default for param in entry("datasets", source).params}).symbols
    x, y = drawn(source, n_samples=10)
    picture = blank(look)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(46 * FINER)
    for row in range(3):
        top = (52 + row * 98) * FINER
        for left, numbers, colour in ((40, x[row], look.text), (360, y[row], look.series[0])):
            for at, number in enumerate(numbers):
                draw.text(((left + at * 42 + 21) * FINER, top), symbols[number], colour, font, anchor="mm")
        draw.text((304 * FINER, top), "›", look.series[1], font, anchor="mm")
    return picture


def spiral(look: Look) -> Image.Image:
    """Two spirals, and the regions that a classifier fitted to them finds."""
    draws = np.random.default_rng(7)
    angle = np.sqrt(np.linspace(0.02, 1, 90)) * 2.2 * 2 * np.pi
    arm = np.column_stack([np.cos(angle), np.sin(angle)]) * (angle / angle.max())[:, None]
    points = np.concatenate([arm, -arm]) + draws.normal(0, 0.012, (180, 2))
    labels = np.repeat([1, -1], 90)
    wide, high = WIDTH // 2, HEIGHT // 2
    scale = high / 2 / 1.08
    x, y = np.meshgrid((np.arange(wide) - wide / 2) / scale, (high / 2 - np.arange(high)) / scale)
    fitted = SVC(C=100, gamma=30).fit(points, labels)
    score = fitted.decision_function(np.column_stack([x.ravel(), y.ravel()])).reshape(high, wide)
    strength = np.tanh(1.5 * np.abs(score)) * 0.72
    above, below = (mixed(strength, look.middle, colour) for colour in (look.positive, look.negative))
    field = Image.fromarray(np.where((score > 0)[..., None], above, below))
    picture = field.resize((WIDTH * FINER, HEIGHT * FINER), Image.Resampling.BICUBIC)
    at = np.column_stack([WIDTH / 2 + points[:, 0] * scale * 2, HEIGHT / 2 - points[:, 1] * scale * 2])
    dots(picture, at, (look.positive if label > 0 else look.negative for label in labels), look.rim, 6)
    return picture


def mnist(look: Look, file: Path) -> Image.Image:
    """The first 18 digits of MNIST's training part."""
    with np.load(file, allow_pickle=False) as arrays:
        return sheet(look, arrays["x_train"][:18] / 255, 6, 72)


CLOTHES = (
    (((4, 6), (10, 4), (18, 4), (24, 6), (26, 12), (21, 14), (20, 10), (20, 25), (8, 25), (8, 10), (7, 14), (2, 12)),),
    (((8, 3), (20, 3), (22, 26), (16, 26), (14, 10), (12, 26), (6, 26)),),
    (((11, 3), (17, 3), (17, 10), (22, 26), (6, 26), (11, 10)),),
    (((3, 18), (12, 12), (18, 16), (26, 18), (26, 22), (3, 22)),),
    (
        ((4, 12), (24, 12), (26, 25), (2, 25)),
        ((9, 12), (10, 6), (18, 6), (19, 12), (17, 12), (16, 8), (12, 8), (11, 12)),
    ),
    (((8, 4), (17, 4), (17, 15), (26, 19), (26, 24), (6, 24)),),
)
"""Six kinds of clothing as outlines on 28 × 28 pixels, by our own hand: Fashion-MNIST's pictures are not shipped."""


def fashion(look: Look) -> Image.Image:
    """Pieces of clothing in the pixels of Fashion-MNIST."""
    tiles = []
    for at in range(18):
        tile = Image.new("L", (28, 28))
        draw = ImageDraw.Draw(tile)
        for outline in CLOTHES[at * 5 % 6]:
            draw.polygon(outline, fill=130 + at * 53 % 126)
        tiles.append(np.asarray(tile) / 255)
    return sheet(look, np.array(tiles), 6, 72)


THINGS = (
    (((4, 19), (28, 19), (24, 26), (8, 26)), ((13, 19), (13, 12), (20, 12), (20, 19)), ((15, 12), (15, 7), (18, 7))),
    (
        ((3, 22), (3, 11), (19, 11), (19, 22)),
        ((19, 22), (19, 14), (25, 14), (29, 18), (29, 22)),
        ((6, 22), (10, 22), (8, 26)),
    ),
    (
        ((2, 15), (25, 14), (30, 17), (25, 18), (2, 17)),
        ((12, 15), (18, 5), (21, 5), (19, 15)),
        ((2, 16), (2, 10), (7, 15)),
    ),
    (((3, 21), (6, 16), (11, 15), (14, 11), (22, 11), (25, 16), (29, 17), (29, 21)), ((7, 21), (12, 21), (9, 25))),
    (((4, 14), (16, 18), (28, 12), (18, 21), (12, 21)), ((16, 18), (24, 6), (20, 20)), ((4, 14), (9, 14), (12, 21))),
)
"""A ship, a truck, an aeroplane, a car and a bird as outlines in 32 × 32 pixels."""


def photographs(look: Look, columns: int) -> Image.Image:
    """Things before a coloured ground in the pixels of CIFAR."""
    rng = np.random.default_rng(columns)
    picture, side = blank(look), (HEIGHT - 60) // 3 - 14
    step = (side + 14) * FINER
    left = (picture.width - columns * step + 14 * FINER) // 2
    for at in range(3 * columns):
        above, below, thing = (tuple(int(v) for v in rng.integers(low, low + 90, 3)) for low in (130, 70, 20))
        tile = Image.new("RGB", (32, 32), above)
        draw = ImageDraw.Draw(tile)
        draw.rectangle((0, int(rng.integers(18, 26)), 32, 32), fill=below)
        for outline in THINGS[at % len(THINGS)]:
            draw.polygon(outline, fill=thing)
        tile = tile.resize((side * FINER, side * FINER), Image.Resampling.NEAREST)
        picture.paste(tile, (left + at % columns * step, 30 * FINER + at // columns * step + 7 * FINER))
    return picture


def texts(look: Look, n_classes: int) -> Image.Image:
    """Lines of words, and the class of each line as the colour of its dot."""
    rng = np.random.default_rng(n_classes)
    picture = blank(look)
    draw = ImageDraw.Draw(picture)
    high, step = 12 * FINER, 36 * FINER
    for line in range(7):
        y, x = MARGIN * FINER + line * step, (MARGIN + 30) * FINER
        colour = look.series[line * 3 % n_classes % len(look.series)]
        draw.ellipse((MARGIN * FINER, y, MARGIN * FINER + high, y + high), fill=colour)
        while (wide := int(rng.integers(20, 80)) * FINER) + x < picture.width - MARGIN * FINER:
            draw.rounded_rectangle((x, y, x + wide, y + high), high // 2, fill=mixed_one(look, 0.35))
            x += wide + 10 * FINER
    return picture


def mixed_one(look: Look, share: float) -> tuple[int, ...]:
    """One colour between the ground and the text."""
    return tuple(int(value) for value in mixed(np.array(share), look.ground, look.text))


def houses(look: Look) -> Image.Image:
    """Blocks of houses along a coast, dearer ones in the colour of higher values."""
    rng = np.random.default_rng(3)
    along, inland = rng.uniform(0, 1, 150), rng.exponential(0.25, 150)
    places = np.column_stack([0.12 + 0.6 * along + inland * 0.5, along + 0.06 * np.sin(9 * along) - inland * 0.3])
    picture = blank(look)
    size = np.array([WIDTH, HEIGHT]) - 2 * MARGIN
    inside = places[(places > 0).all(axis=1) & (places < 1).all(axis=1)]
    colours = [look.positive if x < 0.25 + 0.62 * y else look.negative for x, y in inside]
    dots(picture, MARGIN + inside * size, colours, look.rim, 9)
    return picture


def cars(look: Look) -> Image.Image:
    """Heavier cars go less far: points in that shape."""
    rng = np.random.default_rng(5)
    weight = rng.uniform(1.6, 5.1, 300)
    values = np.column_stack([weight, 70 / weight * np.exp(rng.normal(0, 0.13, 300))])
    return spread(look, values, (look.series[0] for _ in values), 7)


def gems(look: Look) -> Image.Image:
    """Prices that climb with weights, many of which are just above a round number: points in that shape."""
    rng = np.random.default_rng(6)
    carat = np.concatenate([at + rng.exponential(0.07, n) for at, n in ((0.3, 260), (0.7, 150), (1, 150), (1.5, 60))])
    values = np.column_stack([carat, carat**1.7 * np.exp(rng.normal(0, 0.25, len(carat)))])
    return spread(look, values, (look.series[0] for _ in values), 6)


def main() -> None:
    """Draw every picture in both themes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mnist", type=Path, help="mnist.npz, or a part of it, with x_train")
    file = parser.parse_args().mnist
    recipes = {"digits-mlp": digits_mlp, "digits-cnn": digits_cnn, "iris-mlp": iris, "spiral": spiral}
    recipes["fashion-mnist"] = fashion
    datasets = {"digits": digits_mlp, "iris": iris, "wine": wine, "breast_cancer": breast_cancer, "diabetes": diabetes}
    datasets["fashion_mnist"] = fashion
    datasets["cifar10"] = functools.partial(photographs, columns=6)
    datasets["cifar100"] = functools.partial(photographs, columns=7)
    datasets["california_housing"] = houses
    datasets["imdb"] = functools.partial(texts, n_classes=2)
    datasets["reuters"] = functools.partial(texts, n_classes=5)
    for each in entries("datasets"):
        if each.group == "2-D points":
            datasets[each.id] = functools.partial(points, source=each.id)
    for name, across in {"tips": "total_bill", "wind": "strength"}.items():
        datasets[name] = functools.partial(table, source=name, across=across)
    datasets["election"] = functools.partial(table, source="election", across="Bergeron", up="Coderre")
    datasets["gapminder"] = functools.partial(table, source="gapminder", across="gdpPercap", is_log=True)
    datasets |= {"mpg": cars, "diamonds": gems}
    files = {"penguins": ("bill_length_mm", "bill_depth_mm", False), "titanic": ("fare", "age", True)}
    for name, (across, up, is_log) in files.items():
        stamp = SOURCES[name].stamp
        if stamp is None or stamp(settings()) is None:
            print(f"{name}.csv is not in {settings().datasets_dir}: its pictures stay as they are.", file=sys.stderr)
            continue
        datasets[name] = functools.partial(table, source=name, across=across, up=up, is_log=is_log)
    for name in ("seasonal", "stocks"):
        datasets[name] = functools.partial(series, source=name)
    for name in ("next_value", "trend"):
        datasets[name] = functools.partial(sequences, source=name)
    for name in ("aligned", "continuation", "unfolded"):
        datasets[name] = functools.partial(answered, source=name)
    for name in ("reversed", "addition"):
        datasets[name] = functools.partial(spelled, source=name)
    if file is None:
        print("No --mnist: its pictures stay as they are.", file=sys.stderr)
    else:
        recipes["mnist-ann"] = datasets["mnist"] = functools.partial(mnist, file=file)
    for folder, drawings in (("recipes", recipes), ("datasets", datasets)):
        (STATIC / folder).mkdir(parents=True, exist_ok=True)
        for name, drawing in drawings.items():
            for theme, look in LOOKS.items():
                picture = drawing(look).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
                path = STATIC / folder / f"{name}-{theme}.png"
                picture.quantize(256).save(path, optimize=True)
                print(path.relative_to(STATIC.parent), path.stat().st_size)


if __name__ == "__main__":
    main()
