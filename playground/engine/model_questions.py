"""What can be asked of a workbench about a whole model: how Keras describes it, its weights, a foreign file."""

from pathlib import Path
from typing import Any

import numpy as np

from playground import data
from playground.engine.errors import RefusedError
from playground.engine.protocol import Message
from playground.settings import Settings
from playground.specs import ModelSpec, RunSpec
from playground.training.build import BuildError
from playground.training.checkpoints import BEST, LAST
from playground.training.described import described, spread, weight_figures
from playground.training.foreign_weights import taken_over
from playground.training.imported import imported
from playground.training.keras_file import ForeignFileError, parts
from playground.training.shapes import LimitError, summarise
from playground.training.weights import MisfitError

_FILES = {"best": BEST, "last": LAST}


def description(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The printed summary of the model of ``args["spec"]``, and its configuration."""
    spec = RunSpec.from_dict(args["spec"])
    try:
        facts = data.outline(spec.dataset)
        summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
        text, configuration = described(spec.model, facts.input_shape, facts.input_dtype)
    except (BuildError, LimitError, data.DataError) as error:
        raise RefusedError(str(error)) from error
    return {"summary": text, "configuration": configuration}, {}


def weights(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """Figures of the weights that the run ``args["run"]`` of ``args["spec"]`` kept, ``best`` or ``last``.

    With them come ``counts`` and ``edges``, a row for each weight, of its histogram.
    """
    spec = RunSpec.from_dict(args["spec"])
    try:
        folder = settings.run_dir(Path(args["run"]).name)
        facts = data.outline(spec.dataset)
        summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
        rows, values = weight_figures(spec.model, facts.input_shape, facts.input_dtype, folder / _FILES[args["which"]])
    except (BuildError, LimitError, data.DataError) as error:
        raise RefusedError(str(error)) from error
    except (OSError, ValueError) as error:
        raise RefusedError("The weights of this run are not there, or do not belong to its layers.") from error
    spreads = [spread(value) for value in values]
    return {"weights": rows}, {
        "counts": np.array([counts for counts, _ in spreads]),
        "edges": np.array([edges for _, edges in spreads]),
    }


def foreign(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The model in the uploaded file ``args["upload"]``, as layers for the data of ``args["spec"]``.

    ``args["is_kept"]`` says whether its weights are to be kept; otherwise they are only checked.
    """
    spec = RunSpec.from_dict(args["spec"])
    try:
        facts = data.outline(spec.dataset)
        held = parts((settings.uploads_dir / Path(args["upload"]).name).read_bytes(), settings)
        found = imported(held, facts.input_shape, facts.input_dtype, settings)
        digest, misfit = None, ""
        if held.weights is not None and not found.misfit:
            try:
                digest = taken_over(
                    held.weights,
                    found.model,
                    found.places,
                    facts.input_shape,
                    facts.input_dtype,
                    settings,
                    is_kept=bool(args.get("is_kept")),
                )
            except MisfitError as error:
                misfit = str(error)
    except ForeignFileError as error:
        raise RefusedError(str(error)) from error
    except data.DataError as error:
        raise RefusedError(str(error)) from error
    except OSError as error:
        raise RefusedError(f"The file could not be read or its weights not kept: {error.strerror or error}.") from error
    model = ModelSpec(layers=found.model.layers, weights=digest)
    return {
        "model": model.model_dump(),
        "input_shape": found.input_shape,
        "misfit": found.misfit,
        "behind": found.behind,
        "has_weights": held.weights is not None and not found.misfit and not misfit,
        "weights_misfit": misfit,
        "keras_version": held.keras_version,
    }, {}


MODEL_QUESTIONS = {"description": description, "weights": weights, "foreign": foreign}
