"""The step that makes features of two numbers: one switch for each of them."""

from playground.catalog.entry import Entry, Param


def _feature(name: str, label: str, what: str, is_on: bool = False) -> Param:
    return Param(name, "flag", is_on, label=label, help=what, basic=True)


PLANE_FEATURES = Entry(
    "plane_features",
    "steps",
    "Features",
    "Features of the plane",
    "Makes features of two numbers x and y, such as x² or their distance from the middle.",
    (
        _feature("x", "x", "The first number itself.", True),
        _feature("y", "y", "The second number itself.", True),
        _feature("x_squared", "x²", "With y² a layer less draws circles and ellipses.", True),
        _feature("y_squared", "y²", "With x² a layer less draws circles and ellipses.", True),
        _feature("product", "x · y", "Positive where both have the same sign: it solves XOR alone.", True),
        _feature("sin_x", "sin x", "Waves along x."),
        _feature("sin_y", "sin y", "Waves along y."),
        _feature("cos_x", "cos x", "Waves along x, highest at 0."),
        _feature("cos_y", "cos y", "Waves along y, highest at 0."),
        _feature("distance", "Distance", "From the point where both numbers are 0."),
        _feature("angle", "Angle", "Around the point where both numbers are 0, from -π to π."),
        Param(
            "frequency",
            "float",
            3.0,
            minimum=0.1,
            maximum=100.0,
            label="Frequency",
            help="What x and y are multiplied by inside sin and cos; with 3 there is about one wave from -1 to 1.",
        ),
    ),
    ranks=(1,),
    basic=True,
)
