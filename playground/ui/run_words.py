"""The words for runs: states as chips, times as one says them, metrics by the names people use."""

import math
import re
import time
from typing import NamedTuple

from playground.locale.text import _, ngettext
from playground.runs.metric_words import metric, value

__all__ = [
    "Chip",
    "ago",
    "badge",
    "batches_speed",
    "chip",
    "clock",
    "duration",
    "epochs_speed",
    "exact",
    "first_upper",
    "history_name",
    "metric",
    "ordinal",
    "value",
]

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_SLOW = 0.95  # a second; below, the time that one takes says more


class Chip(NamedTuple):
    """How one state looks: a colour of the theme, a Material icon, a word. Icon and word say it without the colour."""

    colour: str
    icon: str
    word: str


def chip(state: str) -> Chip:
    """The chip of ``state``, one of a run's states or ``ready`` for a spec that has not been run.

    Raises:
        KeyError: there is no such state.
    """
    return {
        "ready": Chip("gray", "radio_button_unchecked", _("Ready")),
        "queued": Chip("violet", "schedule", _("Queued")),
        "running": Chip("blue", "progress_activity", _("Running")),
        "paused": Chip("orange", "pause_circle", _("Paused")),
        "finished": Chip("green", "check_circle", _("Finished")),
        "stopped": Chip("gray", "stop_circle", _("Stopped")),
        "failed": Chip("red", "error", _("Failed")),
        "lost": Chip("orange", "link_off", _("Lost")),
    }[state]


def badge(state: str) -> str:
    """The chip of ``state`` as Markdown for ``st.markdown``."""
    colour, icon, word = chip(state)
    return f":{colour}-badge[:material/{icon}: {word}]"


def exact(seconds: float) -> str:
    """A measured time: ``0.31 s``, ``3.9 s``, ``2 min 5 s``, ``3 h 4 min``."""
    seconds = max(0.0, seconds)
    if seconds < 0.995:
        return _("{n} s").format(n=f"{seconds:.2f}")
    if seconds < 9.95:
        return _("{n} s").format(n=f"{seconds:.1f}")
    whole = round(seconds)
    if whole < 2 * _MINUTE:
        return _("{n} s").format(n=whole)
    if whole < 2 * _HOUR:
        return _("{minutes} min {seconds} s").format(minutes=whole // _MINUTE, seconds=whole % _MINUTE)
    return _("{hours} h {minutes} min").format(hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE)


def duration(seconds: float) -> str:
    """An estimated time: ``less than 1 s``, ``about 2 s``, ``about 3 min``, ``about 2 h``."""
    if seconds < 1:
        return _("less than 1 s")
    if seconds < 100:
        return _("about {n} s").format(n=math.ceil(seconds))
    if seconds < 100 * _MINUTE:
        return _("about {n} min").format(n=round(seconds / _MINUTE))
    return _("about {n} h").format(n=round(seconds / _HOUR))


def ago(timestamp: float, now: float | None = None) -> str:
    """How long ago ``timestamp`` (seconds since the epoch) was: ``just now``, ``3 min ago``, ``2 days ago``."""
    past = (time.time() if now is None else now) - timestamp
    if past < _MINUTE:
        return _("just now")
    if past < _HOUR:
        return _("{n} min ago").format(n=int(past // _MINUTE))
    if past < _DAY:
        return _("{n} h ago").format(n=int(past // _HOUR))
    days = int(past // _DAY)
    return ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def clock(seconds: float) -> str:
    """A time since the start, for lists: ``0:02.1``, ``12:07.4``, ``1:02:03``."""
    tenths = round(max(0.0, seconds) * 10)
    minutes, tenths = divmod(tenths, 600)
    if minutes < 60:
        return f"{minutes}:{tenths / 10:04.1f}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{tenths // 10:02d}"


def ordinal(n: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``4th`` for ``n`` from 1."""
    names = [_("{n}st"), _("{n}nd"), _("{n}rd")]
    plain = _("{n}th")
    word = plain if n % 100 in (11, 12, 13) or not 1 <= n % 10 <= 3 else names[n % 10 - 1]
    return word.format(n=n)


def history_name(kind: str) -> str:
    """What Keras's History calls a metric of the class ``kind``: ``R2Score`` is ``r2_score``; an alias is as it is."""
    spaced = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", kind)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", spaced).lower()


def first_upper(text: str) -> str:
    """``text`` with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]


def batches_speed(per_s: float) -> str:
    """A speed of ``per_s`` batches a second: ``212 batches/s``, or below one a second ``2.4 s a batch``."""
    if per_s < _SLOW:
        return _("{seconds} s a batch").format(seconds=f"{1 / per_s:.1f}")
    return _("{n} batches/s").format(n=_speed(per_s))


def epochs_speed(per_s: float) -> str:
    """A speed of ``per_s`` epochs a second: ``5.3 epochs/s``, or below one a second ``2.4 s an epoch``."""
    if per_s < _SLOW:
        return _("{seconds} s an epoch").format(seconds=f"{1 / per_s:.1f}")
    return _("{n} epochs/s").format(n=_speed(per_s))


def _speed(per_s: float) -> str:
    return f"{per_s:,.0f}" if per_s >= 9.95 else f"{per_s:.1f}"
