"""Runs have a narrow row that lists are made from; those there are get theirs from their spec and their projection."""

import json
import math
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_TELLING = ("units", "filters", "rate", "pool_size", "size", "num_heads", "output_dim", "target_shape")


def upgrade() -> None:
    listing = op.create_table(
        "listing",
        sa.Column("run_id", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.Float(precision=53), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("dataset", sa.String(length=80), nullable=False),
        sa.Column("model", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("epochs", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(precision=53), nullable=False),
        sa.Column("parameters", sa.BigInteger(), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=True),
        sa.Column("metric", sa.String(length=80), nullable=True),
        sa.Column("last", sa.Float(precision=53), nullable=True),
        sa.Column("best", sa.Float(precision=53), nullable=True),
        sa.Column("loss", sa.Float(precision=53), nullable=True),
        sa.Column("best_loss", sa.Float(precision=53), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_listing_run_id_runs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_listing")),
    )
    op.create_index("ix_listing_owner_created_at", "listing", ["owner", "created_at"], unique=False)
    connection, after = op.get_bind(), ""
    kept = sa.text(
        "SELECT runs.id, runs.owner, runs.created_at, runs.name, runs.spec, states.summary FROM runs "
        "JOIN states ON states.run_id = runs.id WHERE runs.id > :after ORDER BY runs.id LIMIT :most"
    )
    while rows := connection.execute(kept, {"after": after, "most": _AT_ONCE}).all():
        op.bulk_insert(listing, [_row(row) for row in rows])
        after = rows[-1].id


def downgrade() -> None:
    op.drop_index("ix_listing_owner_created_at", table_name="listing")
    op.drop_table("listing")


def _row(row: Any) -> dict[str, Any]:
    spec, run = json.loads(row.spec), json.loads(row.summary)
    line = " · ".join(_layer(layer["kind"], layer.get("args", {})) for layer in spec.get("model", {}).get("layers", ()))
    metrics = run.get("metrics", {})
    beside = [name for name in sorted(metrics) if name.startswith("val_") and name != "val_loss"]
    metric = next((name for name in (*beside, "val_loss", "loss") if name in metrics), None)
    loss = metrics.get("val_loss", metrics.get("loss", {}))
    return {
        "run_id": row.id,
        "owner": row.owner,
        "created_at": row.created_at,
        "name": row.name,
        "dataset": spec.get("dataset", {}).get("source", "")[:80],
        "model": line if len(line) <= 300 else f"{line[:298]} …",
        "state": run["state"],
        "epochs": run["epochs"],
        "epoch": run.get("epoch", 0),
        "seconds": run.get("seconds", 0.0),
        "parameters": run.get("parameters"),
        "device": run["device"][:80] if run.get("device") else None,
        "metric": metric and metric[:80],
        "last": _number(metrics[metric]["last"]) if metric else None,
        "best": _number(metrics[metric]["best"]) if metric else None,
        "loss": _number(loss.get("last")),
        "best_loss": _number(loss.get("best")),
    }


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(float(value)) else float(value)


def _layer(kind: str, args: Any) -> str:
    if isinstance(inner := args.get("layer"), dict):
        return f"{kind} {_layer(str(inner.get('kind', '')), inner.get('args', {}))}"
    value = next((args[name] for name in _TELLING if name in args), None)
    if isinstance(value, list):
        value = "×".join(str(each) for each in value)
    return kind if value is None else f"{kind} {value}"
