"""Convolution: a kernel over a picture, number by number."""

from playground.ui import convolution, shell

shell.start_page("Convolution", shell.CONVOLUTION)
convolution.panel()
