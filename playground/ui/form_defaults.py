"""The way back to what Keras takes by itself."""

from collections.abc import Sequence

import streamlit as st

from playground.catalog import Param
from playground.locale.text import _
from playground.specs import Args
from playground.ui import draft
from playground.ui.form_words import spelled


def menu(params: Sequence[Param], args: Args, path: str, name: str = "") -> None:
    """Draw a menu of those of ``params`` that are not Keras's default, to put them back; nothing where all are.

    Args:
        params: the arguments of a form.
        args: all of the form's arguments as they are.
        path: where they are in the spec.
        name: tells the menus of several forms of the same arguments apart.
    """
    changed = [each for each in params if each.name in args and not each.required and args[each.name] != each.default]
    if not changed:
        return
    key = draft.key(f"default-{path}{name and '-'}{name}")
    words = {each.name: f"{_(each.label) or each.name}: {spelled(each.default) or _('none')}" for each in changed}
    st.menu_button(
        _("Back to Keras's default"),
        list(words),
        format_func=words.__getitem__,
        key=key,
        type="tertiary",
        icon=":material/restart_alt:",
        on_click=_put_back,
        args=(key, args, path),
    )


def _put_back(key: str, args: Args, path: str) -> None:
    name = draft.widget(key)
    if name is not None:
        draft.set_value(path, args.without(name).plain(), by_widget=False)
