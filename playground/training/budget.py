"""How much time may be spent beside training."""

_ALLOWANCE_S = 0.05  # so that the first pictures come at once
_SAVED_S = 1.0  # of training whose share may be saved up, or a long pause in looking would end in a burst


class Budget:
    """Seconds that looks may take: a share of the training time.

    Args:
        share: of the training time, 0 to 1.
        seconds: the training time so far.
    """

    def __init__(self, share: float, seconds: float) -> None:
        self.share = share
        self.spent_s = 0.0
        self._credit_s = _ALLOWANCE_S
        self._began_s = self._at_s = seconds

    def may(self, seconds: float, cost: float) -> bool:
        """Whether enough is left for a look that takes ``cost`` seconds, ``seconds`` of training having passed."""
        passed, self._at_s = seconds - self._at_s, seconds
        most = max(_ALLOWANCE_S, self.share * _SAVED_S, cost)
        self._credit_s = min(self._credit_s + self.share * passed, most)
        return self._credit_s > 0 and self._credit_s >= cost

    def took(self, seconds: float) -> None:
        """A look took so long."""
        self._credit_s -= seconds
        self.spent_s += seconds

    def used(self, seconds: float) -> float:
        """The share that looks have taken since the first, ``seconds`` of training having passed; 0 before it."""
        passed = seconds - self._began_s
        return self.spent_s / passed if passed > 0 else 0.0
