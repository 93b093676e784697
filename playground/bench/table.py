"""The benchmarks by name."""

from collections.abc import Callable

from playground.bench import edit, engine, look, memory, page, prepare
from playground.bench.result import Result

BENCHES: dict[str, Callable[[], Result]] = {
    "page-start": page.page_start,
    "page-memory": page.page_memory,
    "edit": edit.edit,
    "first-point": engine.first_point,
    "stop": engine.stop,
    "table-prepare": prepare.table_prepare,
    "look": look.look,
    "memory-estimate": memory.memory_estimate,
}
