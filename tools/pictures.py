"""Draws the pictures on the cards from real data, for both themes.

Those of the examples are static/recipes/<recipe>-light.png and -dark.png, those of the datasets the same in
static/datasets. Run it from the repository's root: ``PYTHONPATH=. python tools/pictures.py [--mnist mnist.npz]``. The
pictures are checked in, so this is needed only when an example or a dataset comes or the colours change. MNIST does
not come with scikit-learn: without its file, its pictures stay as they are.
"""

import argparse
import functools
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
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
    rows = made.load(options, 7, settings(), lambda fraction, message: None)
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


def main() -> None:
    """Draw every picture in both themes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mnist", type=Path, help="mnist.npz, or a part of it, with x_train")
    file = parser.parse_args().mnist
    recipes = {"digits-mlp": digits_mlp, "digits-cnn": digits_cnn, "iris-mlp": iris, "spiral": spiral}
    recipes["fashion-mnist"] = fashion
    datasets = {"digits": digits_mlp, "iris": iris, "wine": wine, "breast_cancer": breast_cancer, "diabetes": diabetes}
    datasets["fashion_mnist"] = fashion
    for each in entries("datasets"):
        if each.group == "2-D points":
            datasets[each.id] = functools.partial(points, source=each.id)
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
