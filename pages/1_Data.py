"""Data: choose a dataset, look at it, prepare it and divide it."""

from playground.ui import data_page, shell

shell.start_page("Data", shell.DATA)
data_page.panel()
