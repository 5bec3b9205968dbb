"""Messages of a channel are sent in the order in which they were queued."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("queued", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("post") as post:
        post.alter_column("queued", existing_type=sa.Integer(), server_default=None)
    op.create_index("ix_post_queued", "post", ["team_id", "queued"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_post_queued", table_name="post")
    with op.batch_alter_table("post") as post:
        post.drop_column("queued")
