"""The usual remedies for what a run says, as functions from spec to spec."""

from playground.specs.remedies.choose import remedies
from playground.specs.remedies.remedy import Remedy

__all__ = ["Remedy", "remedies"]
