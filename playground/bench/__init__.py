"""Benchmarks: every figure a ratio taken in one run where it can be, against a peer or a stated bound."""

from playground.bench.result import Result
from playground.bench.table import BENCHES

__all__ = ["BENCHES", "Result"]
