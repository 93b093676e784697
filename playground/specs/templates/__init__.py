"""Whole models to start from, and what fits a task: functions from the facts of a dataset to a spec."""

from playground.specs.templates.started import applied, started, usual_loss, usual_metrics
from playground.specs.templates.table import TEMPLATES, fitting, unfitting
from playground.specs.templates.template import Misfit, Template

__all__ = [
    "TEMPLATES",
    "Misfit",
    "Template",
    "applied",
    "fitting",
    "started",
    "unfitting",
    "usual_loss",
    "usual_metrics",
]
