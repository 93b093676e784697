"""Compare: several runs side by side, by the id of their comparison in the address."""

from playground.ui import compare, shell

shell.start_page("Compare", shell.COMPARE)
compare.panel()
