"""Messages are saved as feedback; there are none yet."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

SAVER = sa.text("saver IS NOT NULL")
UNLABELLED = sa.text("label_version IS NULL AND text IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "saved",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("saved_on", sa.Date(), nullable=False),
        sa.Column("said", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("lens", sa.String(length=16), nullable=True),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("saver", sa.String(), nullable=True),
        sa.Column("label_version", sa.String(), nullable=True),
        sa.Column("sentiment", sa.String(length=16), nullable=True),
        sa.Column("touchpoints", sa.JSON(), nullable=False),
        sa.Column("corrected", sa.String(length=16), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_saved")),
        sa.UniqueConstraint("team_id", "mark", name=op.f("uq_saved_team_id_mark")),
        sa.ForeignKeyConstraint(
            ["team_id", "product_id"],
            ["product.team_id", "product.id"],
            name=op.f("fk_saved_product"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "(text IS NULL) = (author IS NULL) AND (text IS NULL OR text <> '')", name=op.f("ck_saved_text")
        ),
        sa.CheckConstraint("channel_id IS NULL OR place IS NULL", name=op.f("ck_saved_place")),
    )
    op.create_index("ix_saved_product", "saved", ["team_id", "product_id"], unique=False)
    op.create_index("ix_saved_author", "saved", ["team_id", "author"], unique=False)
    op.create_index(
        "ix_saved_saver",
        "saved",
        ["team_id", "saver"],
        unique=False,
        sqlite_where=SAVER,
        postgresql_where=SAVER,
    )
    op.create_index(
        "ix_saved_unlabelled",
        "saved",
        ["team_id", "id"],
        unique=False,
        sqlite_where=UNLABELLED,
        postgresql_where=UNLABELLED,
    )


def downgrade() -> None:
    op.drop_table("saved")
