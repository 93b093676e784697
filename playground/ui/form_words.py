"""What a form says about an argument, and lists of numbers as people write them."""

import json
import re
from typing import Any

from playground.catalog import Entry, Param, about
from playground.locale.text import _
from playground.specs import Args
from playground.specs.rules import words

NONE = "–"
"""What stands for no value."""


def label(param: Param) -> str:
    """The argument's name on screen: plain words where we have them, Keras's own name otherwise."""
    return _(param.label) if param.label else f"`{param.name}`"


def hint(param: Param) -> str:
    """All that is known about an argument, in Markdown: our words first, then its default, then Keras's own help."""
    parts = []
    if param.typical:
        parts.append(_("Usually {range}.").format(range=_(param.typical)))
    if param.raising:
        parts.append(f"**{_('Higher')}:** {_(param.raising)}")
    if param.lowering:
        parts.append(f"**{_('Lower')}:** {_(param.lowering)}")
    if param.only_when:
        parts.append(only_used(param))
    if not param.required and param.default is not None:
        parts.append(_("Keras's default: {value}.").format(value=spelled(param.default)))
    return "\n\n".join([*parts, param.help] if param.help else parts)


def only_used(param: Param) -> str:
    """When the argument has any effect, in words; empty where always."""
    if param.only_when is None:
        return ""
    name, values = param.only_when
    said = [_("on") if value is True else _("off") if value is False else spelled(value) for value in values]
    return _("Only used when `{name}` is {values}.").format(name=name, values=f" {_('or')} ".join(said))


def is_idle(param: Param, entry: Entry, args: Args) -> bool:
    """Whether ``param`` of ``entry`` has no effect beside the other arguments as they are."""
    if param.only_when is None:
        return False
    name, values = param.only_when
    other = entry.param(name)
    return args.get(name, other.default if other else None) not in values


def judgement(entry: Entry) -> str:
    """What a thing is, and when it helps and when it hurts."""
    return " ".join(text for text in (_(entry.summary), _(about(entry.kind, entry.id))) if text)


def short(entry: Entry, summary: str = "") -> str:
    """What a thing is, with a link to what Keras says about it; Markdown. A caption would make the link too pale.

    Args:
        entry: the thing.
        summary: what it is, where that says more than the catalogue does; translated.
    """
    more = f" [{_('More')}]({entry.url})" if entry.url else ""
    return f":small[:gray[{_(entry.summary)}]{more}]"


def spelled(value: Any) -> str:
    """A value as a field shows it: ``3, 3``, ``(1, 1), (2, 2)``; empty for ``None``."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(f"({spelled(part)})" if isinstance(part, tuple | list) else str(part) for part in value)
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def numbers(text: str, param: Param) -> Any:
    """The value that ``text`` stands for: ``3``, ``3, 3``, ``(3, 3)``, ``3 × 3``; nothing is ``None``.

    Raises:
        ValueError: it is no such list, or not one that ``param`` takes; with what was expected and received.
    """
    bare = text.strip().strip(NONE).replace("×", ",").replace("(", "[").replace(")", "]").rstrip(", ")
    bare = re.sub(r"(?<!\d)\.(?=\d)", "0.", re.sub(r",\s*\]", "]", bare))
    try:
        value = _tuples(json.loads(f"[{bare}]")) if bare else None
    except ValueError:
        raise _refusal(text, param) from None
    while isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], tuple):
        value = value[0]  # brackets around the whole
    if isinstance(value, tuple) and len(value) == 1 and param.kind == "shape" and not param.listed:
        value = value[0]
    value = param.normalise(value)
    if not param.accepts(value):
        raise _refusal(text, param)
    return value


def _refusal(text: str, param: Param) -> ValueError:
    name = _(param.label) or param.name
    example = _("such as 2, 2") if param.kind == "shape" else _("such as 0.1, 0.01")
    return ValueError(
        _("{name}: expected {expected}, {example}; received {text}").format(
            name=name, expected=param.expected(), example=example, text=words.spelled(text.strip() or None)
        )
    )


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
