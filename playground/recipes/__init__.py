"""The worked examples: one JSON file each, a complete spec with what it teaches and what was measured."""

from playground.recipes.recipe import Recipe, UnknownRecipeError, names, nearest, recipe

__all__ = ["Recipe", "UnknownRecipeError", "names", "nearest", "recipe"]
