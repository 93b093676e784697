"""One run, from spec to last event: the Keras side. Importing it starts no device."""
