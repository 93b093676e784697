"""Steps of the preparation, fitted on the training part alone."""
