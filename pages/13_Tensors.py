"""Tensors: rank, shape and type, and what Keras does with them, cell by cell."""

from playground.ui import shell, tensors

shell.start_page("Tensors", shell.TENSORS)
tensors.panel()
