"""A comment may be a wish; what was read, cut and quoted before is not known to be one."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

MARKS = (
    ("label", "wish"),
    ("correction", "wish"),
    ("saved", "wish"),
    ("saved", "corrected_wish"),
    ("quote", "wish"),
)


def upgrade() -> None:
    for table, column in MARKS:
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=True))
    op.add_column("block", sa.Column("wishes", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("block", "wishes")
    for table, column in reversed(MARKS):
        op.drop_column(table, column)
