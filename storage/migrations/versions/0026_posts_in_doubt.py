"""A message of which nobody knows whether it arrived is looked up later, where the app may read history."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

UNKNOWN = sa.text("state = 'unknown'")


def upgrade() -> None:
    op.add_column("post", sa.Column("look_up_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_post_unknown",
        "post",
        ["team_id", "look_up_at"],
        unique=False,
        sqlite_where=UNKNOWN,
        postgresql_where=UNKNOWN,
    )


def downgrade() -> None:
    op.drop_index("ix_post_unknown", table_name="post")
    op.drop_column("post", "look_up_at")
