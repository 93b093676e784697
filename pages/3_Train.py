"""Train: the live view of one run, by the id in the address."""

from playground.ui import shell, train

shell.start_page("Train", shell.TRAIN)
train.panel()
