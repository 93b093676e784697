"""Sequences: what recurrent layers keep of the past, and what attention looks at."""

from playground.ui import sequences, shell

shell.start_page("Sequences", shell.SEQUENCES)
sequences.panel()
