"""Optimizers: their paths down a surface, and a fair race on one's own network."""

from playground.ui import optimizers, shell

shell.start_page("Optimizers", shell.OPTIMIZERS)
optimizers.panel()
