"""Lines of a script that downloads images, a table or texts as Keras and scikit-learn do."""

from collections.abc import Callable

from playground.data.plan import Plan
from playground.export import layout
from playground.export.calls import value_of
from playground.export.lines import Lines

_DEFAULTS = {"skip_top": 0, "index_from": 3, "padding": "pre", "truncating": "pre", "label_mode": "fine"}
"""What Keras takes where nothing is said."""


def _named(planned: Plan, *names: str) -> list[layout.Expression]:
    """The options called ``names`` as arguments, as far as they are not what Keras takes anyway."""
    values = {name: planned.options[name] for name in names}
    return [(f"{name}=", *value_of(value)) for name, value in values.items() if value != _DEFAULTS.get(name)]


def _load(name: str, *given: layout.Expression) -> list[str]:
    call = layout.call(f"keras.datasets.{name}.load_data", *given)
    return [layout.laid_out(("(x, y), (x_test, y_test) = ", *call)), "n_test = len(x_test)"]


def _cifar(name: str, *options: str) -> Callable[[Plan], Lines]:
    """Images with labels of shape (n, 1), which become (n,)."""

    def lines(planned: Plan) -> Lines:
        code = _load(name, *_named(planned, *options))
        code.append('x = np.concatenate([x, x_test]).astype("float32")')
        return Lines((*code, "y = np.concatenate([y, y_test])[:, 0]"))

    return lines


def _words(name: str) -> Callable[[Plan], Lines]:
    """Texts as the numbers of their words, of one length or as 0 and 1 for each word."""

    def lines(planned: Plan) -> Lines:
        code = _load(name, *_named(planned, "num_words", "skip_top", "index_from"))
        if planned.options["output_mode"] == "multi_hot":
            n_words = planned.options["num_words"]
            code += [
                "texts = np.concatenate([x, x_test])",
                f'x = np.zeros((len(texts), {n_words}), "float32")',
                "for row, words in zip(x, texts):",
                "    row[words] = 1",
            ]
        else:
            given = (("np.concatenate([x, x_test])",), *_named(planned, "maxlen", "padding", "truncating"))
            code.append(layout.laid_out(("x = ", *layout.call("keras.utils.pad_sequences", *given))))
        return Lines((*code, "y = np.concatenate([y, y_test])"))

    return lines


def _california_housing(planned: Plan) -> Lines:
    code = ("x, y = fetch_california_housing(return_X_y=True)", 'x = x.astype("float32")')
    return Lines(code, ("from sklearn.datasets import fetch_california_housing",))


FETCHED: dict[str, Callable[[Plan], Lines]] = {
    "cifar10": _cifar("cifar10"),
    "cifar100": _cifar("cifar100", "label_mode"),
    "california_housing": _california_housing,
    "imdb": _words("imdb"),
    "reuters": _words("reuters"),
}
"""By the id of the dataset in the catalogue, what writes its lines."""
