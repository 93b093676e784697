"""What is made of a run's settings alone, as files that belong to one another."""

from playground.data import DataError
from playground.export.formulas import module
from playground.export.notebook import notebook
from playground.export.script import script
from playground.specs import RunSpec


def texts(spec: RunSpec) -> dict[str, str]:
    """By file, ``script.py``, ``notebook.ipynb`` and, where the network has formulas, ``formulas.py``.

    Nothing at all where there is no code of ``spec``.
    """
    try:
        found = {"script.py": script(spec), "notebook.ipynb": notebook(spec), "formulas.py": module(spec)}
    except (DataError, LookupError):
        return {}
    return {name: text for name, text in found.items() if text}
