"""How people learn of a run that they do not look at: the title of the tab, and a notification at its end."""

import functools
import re

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v1.custom_component import CustomComponent

from playground.locale.text import _
from playground.runs import Run
from playground.ui import doing, run_words, shell
from playground.ui.reader import View

_MARKDOWN = re.compile(r"[*\\]|&ensp;")


def title(run: Run) -> None:
    """Have the browser's tab say how far ``run`` is; cheap enough for every tick."""
    st.set_page_config(page_title=f"{state(run)} · {run.name or _('Run')}")


def state(run: Run) -> str:
    """The state of ``run`` in a few characters: ``62 %``, ``✓ 0.984``, ``✗ Failed``."""
    if run.state == "running":
        return f"{100 * run.progress:.0f} %"
    if run.state == "finished":
        name = doing.main_metric(run)
        return f"✓ {run_words.value(run.metrics[name].last)}" if name is not None else f"✓ {_('Finished')}"
    word = run_words.chip(run.state).word
    return f"✗ {word}" if run.state in ("failed", "lost") else word


def panel(view: View) -> None:
    """Draw, while the run goes on, the button that asks for a notification at its end; give it when it has come."""
    run = view.run
    end = None
    if run.is_ended:
        end = {
            "title": f"{state(run)} · {run.name or _('Run')}",
            "body": " ".join(_MARKDOWN.sub(" ", doing.words(view)).split()),
        }
    _notifier()(
        key=f"ending-{run.id}", run=run.id, end=end, off=_("Notify me when it ends"), on=_("You will be notified: undo")
    )


@functools.cache
def _notifier() -> CustomComponent:
    # A frame of its own, as that of the theme: components of version 2 keep a state that the session refuses.
    return declare_component("ending", path=shell.STATIC / "ending")
