"""How people know a product is kept, where they say it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("role", sa.Enum("buys", "runs", "uses", "several", native_enum=False, length=16)),
        sa.ForeignKeyConstraint(
            ["team_id", "product_id"],
            ["product.team_id", "product.id"],
            name=op.f("fk_role_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "respondent", "product_id", name=op.f("pk_role")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("role")
