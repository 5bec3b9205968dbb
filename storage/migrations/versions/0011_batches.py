"""Batches and blocks of comments; none is made here."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNCUT = sa.text("block_id IS NULL AND withdrawn_at IS NULL AND NOT never_cut")


def upgrade() -> None:
    op.create_table(
        "block",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("need", sa.Integer(), nullable=False),
        sa.Column("tones", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("across_comments", sa.Integer(), nullable=True),
        sa.Column("across_about_other", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_block")),
        sa.CheckConstraint("need >= 5 AND comments >= need", name=op.f("ck_block_comments")),
        sa.CheckConstraint(
            "across_comments IS NOT NULL OR across_about_other IS NULL", name=op.f("ck_block_across")
        ),
        _belongs("block", "question"),
    )
    op.create_index("ix_block_question", "block", ["team_id", "question_id"], unique=False)
    op.create_table(
        "batch",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("need", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.String(), nullable=True),
        sa.Column("never_cut", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_batch")),
        sa.CheckConstraint("need >= 5", name=op.f("ck_batch_need")),
        _belongs("batch", "question"),
        _belongs("batch", "block"),
    )
    op.create_index("ix_batch_question", "batch", ["team_id", "question_id"], unique=False)
    op.create_index("ix_batch_block", "batch", ["team_id", "block_id"], unique=False)
    op.create_index(
        "ix_batch_uncut",
        "batch",
        ["team_id", "question_id"],
        unique=False,
        sqlite_where=UNCUT,
        postgresql_where=UNCUT,
    )
    op.create_table(
        "batch_wave",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "wave_id", name=op.f("pk_batch_wave")),
        _belongs("batch_wave", "wave"),
        _belongs("batch_wave", "batch"),
    )
    op.create_index("ix_batch_wave_batch", "batch_wave", ["team_id", "batch_id"], unique=False)


def _belongs(table: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", f"{to}_id"],
        [f"{to}.team_id", f"{to}.id"],
        name=op.f(f"fk_{table}_{to}"),
        ondelete="CASCADE",
    )


def downgrade() -> None:
    for table in ("batch_wave", "batch", "block"):
        op.drop_table(table)
