"""How large a table may be that somebody brings: every refusal names the setting."""

from playground.data.errors import DataError
from playground.settings import Settings, setting


def limit_size(size: int, settings: Settings) -> None:
    if size > settings.max_table_mb * 10**6:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
        raise DataError(f"The file is larger than this server takes: expected at most {limit}.")


def limit_rows(n: int, settings: Settings) -> None:
    if n > settings.max_samples:
        limit = f"{settings.max_samples:,} ({setting('max_samples')})"
        raise DataError(f"The table has more rows than this server takes: expected at most {limit}.")


def limit_columns(n: int, settings: Settings) -> None:
    """Refuse a table of ``n`` columns if that is too many. Raises DataError."""
    if n > settings.max_columns:
        limit = f"{settings.max_columns:,} ({setting('max_columns')})"
        raise DataError(f"The table has {n:,} columns: expected at most {limit}.")
