"""Activations: what each does to a number, to a gradient and to a deep network."""

from playground.ui import activations, shell

shell.start_page("Activations", shell.ACTIVATIONS)
activations.panel()
