"""A run as a Keras script that stands alone and gives the same numbers."""

from playground.export.sections import sections
from playground.specs import RunSpec


def script(spec: RunSpec) -> str:
    """Python source that loads the data, builds, compiles and trains the model of ``spec``, tests and saves it.

    Same seed, split, row order and first weights as the app, so the same losses up to rounding.

    Raises:
        DataError, LookupError: something in the spec is not on offer.
    """
    found = sections(spec)
    functions = [function for step in found.steps for function in step.functions]
    # A docstring, not a comment: in the first two lines a comment can declare the file's encoding.
    head = "\n\n".join([f'"""{found.title}, trained with Keras."""', found.imports, found.settings])
    steps = "\n\n".join(f"# {step.title}\n{step.code}" for step in found.steps)
    return "\n\n\n".join([head, *functions, steps]) + "\n"
