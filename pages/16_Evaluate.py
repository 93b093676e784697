"""Evaluate: how good a trained network is, where it fails, and beside what."""

from playground.ui import evaluate, shell

shell.start_page("Evaluate", shell.EVALUATE)
evaluate.panel()
