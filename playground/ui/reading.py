"""Says that a run reads its data while it trains, and why."""

from playground.locale.text import _
from playground.runs import Run
from playground.settings import setting
from playground.specs.rules.memory import in_words


def words(run: Run) -> str:
    """One sentence; empty for a run whose data lies on its device."""
    if run.streamed is None:
        return ""
    said = _("The data is read while training: {size} do not fit into the {room} that a run keeps of it ({setting}).")
    size, room = in_words(run.streamed["bytes"]), in_words(run.streamed["room_bytes"])
    return said.format(size=size, room=room, setting=setting("resident_mb"))
