"""The texts in the zip of a run: what is in it, what it needs, and how its model was checked."""

import json
from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Any

from playground.insight.model_forms import FORMS
from playground.runs import Run

_WHAT = {
    "settings.json": "the settings: data, layers, training, seed; the app opens it as a new draft",
    "script.py": "the same training as a Keras script that needs no app",
    "notebook.ipynb": "the same as a Jupyter notebook",
    "formulas.py": "the formulas in the network; import it before you load a model",
    "run.json": "what the run has come to",
    "events.csv": "what happened, a row an event; events.parquet is the same table",
    "scalars.csv": "every number that was recorded, a row each; scalars.parquet is the same table",
    "report.html": "the report, to read and to print",
    "tensorboard": "event files: tensorboard --logdir tensorboard",
    "check.py": "reads every form of the model again and compares its answers with answers.npy",
    "inputs.npy": "rows as the network reads them, after the preparation",
}
_TITLES = {
    "keras": "Keras 3",
    "h5": "HDF5",
    "saved_model": "TensorFlow SavedModel",
    "weights": "weights and architecture apart",
    "tflite": "TensorFlow Lite",
}


def readme(run: Run, names: Sequence[str], forms: Sequence[Mapping[str, Any]], n_rows: int) -> str:
    """The text of ``README.md``.

    Args:
        run: whose files these are.
        names: files and folders in the zip.
        forms: what is known of each form of the model, as :func:`playground.insight.run_archive.archive` says it.
        n_rows: rows that the forms were checked with.
    """
    lines = [f"# {' '.join(run.name.split()) or 'A run'}", "", f"Run `{run.id}` of Keras Playground: {run.state}."]
    lines += ["", "## Files", ""]
    lines += [f"- `{name}`: {_WHAT[name]}" for name in _WHAT if name in names]
    started = [name for name in names if name.endswith(".weights.h5") and name != "model.weights.h5"]
    lines += [f"- `{name}`: the weights that training started from, which script.py loads" for name in started]
    lines += [f"- {_files(each)}: {_TITLES[each['form']]}" for each in forms if not each["error"]]
    if forms:
        lines += ["", "## The model", "", "It is not compiled: script.py shows the optimizer and the loss."]
        lines += [
            f"Each form was written, read again in a fresh process, and asked about {n_rows} rows of the data.",
            "",
            "| form | largest difference | allowed | written with | |",
            "| --- | --- | --- | --- | --- |",
            *(_row(each) for each in forms),
        ]
    return "\n".join(lines) + "\n"


def requirements(forms: Sequence[Mapping[str, Any]]) -> str:
    """The text of ``requirements.txt``: the versions with which the forms were written and read again."""
    names = {name for each in forms if not each["error"] for name in FORMS[each["form"]].packages}
    return "".join(f"{name}=={metadata.version(name)}\n" for name in sorted({"keras", "numpy", "tensorflow"} | names))


def check_json(tolerances: Mapping[str, float]) -> str:
    """The text of ``check.json``: by form, how far its answers may differ."""
    return json.dumps(dict(tolerances), indent=1) + "\n"


def _files(form: Mapping[str, Any]) -> str:
    return " and ".join(f"`{name}`" for name in FORMS[form["form"]].files)


def _row(form: Mapping[str, Any]) -> str:
    title = _TITLES[form["form"]]
    if form["error"]:
        return f"| {title} | left out | | | {form['error'].replace('|', '/')} |"
    written = ", ".join(f"{name} {version}" for name, version in form["versions"].items())
    return f"| {title} | {form['difference']:.2g} | {form['tolerance']:.2g} | {written} | {form['note']} |"
