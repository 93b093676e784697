"""Metrics: answers and a threshold to move, and what every metric says of them."""

from playground.ui import metrics, shell

shell.start_page("Metrics", shell.METRICS)
metrics.panel()
