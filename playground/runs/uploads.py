"""Which drafts hold which files that people brought."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from playground.runs.database import reading, writing
from playground.runs.schema import drafts, uploads


@dataclass(frozen=True, slots=True)
class Upload:
    """That a draft holds a file.

    Attributes:
        draft_id: whose file it is.
        file: the file's SHA-256.
        owner: whose draft it is.
        name: what the file was called.
        size: bytes that are kept of it.
        at: when it was brought last, seconds since the epoch.
    """

    draft_id: str
    file: str
    owner: str
    name: str
    size: int
    at: float


class Uploads:
    """The claims of drafts on files."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, draft_id: str, file: str, owner: str, name: str, size: int) -> None:
        """Have a draft hold a file from now on; one that holds it already holds it anew."""
        row = {"draft_id": draft_id, "file": file, "owner": owner, "name": name[:200], "size": size, "at": time.time()}
        with writing(self._engine) as connection:
            connection.execute(uploads.delete().where(uploads.c.draft_id == draft_id, uploads.c.file == file))
            connection.execute(uploads.insert().values(row))

    def of_draft(self, draft_id: str) -> Sequence[Upload]:
        """What a draft holds, the file that was brought last first."""
        query = sa.select(uploads).where(uploads.c.draft_id == draft_id).order_by(uploads.c.at.desc())
        with reading(self._engine) as connection:
            return [Upload(**row._mapping) for row in connection.execute(query)]

    def used(self, owner: str, besides: str = "") -> int:
        """Bytes of all files that drafts of ``owner`` hold, each file once; ``besides`` is a file not to count."""
        files = sa.select(uploads.c.file, sa.func.max(uploads.c.size).label("size"))
        files = files.where(uploads.c.owner == owner, uploads.c.file != besides).group_by(uploads.c.file)
        total = sa.select(sa.func.coalesce(sa.func.sum(files.subquery().c.size), 0))
        with reading(self._engine) as connection:
            return int(connection.execute(total).scalar_one())

    def release(self, draft_id: str, file: str) -> bool:
        """Have a draft hold a file no longer; returns whether no draft is left that holds it or is made for it."""
        with writing(self._engine) as connection:
            connection.execute(uploads.delete().where(uploads.c.draft_id == draft_id, uploads.c.file == file))
            holders = sa.select(uploads.c.draft_id).where(uploads.c.file == file)
            # A copy, or a draft out of a link, names the file without having brought it.
            users = sa.select(drafts.c.id).where(drafts.c.id != draft_id, drafts.c.spec.contains(file, autoescape=True))
            return connection.execute(sa.union_all(holders, users).limit(1)).first() is None

    def held(self, since: float) -> frozenset[str]:
        """All files that some draft has held since that time or later; earlier claims are forgotten."""
        with writing(self._engine) as connection:
            connection.execute(uploads.delete().where(uploads.c.at < since))
            return frozenset(connection.execute(sa.select(uploads.c.file)).scalars())
