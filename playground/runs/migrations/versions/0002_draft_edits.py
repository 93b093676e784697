"""Drafts remember their edits, so that undo survives a reload."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "draft_edits",
        sa.Column("draft_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_draft_edits_draft_id_drafts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "number", name=op.f("pk_draft_edits")),
    )
    op.execute("INSERT INTO draft_edits (draft_id, number, spec, at) SELECT id, 0, spec, updated_at FROM drafts")


def downgrade() -> None:
    op.drop_table("draft_edits")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_column("position")
