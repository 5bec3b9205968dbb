"""Results that are told back to the channels whose people answered; there are none yet."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STANDS = sa.text("removed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "share",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edition_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("shared_by", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_share")),
        sa.ForeignKeyConstraint(
            ["team_id", "edition_id"],
            ["edition.team_id", "edition.id"],
            name=op.f("fk_share_edition"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_share_standing",
        "share",
        ["team_id", "channel_id", "edition_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    op.drop_table("share")
