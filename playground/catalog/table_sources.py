"""Public tables with columns of different types: numbers, categories, and gaps."""

from playground.catalog.entry import Entry

_PLOTLY = "https://plotly.com/python-api-reference/generated/plotly.data.html"
_SEABORN = "https://github.com/mwaskom/seaborn-data"


def _table(name: str, label: str, summary: str, task: str, url: str) -> Entry:
    return Entry(name, "datasets", "Tables", label, summary, tasks=(task,), ranks=(1,), basic=True, url=url)


TABLES: tuple[Entry, ...] = (
    _table("tips", "Tips", "244 meals in a restaurant: how large a tip the guests gave.", "regression", _PLOTLY),
    _table(
        "gapminder",
        "Gapminder",
        "142 countries from 1952 to 2007: life expectancy from wealth, and the test is on other countries.",
        "regression",
        _PLOTLY,
    ),
    _table(
        "wind", "Wind", "How often the wind blows from where, and how strong: categories alone.", "regression", _PLOTLY
    ),
    _table(
        "election",
        "Election",
        "58 districts of Montreal: who won, from the votes. A rule is behind it, and few rows show it.",
        "multiclass",
        _PLOTLY,
    ),
    _table(
        "penguins",
        "Penguins",
        "344 penguins of three species, measured on three islands; some values are missing.",
        "multiclass",
        _SEABORN,
    ),
    _table("titanic", "Titanic", "891 passengers of the Titanic: who survived.", "binary", _SEABORN),
    _table("mpg", "Miles per gallon", "398 cars of 1970 to 1982: how far they go on a gallon.", "regression", _SEABORN),
    _table(
        "diamonds",
        "Diamonds",
        "53,940 diamonds: the price from weight, cut, colour and clarity.",
        "regression",
        _SEABORN,
    ),
)
"""In teaching order."""
