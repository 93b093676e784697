"""Prints the words on screen that stand in data instead of code, as Python that ``pybabel extract`` can read.

``make messages`` runs it: labels and summaries of the catalogue, and the words of the recipes.
"""

from collections.abc import Iterator

from playground import catalog, recipes
from playground.specs.templates import TEMPLATES, Misfit


def words() -> Iterator[str]:
    """Every text that the pages hand to ``_()`` from a table or a file."""
    for kind in catalog.KINDS:
        for entry in catalog.entries(kind):
            yield from (entry.label, entry.summary, entry.group, catalog.about(kind, entry.id))
            for param in entry.params:
                yield from (param.label, param.typical, param.raising, param.lowering)
    for name in recipes.names():
        recipe = recipes.recipe(name)
        yield from (recipe.title, recipe.group, recipe.level, recipe.teaches, recipe.look_at)
        yield from (recipe.reported, recipe.measured)
    for template in TEMPLATES.values():
        yield from (template.label, template.summary, template.use_when)
    yield from Misfit


if __name__ == "__main__":
    for text in dict.fromkeys(words()):
        if text:
            print(f"_({text!r})")
