"""Files that people brought: held by drafts, counted for their owner, deleted when nobody holds them."""

import time

from playground.data.uploads.forget import forget, forget_old
from playground.data.uploads.upload import size_of
from playground.engine.errors import SpecError
from playground.runs import Store
from playground.settings import Settings, setting

_DAY_S = 24 * 3600
_MB = 10**6


def check_room(store: Store, settings: Settings, name: str, size: int, file: str = "") -> None:
    """Refuse ``size`` bytes more of the file called ``name``, with the SHA-256 ``file`` where that is known.

    Raises:
        SpecError: the owner's files would take more than allowed; the message says how much, and what to do.
    """
    used = store.uploads.used(settings.owner, besides=file)
    if used + size > settings.max_uploads_mb * _MB:
        most = f"{settings.max_uploads_mb:,} MB ({setting('max_uploads_mb')})"
        raise SpecError(
            f"{name} takes {size / _MB:,.1f} MB, and the files of your drafts take {used / _MB:,.1f} MB already; this "
            f"server keeps {most} for you. Delete a file, or a draft that you no longer need."
        )


def claim(store: Store, settings: Settings, draft_id: str, file: str, name: str) -> None:
    """Have a draft hold the file with the SHA-256 ``file``, which was called ``name``, from now on.

    Raises:
        SpecError: there is no room for it; what nobody holds is deleted.
    """
    size = size_of(file, settings)
    try:
        check_room(store, settings, name, size, file)
    except SpecError:
        release(store, settings, draft_id, file)
        raise
    store.uploads.claim(draft_id, file, settings.owner, name, size)


def release(store: Store, settings: Settings, draft_id: str, file: str) -> bool:
    """Have a draft hold a file no longer; returns whether it was deleted, because no other draft needs it."""
    is_last = store.uploads.release(draft_id, file)
    if is_last:
        forget(file, settings)
    return is_last


def release_all(store: Store, settings: Settings, draft_id: str) -> None:
    """Have a draft hold nothing any longer, as before it is deleted."""
    for upload in store.uploads.of_draft(draft_id):
        release(store, settings, draft_id, upload.file)


def forget_expired(store: Store, settings: Settings) -> None:
    """Delete the files that were brought longer ago than the server keeps them."""
    before = time.time() - settings.keep_uploads_days * _DAY_S
    forget_old(store.uploads.held(before), before, settings)
