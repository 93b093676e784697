"""A spec as something to take away: a stand-alone Keras script, a notebook, a link. Imports no Keras."""

from playground.export.notebook import notebook
from playground.export.script import script

__all__ = ["notebook", "script"]
