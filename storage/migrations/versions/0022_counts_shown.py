"""A message knows how many people had answered when its last renewal for that was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("post", sa.Column("answered", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("post") as post:
        post.alter_column("answered", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("post") as post:
        post.drop_column("answered")
