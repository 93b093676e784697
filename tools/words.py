"""Prints the words on screen that stand in data instead of code, as Python that ``pybabel extract`` can read.

``make messages`` runs it: labels and summaries of the catalogue, and the words of the recipes.
"""

from collections.abc import Iterator

from playground import catalog, recipes
from playground.catalog.formulas import ROLES
from playground.catalog.loss_domains import LOSS_DOMAINS
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
        if recipe.question:
            yield from (recipe.question.text, *recipe.question.choices, recipe.question.why)
        for variation in (*recipe.variants, *recipe.try_next):
            yield from (variation.label, variation.why)
        yield recipe.label
    for template in TEMPLATES.values():
        yield from (template.label, template.summary, template.use_when)
    yield from Misfit
    for role in ROLES.values():
        yield from (*role.examples, *role.variables.values(), *role.offered.values())
    for domain in LOSS_DOMAINS.values():
        yield from (domain.predictions, domain.targets)


if __name__ == "__main__":
    for text in dict.fromkeys(words()):
        if text:
            print(f"_({text!r})")
