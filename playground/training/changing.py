"""Settings that people change while a run trains, from the next epoch on."""

from collections.abc import Mapping
from typing import Any

from playground.runs.run import adjusted_at
from playground.specs import RunSpec
from playground.specs.adjustable import adjusted
from playground.training.recorder import Recorder

_MOST = 100
"""Changes of a run; each is another model, of which some memory stays behind."""


class Changing:
    """Answers the request ``adjust``, and knows the settings as they stand.

    Args:
        spec: what the run was asked for.
        recorder: knows where training stands, and writes what was changed.
        before: what was changed already, as the run has it.
        is_racing: whether others train beside it step by step, so that it has to stay as it is.
    """

    def __init__(
        self, spec: RunSpec, recorder: Recorder, before: Mapping[str, Any], *, is_racing: bool = False
    ) -> None:
        self._is_racing = is_racing
        self._recorder = recorder
        self._spec = spec
        self.adjusted = before
        """What was changed so far, as the run has it; empty where nothing was."""
        self._planned: dict[str, Any] = {}

    @property
    def spec(self) -> RunSpec:
        """The settings as they are to be from the next epoch on."""
        return adjusted(self._spec, {**self.adjusted.get("values", {}), **self._planned})

    def ask(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Plan what the request asks for; returns what its answer says.

        Args:
            args: ``values``, numbers by path, as :func:`playground.specs.adjustable.adjustable` lists them.

        Raises:
            ValueError: one of them cannot be that; the words say why.
        """
        if self._is_racing:
            raise ValueError("In a race every run keeps its numbers, or its curves could not be compared.")
        values = args.get("values")
        if not isinstance(values, Mapping) or not values:
            raise ValueError(f"values: expected numbers by path, received {values!r}.")
        if len(self.adjusted.get("turns", ())) >= _MOST:
            raise ValueError(f"A run can be changed {_MOST} times. Start another one with these settings.")
        adjusted(self.spec, values)
        self._planned |= values
        return {"planned": dict(self._planned)}

    def is_due(self) -> bool:
        """Whether something waits for the next epoch."""
        return bool(self._planned)

    def take(self) -> None:
        """It counts from here on; the run's events say so."""
        where = self._recorder.where()
        self.adjusted = adjusted_at(self.adjusted, self._planned, where["epoch"], where["step"])
        self._recorder.flush({"set": self._planned, "adjusted": self.adjusted})
        self._planned = {}

    def refuse(self, why: str) -> None:
        """It cannot be; the run's events say why, and training goes on as before."""
        self._recorder.flush({"refused": why})
        self._planned = {}
