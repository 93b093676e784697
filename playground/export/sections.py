"""A run as the eight steps from data to a trained network: what each does, in words and as Keras code."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from playground.export import layout
from playground.export.backbones import functions
from playground.export.calls import call_of, value_of
from playground.export.formulas import Formulas
from playground.export.layout import Expression, Group
from playground.export.loading import loading
from playground.export.model import model
from playground.export.row_weights import weight_lines
from playground.export.splits import parts
from playground.specs import RunSpec
from playground.specs.run_spec import FULL


@dataclass(frozen=True, slots=True)
class Section:
    """One step.

    Attributes:
        title: its name.
        words: what it does and why, in a sentence or two.
        code: its statements.
        functions: functions that it calls, whole.
    """

    title: str
    words: str
    code: str
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sections:
    """All of a run.

    Attributes:
        title: its name, of letters, digits and harmless signs only.
        imports: the lines that come first.
        settings: seed, epochs and batch size, as constants.
        steps: load, prepare, define, compile, fit, evaluate, predict and save; no evaluation without a test part.
    """

    title: str
    imports: str
    settings: str
    steps: tuple[Section, ...]


def sections(spec: RunSpec) -> Sections:
    """The run of ``spec`` as code: same seed, split, row order and first weights as the app, so the same losses.

    Raises:
        DataError, LookupError: something in the spec is not on offer.
    """
    loaded = loading(spec)
    training = spec.training
    imports = _imports(loaded.imports)
    settings = f"SEED = {spec.seed}\nEPOCHS = {training.epochs}\nBATCH_SIZE = {training.batch_size}"
    present = parts(spec)
    weights = weight_lines(spec)
    formulas = Formulas(spec)
    steps = [
        Section("Load", _WORDS["Load"], loaded.load, loaded.functions),
        Section("Prepare", _WORDS["Prepare"], "\n".join([loaded.prepare, *weights])),
        Section("Compile", _WORDS["Compile"], _compile(spec, formulas), formulas.functions("losses", "schedules")),
        Section("Fit", _WORDS["Fit"], _fit(spec, present), (_batches(is_weighted=bool(weights)),)),
    ]
    if "test" in present:
        steps.append(Section("Evaluate", _WORDS["Evaluate"], _EVALUATE))
    part = present[-1]
    steps.append(Section("Predict", _WORDS["Predict"], f"print(model.predict(x_{part}[:5], verbose=0))"))
    steps.append(Section("Save", _WORDS["Save"], layout.laid_out(_save(spec))))
    networks = (*functions(spec.model), *formulas.functions("activations"))
    rest = "\n".join(
        [*imports, settings, *networks, *(text for step in steps for text in (*step.functions, step.code))]
    )
    define = "\n".join(["keras.utils.set_random_seed(SEED)", *_precision(spec), model(spec, rest, formulas)])
    steps.insert(2, Section("Define", _WORDS["Define"], define, networks))
    return Sections(title(spec.name), "\n".join(imports), settings, tuple(steps))


def _precision(spec: RunSpec) -> list[str]:
    chosen = spec.training.precision
    return [] if chosen == FULL else [f"keras.config.set_dtype_policy({value_of(chosen)[0]})"]


def _imports(more: Iterable[str]) -> list[str]:
    """The lines that import Keras, NumPy and ``more``: Python's own modules first, as formatters have them."""
    lines = sorted({"import keras", "import numpy as np", *more}, key=lambda line: (line.startswith("from"), line))
    own = [line for line in lines if line.split()[1].partition(".")[0] in sys.stdlib_module_names]
    return [*own, *([""] if own else []), *(line for line in lines if line not in own)]


def title(name: str) -> str:
    """``name`` as words that are nothing else in Python or Markdown: letters, digits and a few signs, else spaces."""
    return " ".join(re.sub(r"[^\w .,()%&+-]|_", " ", name).split()) or "A network"


def file_name(name: str) -> str:
    """``name`` as the first part of a file's name: small letters a to z, digits and hyphens; ``model`` for nothing."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "model"


_WORDS = {
    "Load": "The inputs come as `x`, one row a sample, the answers as `y`.",
    "Prepare": "The rows are divided into parts. The network learns from the training part only; how good it is, only "
    "rows can tell that it has not seen. What the preparation measures, it measures on the training part.",
    "Define": "The layers, from the input to the output. The seed decides the weights that the network begins with.",
    "Compile": "The loss says how wrong an answer is, the optimizer how the weights are changed to make it smaller. "
    "Metrics are only watched.",
    "Fit": "Every epoch shows the network all training rows once, in batches. The weights change after each batch.",
    "Evaluate": "The test part has not been looked at before, so its result is what new data would give.",
    "Predict": "What the network answers for five samples.",
    "Save": "Layers, weights and optimizer go into one file; `keras.models.load_model` reads it again.",
}

_BATCHES = '''def batches():
    """Yield the batches of all epochs, each epoch in an order of its own."""
    for epoch in range(EPOCHS):
        rng = np.random.Generator(np.random.Philox(key=[SEED, epoch]))
        rows = rng.permutation(len(x_train))
        for start in range(0, len(rows), BATCH_SIZE):
            batch = rows[start : start + BATCH_SIZE]
            yield x_train[batch], y_train[batch]{weights}'''


def _batches(*, is_weighted: bool) -> str:
    return _BATCHES.format(weights=", w_train[batch]" if is_weighted else "")


_EVALUATE = """test = model.evaluate(
    x_test,
    y_test,
    batch_size=BATCH_SIZE,
    return_dict=True,
    verbose=0,
)
print(test)"""


def _compile(spec: RunSpec, formulas: Formulas) -> str:
    training = spec.training
    optimizer = formulas.in_code("optimizers", training.optimizer.kind, training.optimizer.args)
    metrics: tuple[Expression, ...] = tuple(
        value_of(metric.kind) if metric.kind == "accuracy" else call_of("metrics", metric.kind, metric.args)
        for metric in training.metrics
    )
    chosen: tuple[Expression, ...] = (
        ("optimizer=", *call_of("optimizers", training.optimizer.kind, optimizer)),
        ("loss=", *formulas.call_of("losses", training.loss.kind, training.loss.args)),
        ("weighted_metrics=" if training.weighted_metrics else "metrics=", Group("[]", metrics)),
    )
    return "\n".join(
        [
            "model.compile(",
            *(f"    {layout.laid_out(each, 4, ',')}," for each in chosen),
            "    jit_compile=False,  # compiled by XLA, dropout would draw other numbers",
            ")",
            "# Some optimizers differ when their variables are made within the first step.",
            "model.optimizer.build(model.trainable_variables)",
        ]
    )


def _fit(spec: RunSpec, present: list[str]) -> str:
    callbacks = tuple(call_of("callbacks", each.kind, each.args) for each in spec.training.callbacks)
    lines = ["history = model.fit(", "    batches(),", "    steps_per_epoch=-(-len(x_train) // BATCH_SIZE),"]
    lines.append("    epochs=EPOCHS,")
    if "validation" in present:
        lines += ["    validation_data=(x_validation, y_validation),", "    validation_batch_size=BATCH_SIZE,"]
    if callbacks:
        lines.append(f"    {layout.laid_out(('callbacks=', Group('[]', callbacks)), 4, ',')},")
    return "\n".join([*lines, "    verbose=2,", ")"])


def _save(spec: RunSpec) -> Expression:
    return layout.call("model.save", value_of(f"{file_name(spec.name)}.keras"))
