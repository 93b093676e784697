"""What activations, initializers and losses do, computed by Keras itself: small enough for an answer of a workbench."""
