"""By hand: every step of a small run in numbers."""

from playground.ui import by_hand, shell

shell.start_page("By hand", shell.BY_HAND)
by_hand.panel()
