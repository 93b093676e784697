"""Home: examples to run, and the last runs."""

from playground.ui import home, shell

shell.start_page("Home", shell.HOME)
home.panel()
