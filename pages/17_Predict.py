"""Predict: a trained network, asked about input of one's own."""

from playground.ui import predict, shell

shell.start_page("Predict", shell.PREDICT)
predict.panel()
