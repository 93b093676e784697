"""Words on screen in the server's language, through gettext.

Translations lie in ``<language>/LC_MESSAGES/playground.mo`` beside this file, made by ``make messages``. The language
is the one gettext finds in LANGUAGE, LC_ALL, LC_MESSAGES or LANG; without a translation the English words stand.
"""

import functools
import gettext
from pathlib import Path

_FOLDER = Path(__file__).parent


@functools.cache
def _translations() -> gettext.NullTranslations:
    return gettext.translation("playground", _FOLDER, fallback=True)


def _(message: str) -> str:
    """``message`` in the server's language."""
    return _translations().gettext(message) if message else ""  # gettext answers "" with the catalogue's header


def ngettext(singular: str, plural: str, n: int) -> str:
    """``singular`` or ``plural``, as the server's language has it for ``n``; put the number in with ``str.format``."""
    return _translations().ngettext(singular, plural, n)
