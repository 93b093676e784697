"""A run as a Jupyter notebook: the script's lines, step by step, with words between them and a plot at the end."""

from typing import Any

from playground.export.sections import sections
from playground.specs import RunSpec

_PLOT = """import matplotlib.pyplot as plt

epochs = [epoch + 1 for epoch in history.epoch]
for name in ("loss", "val_loss"):
    if name in history.history:
        plt.plot(epochs, history.history[name], label=name)
plt.xlabel("epoch")
plt.legend()
plt.show()"""


_PACKAGES = {
    "import pandas": "pandas",
    "sklearn": "scikit-learn",
    "plotly": "Plotly",
    "PIL": "Pillow",
    "pd.read_excel(": "openpyxl",
    "pd.read_parquet(": "PyArrow",
}
"""What a notebook may need besides, by what stands in its lines."""


def notebook(spec: RunSpec) -> str:
    """The JSON text of a notebook, format 4.5, that does what :func:`playground.export.script` does.

    Raises:
        DataError, LookupError: something in the spec is not on offer.
    """
    import nbformat  # a tenth of a second, and only needed here

    v4: Any = nbformat.v4  # has no types

    found = sections(spec)
    cells = []

    def add(name: str, words: str, code: str) -> None:
        cells.append(v4.new_markdown_cell(words, id=f"{name}-words"))
        cells.append(v4.new_code_cell(code, id=f"{name}-code"))

    source = "\n".join([found.imports, *(step.code for step in found.steps)])
    needs = ", ".join(["Keras with TensorFlow", "NumPy", *(name for sign, name in _PACKAGES.items() if sign in source)])
    words = f"A network trained with Keras. It needs {needs}, and matplotlib for the plot at the end."
    add("begin", f"# {found.title}\n\n{words}", f"{found.imports}\n\n{found.settings}")
    for number, step in enumerate(found.steps, start=1):
        code = "\n\n\n".join([*step.functions, step.code])
        add(step.title.lower(), f"## {number}. {step.title}\n\n{step.words}", code)
    add("plot", "## How it learned\n\nThe loss after each epoch.", _PLOT)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
    return str(v4.writes(made))
