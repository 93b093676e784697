"""Formulas: what is read, what is refused and where, and that nothing but the grammar is ever taken in."""

import dataclasses
import random
import resource
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.catalog.formulas import CONSTANTS, FORMULAS, FUNCTIONS, LONGEST, ROLES
from playground.data import outline
from playground.specs.formulas import Apply, Formula, FormulaError, Name, Number, parsed
from playground.specs.formulas.tree import MINUS, SIGNS, walk
from playground.specs.formulas.values import values_of
from playground.specs.formulas.written import code_of, text_of
from playground.specs.problems import problems
from playground.specs.usual import usual_args
from tests.contract.training.specs import chosen, layer, spec

CORPUS = (
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "lambda: x",
    "[x for x in x]",
    "x if x else x",
    "x and x",
    "x; x",
    "x := 1",
    "x = 1",
    "f'{x}'",
    "'x'",
    "eval(x)",
    "exec(x)",
    "open(x)",
    "getattr(x, x)",
    "import os",
    "x\nimport os",
    "x#",
    "x\\",
    "x\0",
    "{x}",
    "x[0]",
    "x, x",
    "x @ x",
    "x % 2",
    "x // 2",
    "x & x",
    "~x",
    "not x",
    "x is x",
    "x == x",
    "x < 1 < 2",
    "*x",
    "exp(*x)",
    "exp(x=x)",
    "exp(a=x)",
    "9**9**9 * x",
    "x * 9e999",
    "x * " + "9" * 190 + "e9",
    "x * 1e39",
    "9" * 200 + "0",
    "1e-" + "9" * 150 + " * 1/0 * x",
    "x / 0 * 0 with a = 1",
    "0**-1 * x",
    "(-1)**0.5 * x",
    "(" * 100 + "x" + ")" * 99,
    "-" * 199 + "x",
    "exp(" * 49 + "x" + ")" * 4,
    "x" * 201,
    "x + " * 60 + "x",
    "х",  # cyrillic
    "𝐱",
    "ｘ",
    "x\u200b",
    "x\u202ex",
    "x＋1",
    "１ + x",
    "x\u00a0+ 1",
    "x with lambda = 1",
    "b * x with b = 1, b = 2",
    "x with",
    "x with b",
    "x * b with b = c",
    "x * b with b = 1 with b = 1",
    "x * b with b = exp(1)",
    "keras.ops.exp(x)",
    "np.pi * x",
    "keras * x with keras = 1",
    "np * x with np = 1",
    "_ * x with _ = 1",
    "__x * x with __x = 1",
    "l * x with l = 1",
    "None * x",
    "True * x",
    "nan * x",
    "inf * x",
    "1j * x",
    "0x10 * x",
    "1_000 * x",
    "x where",
    "where(x, x, x)",
    "where(x > 0, x > 0, x)",
    "exp()",
    "exp(x, x)",
    "exp",
    "sum(x)",
    "sum(1) + x",
    "",
    " ",
    "\t",
    "1",
    "x x",
    "2x",
    "x(1)",
    "(x)(x)",
    "$(x)",
    "`x`",
    "<script>alert(1)</script>",
    "x > 0",
    "x**",
    "**x",
)


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_what_is_no_formula_is_refused_with_its_place(text):
    with pytest.raises(FormulaError) as refused:
        parsed(text, "activations")
    assert 0 <= refused.value.at <= len(text)
    assert refused.value.length >= 1
    assert len(str(refused.value)) < 400


def _read(text: str, table: str) -> Formula | FormulaError:
    try:
        return parsed(text, table)
    except FormulaError as error:
        return error


def _allowed(formula: Formula) -> bool:
    """Whether nothing but closed lists and numbers is in it."""
    names = {*ROLES[formula.table].variables, *CONSTANTS, *formula.values}
    for node in walk(formula.tree):
        match node:
            case Number(value):
                if type(value) is not float or not np.isfinite(value):
                    return False
            case Name(name):
                if name not in names:
                    return False
            case Apply(what, _to):
                if what not in {*FUNCTIONS, *SIGNS, MINUS, "<", "<=", ">", ">="}:
                    return False
    return all(name.isidentifier() and not name.startswith("_") for name in formula.values)


def _hostile(random: random.Random, table: str) -> str:
    """Pieces of formulas and of code in any order, and texts of the corpus with letters changed."""
    pieces = [
        *FUNCTIONS,
        *CONSTANTS,
        *"()()()**+-*/,<>=.^_ \t\n\0'\"[]{}:;@#$%&|~!?\\",
        "x",
        "y_pred",
        "step",
        "with",
        "b",
    ]
    pieces += [
        "= 1",
        "__",
        "__class__",
        "lambda",
        "import",
        "eval",
        "for",
        "in",
        "9e999",
        "1e308",
        "9**9",
        "0",
        "1.5",
        "х",
    ]
    if random.random() < 0.3:
        return "".join(random.choice(pieces) + random.choice(["", " "]) for _each in range(random.randrange(1, 40)))
    letters = list(random.choice(random.choice([CORPUS, list(ROLES[table].examples.values())])))
    for _each in range(random.randrange(1, 3)):
        at = random.randrange(len(letters) + 1)
        letters[at : at + random.randrange(3)] = random.choice(
            [*string.printable, *pieces, *"0123456789 +-*x" * 8, "\u0445"]
        )
    return "".join(letters) * random.choice([*[1] * 19, 40])


