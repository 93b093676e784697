"""Series that need no file."""

from playground.catalog.entry import Entry, Param


def _int(name: str, default: int, low: int, high: int, label: str, what: str) -> Param:
    return Param(name, "int", default, minimum=low, maximum=high, label=label, help=what, basic=True)


def _float(name: str, default: float, low: float, high: float, label: str, what: str) -> Param:
    return Param(name, "float", default, minimum=low, maximum=high, label=label, help=what, basic=True)


def cut(window: int, *, difference: bool = False) -> tuple[Param, ...]:
    """How a series is cut into windows of that length."""
    return (
        _int("window", window, 1, 1_000, "Window", "How many past values the network sees."),
        _int("horizon", 1, 1, 1_000, "Horizon", "How many steps ahead the value lies that is to be predicted."),
        Param(
            "difference",
            "flag",
            difference,
            label="Differences",
            help="Learns by how much the values change, not what they are.",
            basic=True,
        ),
    )


def _series(name: str, label: str, summary: str, *params: Param, url: str = "") -> Entry:
    return Entry(name, "datasets", "Series", label, summary, params, (1,), ("regression",), basic=True, url=url)


SERIES: tuple[Entry, ...] = (
    _series(
        "seasonal",
        "Seasons and trend",
        "A series with a trend, seasons and noise: what comes next, from what came before.",
        _int("length", 600, 20, 100_000, "Values", "How long the series is."),
        _float("level", 0.0, -1_000.0, 1_000.0, "Level", "Where the series begins."),
        _float("trend", 2.0, -1_000.0, 1_000.0, "Trend", "How far it rises from beginning to end."),
        Param(
            "periods",
            "list",
            (12.0, 60.0),
            minimum=2.0,
            maximum=10_000.0,
            label="Seasons",
            help="How many values each season lasts.",
            basic=True,
        ),
        _float("season", 1.0, 0.0, 1_000.0, "Height of the seasons", "How far each goes up and down."),
        _float("noise", 0.2, 0.0, 1_000.0, "Noise", "The standard deviation of the random error in every value."),
        *cut(24),
    ),
    _series(
        "stocks",
        "Stock prices",
        "105 weeks of a company's price. Nothing here beats saying the last price again: that is the lesson.",
        Param(
            "company",
            "choice",
            "GOOG",
            choices=("GOOG", "AAPL", "AMZN", "FB", "NFLX", "MSFT"),
            label="Company",
            help="Whose price is to be predicted.",
            basic=True,
        ),
        *cut(8, difference=True),
        url="https://plotly.com/python-api-reference/generated/plotly.data.html",
    ),
)
"""In teaching order."""
