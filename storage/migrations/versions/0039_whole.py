"""One product of a workspace may stand for the whole organisation; none does yet."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("product", sa.Column("whole", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("product") as product:
        product.alter_column("whole", existing_type=sa.Boolean(), server_default=None)
    op.create_index(
        "uq_product_whole",
        "product",
        ["team_id"],
        unique=True,
        sqlite_where=sa.text("whole"),
        postgresql_where=sa.text("whole"),
    )


def downgrade() -> None:
    op.drop_index("uq_product_whole", "product")
    op.drop_column("product", "whole")
