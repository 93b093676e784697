"""The learning rate of a model that trains, which people may change without anything being traced anew."""

from collections.abc import Mapping
from typing import Any

import keras

from playground.training import asked


class Rate:
    """Changes the learning rate of ``optimizer``; made before anything is traced.

    A plain rate is a variable that compiled programs read. A schedule is a formula, so it gets a variable factor: from
    the change on, the rate is what the schedule says, times the factor.

    Args:
        optimizer: of a compiled model.
    """

    def __init__(self, optimizer: keras.optimizers.Optimizer) -> None:
        self._optimizer = getattr(optimizer, "inner_optimizer", optimizer)  # what scales a loss wraps another one
        schedule = self._optimizer._learning_rate
        self._scaled = None
        if isinstance(schedule, keras.optimizers.schedules.LearningRateSchedule):
            self._scaled = _Scaled(schedule)
            self._optimizer._learning_rate = self._scaled

    @property
    def factor(self) -> float:
        """What a schedule's rate is multiplied by; 1 without a schedule."""
        return 1.0 if self._scaled is None else float(self._scaled.factor.numpy())

    @factor.setter
    def factor(self, value: float) -> None:
        if self._scaled is not None:
            self._scaled.factor.assign(value)

    def change(self, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do what the request ``set`` asks for; returns what its answer says.

        Args:
            args: ``learning_rate``, the rate from the next step on.

        Raises:
            ValueError: it cannot be that; the words say why.
        """
        wanted = asked.learning_rate(args)
        if self._scaled is None:
            self._optimizer.learning_rate = wanted
        else:
            planned = float(keras.ops.convert_to_numpy(self._scaled.schedule(self._optimizer.iterations)))
            if not planned > 0:
                raise ValueError(f"The schedule has come to {planned:g}, which no factor makes {wanted:g}.")
            self.factor = wanted / planned
        return {"set": {"learning_rate": wanted}}

    def release(self) -> None:
        """Give the optimizer its own schedule back, so that it is saved as Keras knows it; training is over."""
        if self._scaled is not None:
            self._optimizer._learning_rate = self._scaled.schedule


class _Scaled(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, schedule: keras.optimizers.schedules.LearningRateSchedule) -> None:
        self.schedule = schedule
        self.factor = keras.Variable(1.0, trainable=False, dtype="float32", name="rate_factor")

    def __call__(self, step: Any) -> Any:
        return self.schedule(step) * self.factor

    def get_config(self) -> dict[str, Any]:
        return dict(self.schedule.get_config())
