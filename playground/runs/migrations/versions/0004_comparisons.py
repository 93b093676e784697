"""Runs that belong side by side: variants of one example, the folds of one split."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comparisons",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("draft_id", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparisons")),
    )
    op.create_index(op.f("ix_comparisons_owner"), "comparisons", ["owner"], unique=False)
    op.create_table(
        "comparison_runs",
        sa.Column("comparison_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("run_id", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["comparison_id"],
            ["comparisons.id"],
            name=op.f("fk_comparison_runs_comparison_id_comparisons"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_comparison_runs_run_id_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comparison_id", "position", name=op.f("pk_comparison_runs")),
    )
    op.create_index(op.f("ix_comparison_runs_run_id"), "comparison_runs", ["run_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_comparison_runs_run_id"), table_name="comparison_runs")
    op.drop_table("comparison_runs")
    op.drop_index(op.f("ix_comparisons_owner"), table_name="comparisons")
    op.drop_table("comparisons")
