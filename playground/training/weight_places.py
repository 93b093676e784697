"""Where Keras writes the weights of a layer in a weights file."""

from collections.abc import Sequence

from keras.src.utils.naming import to_snake_case


def weight_places(kinds: Sequence[str], start: str = "") -> list[str]:
    """The paths of the layers of a model, by their class names in order: by class, counted.

    Args:
        kinds: class names; those without a place of their own are empty.
        start: the path of the model itself, which is empty or ends in a slash.
    """
    count: dict[str, int] = {}
    places = []
    for kind in kinds:
        if not kind:
            places.append("")
            continue
        stem = to_snake_case(kind)
        at = count[stem] = count.get(stem, -1) + 1
        places.append(f"{start}layers/{stem}{f'_{at}' if at else ''}/")
    return places
