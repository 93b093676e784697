"""How far chance moves a figure that was found in ``n`` samples: half the width of its 95 % interval."""

import math

Z = 1.96
"""Standard deviations on either side that hold 95 % of a normal distribution."""


def noise(share: float, n: int) -> float:
    """Half the width of the 95 % interval of a share found in ``n`` samples, such as an accuracy.

    Wilson's score interval (E. B. Wilson, 1927), which holds near 0 and 1 too, where the usual formula gives 0.
    """
    spread = share * (1 - share) / n + Z**2 / (4 * n**2)
    return Z * math.sqrt(spread) / (1 + Z**2 / n)


def error_noise(n: int, power: float = 1.0) -> float:
    """Half the width of the 95 % interval of a mean error over ``n`` samples, as a share of that error.

    The square of a normal error has the variance of twice its mean's square, so their mean over n has a relative
    standard error of the square root of 2/n.

    Args:
        n: samples.
        power: 1 for squared errors, 0.5 for their root and for absolute errors, whose relative error is about half.
    """
    return Z * math.sqrt(2 / n) * power
