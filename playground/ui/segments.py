"""A few choices side by side, one of them chosen."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st

from playground.ui import draft, shell

T = TypeVar("T", str, int)


def choose(
    label: str,
    options: Mapping[T, str],
    default: T | None,
    key: str,
    on_change: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
    *,
    is_required: bool = True,
) -> T | None:
    """Draw ``options``, values with their names; returns the chosen one.

    Streamlit writes the chosen name in the colour of primary buttons, which on a dark ground has a contrast of 3.6 to
    1; the theme's blue has more than 7.

    Args:
        label: what is chosen, for those who do not see it.
        options: values and names, in order.
        default: the value that is chosen at first.
        key: the widget's.
        on_change, args: the callback.
        is_required: whether one of them stays chosen; otherwise a second press takes the choice back.
    """
    now = draft.widget(key)
    now = now if now in options else default if is_required else None
    names = {value: shell.plain(name) for value, name in options.items()}
    if now in names:
        names[now] = f":blue[{names[now]}]"
    chosen: T | None = st.segmented_control(
        label,
        list(options),
        default=default,
        required=is_required,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        key=key,
        on_change=on_change,
        args=args,
    )
    return chosen
