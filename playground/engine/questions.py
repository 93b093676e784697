"""What can be asked of a workbench: small things about a spec, answered by Keras itself.

Each question takes JSON arguments, arrays and the settings, and gives JSON values and arrays back.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pydantic

from playground import data
from playground.engine.protocol import Message
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.build import BuildError
from playground.training.shapes import LimitError, summarise


class RefusedError(ValueError):
    """The question has no answer because what was asked about is wrong; the message is for the user."""

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.details = details


def summary(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """Shapes and parameters of the model of ``args["spec"]``, layer by layer, and what is known of its data.

    No data is read and nothing is allocated.
    """
    try:
        spec = RunSpec.from_dict(args["spec"])
        facts = data.outline(spec.dataset)
        found = summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
    except (BuildError, LimitError, data.DataError, pydantic.ValidationError) as error:
        raise RefusedError(str(error), layer=getattr(error, "layer", None)) from error
    return {"summary": found.to_dict(), "facts": facts.model_dump()}, {}


QUESTIONS: dict[str, Callable[..., Message]] = {"summary": summary}
