"""Losses: what a wrong prediction costs, and which way the gradient then points."""

from playground.ui import losses, shell

shell.start_page("Losses", shell.LOSSES)
losses.panel()
