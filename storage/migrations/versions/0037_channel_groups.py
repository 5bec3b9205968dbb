"""Channels may be read together under a name; there are no such groups yet."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_group",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "folded", name=op.f("pk_channel_group")),
    )


def downgrade() -> None:
    op.drop_table("channel_group")
