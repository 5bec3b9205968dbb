"""A round may have its counts by role; what was counted before has none, and never will."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("by_role", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("round", "by_role")
