"""How a script gets the windows of a series of one's own."""

from playground.data.plan import Plan
from playground.data.sets.own_series import dates_of
from playground.data.uploads.upload import profile_of
from playground.export import layout
from playground.export.calls import value_of
from playground.export.table_read import read
from playground.settings import settings


def series_lines(planned: Plan) -> tuple[str, ...]:
    """Statements that end with ``x``, float32 of shape (n, window), and ``y``, float64 of shape (n,)."""
    profile = profile_of(planned.options["file"], settings())
    options, dates = planned.options, dates_of(profile)
    target = ("table[", *value_of(planned.source.target), "]")
    lines = [
        layout.laid_out(("table = ", *read(profile.name, profile))),
        layout.laid_out(
            ("values = ", *layout.call("pd.to_numeric", target, ('errors="coerce"',)), '.to_numpy("float64")')
        ),
    ]
    if dates is not None:
        when = ("table[", *value_of(dates.name), "]")
        dated = layout.call("pd.to_datetime", when, ("format=", *value_of(dates.date_format)))
        lines.append(layout.laid_out(("when = ", *dated)))
        lines.append('values = values[np.argsort(when.to_numpy(), kind="stable")]')
    width = options["window"] + options["difference"]
    ahead = options["horizon"]
    stride = f"::{options['stride']}" if options["stride"] > 1 else ":"
    lines += [
        "values = values[np.isfinite(values)]",
        f"n = len(values) - {width + ahead - 1}  # windows, each with the value {ahead} later as its target",
        f"x = np.lib.stride_tricks.sliding_window_view(values, {width})[:n]",
        f"y = values[{width + ahead - 1}:]",
    ]
    if options["difference"]:
        lines.append("x, y = np.diff(x), y - x[:, -1]  # by how much the values change")
    if options["stride"] > 1:
        lines.append(f"x, y = x[{stride}], y[{stride}]")
    return (*lines, 'x = x.astype("float32")')
