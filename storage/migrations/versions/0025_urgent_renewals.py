"""A message that shows more than another count is renewed before those that do not."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default="1"))
    with op.batch_alter_table("post") as post:
        post.alter_column("urgent", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("post") as post:
        post.drop_column("urgent")
