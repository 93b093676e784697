"""Every public table of columns of different types, in the catalogue's order."""

from playground.data.sets import seaborn_tables
from playground.data.sets.named_table import NamedTable
from playground.data.sets.plotly_tables import PLOTLY
from playground.data.sets.seaborn_tables import SEABORN
from playground.data.source import Source
from playground.specs.facts import Task

_ORIGINS = {
    "tips": "P. Bryant and M. Smith, 1995; as Plotly provides it",
    "gapminder": "Gapminder Foundation; as Plotly provides it",
    "wind": "as Plotly provides it, which names no source",
    "election": "Montreal's mayoral election of 2013; as Plotly provides it",
    "penguins": "K. Gorman, T. Williams and W. Fraser, 2014; seaborn's collection",
    "titanic": "passengers of the Titanic; seaborn's collection, which names no source",
    "mpg": "StatLib, 1983, as changed by R. Quinlan, 1993; seaborn's collection",
    "diamonds": "H. Wickham, for ggplot2; seaborn's collection",
}
_LICENCES = {
    "penguins": "CC0 1.0",
    "diamonds": "MIT, as part of ggplot2",
}
_UNITS = {"tip": "US dollars", "lifeExp": "years", "frequency": "%", "mpg": "miles per gallon", "price": "US dollars"}


def _source(name: str, table: NamedTable) -> Source:
    n = len(table.classes)
    task: Task = "regression" if n == 0 else "binary" if n == 2 else "multiclass"
    return Source(
        table.load,
        task,
        (len(table.columns),),
        table.n_rows,
        table.classes,
        tuple(column.name for column in table.columns),
        unit=_UNITS.get(table.target, ""),
        licence=_LICENCES.get(name, "MIT, as part of Plotly" if name in PLOTLY else ""),
        origin=_ORIGINS[name],
        columns=table.columns,
        target=table.target,
        groups=table.groups,
        stamp=seaborn_tables.stamp(name) if name in SEABORN else None,
    )


TABLES: dict[str, Source] = {name: _source(name, table) for name, table in (PLOTLY | SEABORN).items()}
