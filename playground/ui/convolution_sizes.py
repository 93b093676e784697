"""How large the result of a convolution is: the formula, with the numbers put in."""

from typing import NamedTuple

import streamlit as st

from playground.locale.text import _
from playground.ui.lab_answers import Answer


class Going(NamedTuple):
    """How something goes over one axis: how long it is, how far it moves, how far apart its parts lie."""

    side: int
    stride: int
    padding: str = "valid"
    dilation: int = 1


def output_size(size: int, going: Going) -> int:
    """How many places there are on an axis of ``size`` pixels.

    As https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2 has it.
    """
    if going.padding == "same":
        return -(-size // going.stride)
    reach = going.dilation * (going.side - 1) + 1
    return (size - reach) // going.stride + 1


def spelled(size: int, going: Going) -> str:
    """The formula with its numbers and what it comes to, as LaTeX."""
    out = output_size(size, going)
    if going.padding == "same":
        return rf"\left\lceil \frac{{{size}}}{{{going.stride}}} \right\rceil = {out}"
    reach = rf"{going.dilation}\,({going.side} - 1)" if going.dilation > 1 else f"({going.side} - 1)"
    return rf"\left\lfloor \frac{{{size} - {reach} - 1}}{{{going.stride}}} \right\rfloor + 1 = {out}"


def panel(found: Answer, kernel: tuple[int, int], going: Going, pool: int) -> None:
    """Draw the formula for height and width, of the pooling too, and the shape that Keras gave.

    Args:
        found: the answer to the question of the convolution.
        kernel: its height and width.
        going: stride, padding and dilation.
        pool: pixels a side that pooling makes one of; 0 without pooling.
    """
    st.markdown(f"#### {_('Size of the result')}")
    picture = found.arrays["picture"]
    general = r"\left\lceil n / s \right\rceil"
    if going.padding == "valid":
        general = r"\left\lfloor \frac{n - d\,(k - 1) - 1}{s} \right\rfloor + 1"
    lines = [rf"&{general}"]
    for name, size, side in zip((_("height"), _("width")), picture.shape, kernel, strict=False):
        lines.append(rf"\text{{{name}}}\quad & {spelled(size, going._replace(side=side))}")
    main, side_by = st.columns([1, 1.6], gap="medium", vertical_alignment="center")
    with main:
        st.latex(r"\footnotesize \begin{aligned}" + r" \\[8pt] ".join(lines) + r"\end{aligned}\,")
    with side_by:
        _words(found, pool)


def _words(found: Answer, pool: int) -> None:
    picture, output = found.arrays["picture"], found.arrays["output"]
    said = [
        _(
            "n: pixels of the picture, k: side of the kernel, s: stride, d: dilation. Keras's shape: **{shape}**."
        ).format(shape=_shape(output.shape))
    ]
    if "pooled" in found.arrays:
        words = _("Pooling makes one number of {pool} × {pool}, leaving what does not fill a square: **{shape}**.")
        said.append(words.format(pool=pool, shape=_shape(found.arrays["pooled"].shape)))
    words = _(
        "{weights} weights make all {places} numbers. A Dense layer from {pixels} numbers to {places} "
        "would have {dense}."
    )
    sizes = {"places": output.size, "pixels": picture.size, "dense": picture.size * output.size}
    sizes["weights"] = int(found.values["weights"])
    said.append(words.format(**{name: f"{each:,}" for name, each in sizes.items()}))
    st.markdown("  \n".join(f":small[:gray[{each}]]" for each in said))


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(str(each) for each in (*shape, 1))})"
