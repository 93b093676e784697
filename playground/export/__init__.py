"""A spec as something to take away: a stand-alone Keras script. Imports no Keras."""

from playground.export.script import script

__all__ = ["script"]
