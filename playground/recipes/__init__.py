"""The worked examples: one JSON file each, a complete spec with what it teaches and what was measured."""

from playground.recipes.recipe import LEVELS, Question, Recipe, UnknownRecipeError, Variation, names, nearest, recipe

__all__ = ["LEVELS", "Question", "Recipe", "UnknownRecipeError", "Variation", "names", "nearest", "recipe"]
