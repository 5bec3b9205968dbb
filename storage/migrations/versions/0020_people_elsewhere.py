"""A wave knows whether the people of other channels were those of its own when it was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("wave", sa.Column("people_elsewhere", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("wave", "people_elsewhere")
