"""A run to hand on: a link to the run itself on this server, and one that carries its settings anywhere."""

from playground.ui import share
from playground.ui.reader import View


def panel(view: View) -> None:
    """Draw the button that shows both links."""
    share.control(view.spec, view.run.id)