def test_ten_thousand_hostile_texts_give_formulas_of_the_grammar_or_refusals():
    chance = random.Random(7)
    read = 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(10_000):
        table = tuple(ROLES)[number % 3]
        text = _hostile(chance, table)
        found = _read(text, table)
        if isinstance(found, FormulaError):
            assert 0 <= found.at <= max(len(text), LONGEST)
            continue
        read += 1
        assert _allowed(found), text
        assert sum(1 for _each in walk(found.tree)) <= 120
        assert parsed(text_of(found), table) == found
    assert read > 100, "some of them are formulas"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 2**10, "kilobytes"


@given(st.text(max_size=300), st.sampled_from(sorted(ROLES)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_formula_of_the_grammar_or_refused(text, table):
    found = _read(text, table)
    assert isinstance(found, FormulaError) or _allowed(found)


def test_a_formula_is_only_read_and_never_run(monkeypatch):
    """Whatever a text says, no evaluation of Python is reached on the way."""
    for name in ("eval", "exec", "compile", "__import__"):
        monkeypatch.setattr(f"builtins.{name}", None)
    for text in CORPUS[:20]:
        with pytest.raises(FormulaError):
            parsed(text, "activations")
    assert parsed("exp(x) * 3 with_".replace(" with_", ""), "activations").tree


_LEAVES = st.one_of(
    st.just(Name("x")),
    st.just(Name("b")),
    st.just(Name("pi")),
    st.floats(0.001, 9).map(lambda value: Number(float(f"{value:.3g}"))),
)


def _larger(inner: st.SearchStrategy) -> st.SearchStrategy:
    one = [name for name, each in FUNCTIONS.items() if each.takes == ("a",) and not each.is_across]
    test = st.tuples(inner, inner).map(lambda both: Apply("<", both))
    return st.one_of(
        st.tuples(st.sampled_from(SIGNS), inner, inner).map(lambda of: Apply(of[0], of[1:])),
        inner.map(lambda each: Apply(MINUS, (each,))),
        st.tuples(st.sampled_from(one), inner).map(lambda of: Apply(of[0], of[1:])),
        st.tuples(test, inner, inner).map(lambda of: Apply("where", of)),
        st.tuples(inner, inner).map(lambda of: Apply("maximum", of)),
    )


trees = st.recursive(_LEAVES, _larger, max_leaves=8)


@given(trees)
@settings(max_examples=300, deadline=None)
def test_what_is_written_reads_as_the_same_formula(tree):
    formula = Formula(Apply("+", (tree, Apply("*", (Name("x"), Name("b"))))), (("b", 1.5),), "activations")
    text = text_of(formula)
    again = _read(text, "activations")
    if isinstance(again, FormulaError):
        assert len(text) > LONGEST or "is no number" in str(again) or "inside each other" in str(again), again
        return
    assert again == formula


def test_precedence_is_that_of_arithmetic():
    x = np.array([1.7])
    for text, value in {
        "x - 1 - 2": 1.7 - 1 - 2,
        "x / 2 / 4": 1.7 / 2 / 4,
        "-x**2": -(1.7**2),
        "2**-x": 2**-1.7,
        "x**2**0.5": 1.7 ** (2**0.5),
        "(x**2)**0.5": 1.7,
        "1 + 2 * x": 4.4,
        "--x": 1.7,
        ".5 * x + 1.": 1.85,
        "1e1 * x": 17.0,
        "a * x - b with a = 2, b = -3": 6.4,
    }.items():
        assert values_of(parsed(text, "activations"), {"x": x}) == pytest.approx(value), text


@pytest.mark.parametrize("table", ROLES)
def test_every_example_is_a_formula_and_comes_first_in_the_form(table):
    for text in ROLES[table].examples.values():
        assert len(text) <= LONGEST
        formula = parsed(text, table)
        assert parsed(text_of(formula), table) == formula
    entry = FORMULAS[table][0]
    assert parsed(entry.usual["formula"], table)
    assert set(usual_args(table, entry.id)) == {param.name for param in entry.params}


@pytest.mark.parametrize(
    ("text", "at", "says", "fix"),
    [
        ("x * sigmod(x)", 4, "did you mean sigmoid", "x * sigmoid(x)"),
        ("x ^ 2", 2, "cannot stand here", "x ** 2"),
        ("2x", 1, "does not belong here", "2 * x"),
        ("2(x)", 1, "does not belong here", "2 * (x)"),
        ("exp(x", 5, "not closed", "exp(x)"),
        ("b * x", 0, "nothing is known of b", "b * x with b = 1"),
        ("b * c * x with b = 2", 4, "nothing is known of c", "b * c * x with b = 2, c = 1"),
        ("x × 2", 2, "multiplication sign", "x * 2"),
        ("max(x, 0)", 0, "did you mean maximum", "maximum(x, 0)"),
        ("x * b with b = 1, ab = 2", 18, "ab has a value", ""),
        ("x with x = 1", 7, "is the value that it bends", ""),
        ("clip(x, 0)", 0, "expected clip(a, low, high), received 2", ""),
        ("х + 1", 0, "cyrillic small letter ha", ""),
    ],
)
def test_a_refusal_points_at_the_character_and_says_what_to_write(text, at, says, fix):
    with pytest.raises(FormulaError, match=says.replace("(", r"\(").replace(")", r"\)")) as refused:
        parsed(text, "activations")
    assert (refused.value.at, refused.value.fix) == (at, fix)
    if fix:
        assert parsed(fix, "activations")


def test_each_role_has_variables_and_needs_of_its_own():
    with pytest.raises(FormulaError, match="nothing is known of x"):
        parsed("x * y_pred", "losses")
    with pytest.raises(FormulaError, match="reads y_true"):
        parsed("y_pred**2", "losses")
    with pytest.raises(FormulaError, match="one number only"):
        parsed("rate * sum(step)", "schedules")
    assert parsed("-sum(y_true * log(y_pred))", "losses"), "one value for all units is a loss"
    assert parsed("exp(x) / sum(exp(x))", "activations")
    with pytest.raises(FormulaError, match="one for the whole last axis"):
        parsed("mean(x)", "activations")


def test_code_keeps_to_its_width_and_means_the_same():
    formula = parsed(ROLES["schedules"].examples["Warm-up, then cosine"], "schedules")
    lines = code_of(formula, 60)
    assert all(len(line) <= 60 for line in lines)
    assert any(line.startswith("part_1 = ") for line in lines)


def _of(text, table, **args):
    value = chosen("Formula", formula=text, **args)
    match table:
        case "activations":
            last = layer("Dense", "output", units=1, activation="sigmoid")
            return spec([layer("Dense", "hidden", units=4, activation=value), last])
        case "losses":
            return spec(loss=value)
    return spec(optimizer=chosen("SGD", learning_rate=value))


def _found(made):
    return {each.rule: each for each in problems(made, outline(made.dataset))}


_STEPS = {"initial_learning_rate": 0.1, "decay_steps": 12}


@pytest.mark.parametrize("table", ROLES)
def test_a_formula_that_cannot_be_read_is_a_problem_with_a_remedy(table):
    args = _STEPS if table == "schedules" else {}
    right = next(iter(ROLES[table].examples.values()))
    assert not {"unreadable-formula", "formula-without-value"} & set(_found(_of(right, table, **args)))
    found = _found(_of(right.replace("*", "* b *", 1).partition(" with")[0], table, **args))["unreadable-formula"]
    assert found.is_blocking
    assert "at character" in found.reason
    wrong = _found(_of("(" + right.partition(" with")[0], table, **args))["unreadable-formula"]
    assert wrong.fix is None or "unreadable-formula" not in _found(wrong.fix)


@pytest.mark.parametrize(
    ("text", "table", "says"),
    [
        ("log(x)", "activations", "received none at x = -10"),
        ("sqrt(x)", "activations", "received none at x = -10"),
        ("-y_true * log(y_pred)", "losses", "y_pred = 0"),
        ("rate / step", "schedules", "received none at step = 0"),
        ("rate * (1 - 2 * step / total)", "schedules", "received -0.1 at step 12"),
        ("rate * 0 * step", "schedules", "received 0 at all of them"),
    ],
)
def test_a_formula_that_is_no_number_where_values_lie_is_said(text, table, says):
    found = _found(_of(text, table, **(_STEPS if table == "schedules" else {})))["formula-without-value"]
    assert says in found.reason
    assert not found.is_blocking


def test_a_formula_travels_as_its_text():
    made = _of("x * sigmoid(b * x) with b = 2", "activations")
    again = type(made).from_json(made.to_json())
    assert again == made
    assert again.model.layers[0].args["activation"]["args"]["formula"] == "x * sigmoid(b * x) with b = 2"
    other = _of("x * sigmoid(b * x) with b = 3", "activations")
    assert other.digest != made.digest


def test_a_formula_is_frozen():
    formula = parsed("x * x", "activations")
    with pytest.raises(dataclasses.FrozenInstanceError):
        formula.tree = Name("x")
    assert hash(formula) == hash(parsed(" x  *x ", "activations"))
