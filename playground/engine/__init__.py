"""The engine: a host that forks processes for runs, jobs and questions, and the client that talks to it.

Only ``client`` and what it imports may be used by the page and the command line; ``host`` and what it imports belong
to the Keras side.
"""
