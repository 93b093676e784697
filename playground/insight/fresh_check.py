"""The check of an exported model in a process of its own, which has nothing but what lies in the files."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playground.insight.export_check import checked
from playground.insight.rows import Progress

MOST_S = 600.0
_QUIETLY = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "2"}
_LOOK_S = 0.1
_STARTING_S = 8.0  # until Keras is there, about; only to say how far it is


class CheckError(Exception):
    """The check could not be made; the message says why in words."""


def fresh_check(
    folder: Path, forms: Sequence[str], formulas: Sequence[str], progress: Progress
) -> list[dict[str, Any]]:
    """How far the answers of each of ``forms`` in ``folder`` are off, as :func:`checked` says it, in their order.

    Args:
        folder: what was exported, with ``inputs.npy`` and ``answers.npy``.
        forms: which forms.
        formulas: activations that people wrote as formulas, which the files name and do not hold.
        progress: told how far it is; may raise to cancel, which ends the process.

    Raises:
        CheckError: the process ended early, or took longer than :data:`MOST_S`.
    """
    command = [sys.executable, "-m", "playground.insight.fresh_check", str(folder), ",".join(forms), *formulas]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), **_QUIETLY}
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stdin=subprocess.DEVNULL, env=environment)
        try:
            _wait(process, progress)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        said.seek(0)
        found = [json.loads(line) for line in said if line.startswith('{"')]
    if len(found) != len(forms):
        raise CheckError(f"The process that read the files again ended early, with status {process.returncode}.")
    return found


def _wait(process: "subprocess.Popen[bytes]", progress: Progress) -> None:
    began = time.monotonic()
    while process.poll() is None:
        passed = time.monotonic() - began
        if passed > MOST_S:
            raise CheckError(f"Reading the files again took longer than {MOST_S:.0f} s.")
        progress(passed / (passed + _STARTING_S), "Reading them again in a fresh process")
        time.sleep(_LOOK_S)


def main(folder: str, forms: str, formulas: Sequence[str]) -> None:
    """Check ``forms`` and print a line of JSON for each."""
    if formulas:
        from playground.training.formulas import activation

        for formula in formulas:
            activation(formula)  # registers it with Keras under its text
    for form in forms.split(","):
        print(json.dumps(_spelled(checked(Path(folder), form))), flush=True)


def _spelled(found: Mapping[str, Any]) -> dict[str, Any]:
    """``found`` as JSON spells it: a difference that is no number as a text."""
    return {name: repr(value) if value == float("inf") else value for name, value in found.items()}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
