"""Runs: every run kept, found, labelled and compared; one of them by its id in the address."""

from playground.ui import runs, shell

shell.start_page("Runs", shell.RUNS)
runs.panel()
