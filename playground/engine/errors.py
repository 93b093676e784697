"""What can go wrong between a client and the engine; every message is written for the user."""


class EngineError(RuntimeError):
    """The engine could not do what it was asked."""


class HostError(EngineError):
    """There is no host and none could be started, or it does not answer."""


class AnswerError(EngineError):
    """A question could not be answered."""


class SpecError(ValueError):
    """A spec cannot be run; the message is one line that names what and why."""
