"""Formula: an activation, a loss or a schedule that people write themselves."""

from playground.ui import formula, shell

shell.start_page("Formula", shell.FORMULA)
formula.panel()
