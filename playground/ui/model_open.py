"""Which row of the stack is open: at most one, by the layer's name."""

from playground.ui import draft

_OPEN = "open-layer"


def opened() -> str:
    """The name of the layer whose form is open; empty for none."""
    return draft.get(_OPEN, "")


def open_layer(name: str) -> None:
    """Open the row of the layer ``name``, and close any other; empty closes."""
    draft.put(_OPEN, name)


def toggle(name: str) -> None:
    """Open the row of the layer ``name``, or close it where it is open."""
    open_layer("" if opened() == name else name)
