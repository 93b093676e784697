"""Regularisation: the ways against learning by heart, side by side."""

from playground.ui import regularisation, shell

shell.start_page("Regularisation", shell.REGULARISATION)
regularisation.panel()
