"""An edition keeps its two pictures: the file as Slack names it, and the words that stand for it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition", sa.Column("strips", sa.JSON(), nullable=True))
    op.add_column("edition", sa.Column("history", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("edition", "history")
    op.drop_column("edition", "strips")
