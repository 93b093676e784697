"""Playground: a network on points of the plane, drawn while it learns."""

from playground.ui import playground, shell

shell.start_page("Playground", shell.PLAYGROUND, is_wide=True)
playground.panel()
