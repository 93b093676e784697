"""Explain: what a trained network looks at, and what it has learned."""

from playground.ui import explain, shell

shell.start_page("Explain", shell.EXPLAIN)
explain.panel()
