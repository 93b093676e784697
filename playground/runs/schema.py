"""The tables of the store. Migrations in ``migrations/`` bring any earlier version here; a test compares the two."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Id = String(64)
_Counter = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself in SQLite


def _run() -> Column[str]:
    return Column("run_id", _Id, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


runs = Table(
    "runs",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("owner", _Id, nullable=False, index=True),
    Column("draft_id", _Id),
    Column("name", String(200), nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("spec", Text, nullable=False),
    Column("created_at", Float(53), nullable=False, index=True),
)
"""What was asked for; never changed."""

events = Table(
    "events",
    metadata,
    _run(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Float(53), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("data", Text, nullable=False),
    Column("columns", LargeBinary),
)
"""What happened; only ever appended to. ``columns`` is a frame of 1-D arrays."""

states = Table(
    "states",
    metadata,
    _run(),
    Column("seq", Integer, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("machine", String(255)),
    Column("summary", Text, nullable=False),
)
"""One row a run, the fold of its events, written in the event's own transaction."""

listing = Table(
    "listing",
    metadata,
    _run(),
    Column("owner", _Id, nullable=False),
    Column("created_at", Float(53), nullable=False),
    Column("name", String(200), nullable=False),
    Column("dataset", String(80), nullable=False),
    Column("model", String(300), nullable=False),
    Column("state", String(16), nullable=False),
    Column("epochs", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seconds", Float(53), nullable=False),
    Column("parameters", BigInteger),
    Column("device", String(80)),
    Column("metric", String(80)),
    Column("last", Float(53)),
    Column("best", Float(53)),
    Column("loss", Float(53)),
    Column("best_loss", Float(53)),
    Index("ix_listing_owner_created_at", "owner", "created_at"),
)
"""One narrow row a run, written with its state: what lists of runs are searched, filtered and sorted by."""

requests = Table(
    "requests",
    metadata,
    Column("id", _Counter, primary_key=True, autoincrement=True),
    Column("run_id", _Id, ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("args", Text, nullable=False),
    Column("owner", _Id, nullable=False),
    Column("at", Float(53), nullable=False),
    Index("ix_requests_run_id_id", "run_id", "id"),
)
"""What somebody asked a run to do; the answer is an event that names the request."""

labels = Table(
    "labels",
    metadata,
    _run(),
    Column("name", String(200)),
    Column("tags", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("star", Boolean, nullable=False),
    Column("binned_at", Float(53)),
    Column("updated_at", Float(53), nullable=False),
)
"""What people say about a run; may change."""

drafts = Table(
    "drafts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("owner", _Id, nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("spec", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("run_id", _Id),
    Column("created_at", Float(53), nullable=False),
    Column("updated_at", Float(53), nullable=False),
    Column("position", Integer, nullable=False, server_default="0"),
)
"""Unfinished specs; the revision tells a late editor that somebody was faster, the position where undo stands."""

draft_edits = Table(
    "draft_edits",
    metadata,
    Column("draft_id", _Id, ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("spec", Text, nullable=False),
    Column("at", Float(53), nullable=False),
)
"""What a draft was after each edit; those after its position have been undone."""

artifacts = Table(
    "artifacts",
    metadata,
    _run(),
    Column("name", String(200), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
    Column("updated_at", Float(53), nullable=False),
)
"""Files in a run's folder: checkpoints, the model."""

uploads = Table(
    "uploads",
    metadata,
    Column("draft_id", _Id, ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("file", _Id, primary_key=True),
    Column("owner", _Id, nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("at", Float(53), nullable=False),
)
"""Which draft holds which file that somebody brought, named by its SHA-256, and since when."""

comparisons = Table(
    "comparisons",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("owner", _Id, nullable=False, index=True),
    Column("draft_id", _Id),
    Column("kind", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("created_at", Float(53), nullable=False),
)
"""Runs that were asked for together, to be read side by side."""

comparison_runs = Table(
    "comparison_runs",
    metadata,
    Column("comparison_id", _Id, ForeignKey("comparisons.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("run_id", _Id, ForeignKey("runs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", String(200), nullable=False),
)
"""The runs of a comparison in order, and what each is called there; a run that is deleted leaves a gap."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("key", String(128), nullable=False),
    Column("args", Text, nullable=False),
    Column("owner", _Id, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("progress", Float(53), nullable=False),
    Column("message", Text, nullable=False),
    Column("result", Text),
    Column("error", Text),
    Column("is_cancelled", Boolean, nullable=False),
    Column("machine", String(255)),
    Column("pid", Integer),
    Column("pid_start", Float(53)),
    Column("created_at", Float(53), nullable=False),
    Column("updated_at", Float(53), nullable=False),
    Index("ix_jobs_kind_key", "kind", "key"),
)
"""Heavy work that is no run: its progress, its result, whether somebody cancelled it."""
