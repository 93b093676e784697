"""What can be wrong with data, each message a plain sentence for the user."""


class DataError(ValueError):
    """A dataset cannot be prepared as its spec says."""


class OfflineError(DataError):
    """A file has to be downloaded and cannot be."""
