"""Model: the layers of the draft, what Keras says of them, a drawing and the code."""

from playground.ui import model_page, shell

shell.start_page("Model", shell.MODEL)
model_page.panel()
