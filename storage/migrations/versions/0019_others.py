"""A notice that has reached nobody goes to the next of those it is for."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("post", sa.Column("others", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("post", "others")
