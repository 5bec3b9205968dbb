"""A question may close by the digest that reads it; a digest counts editions nobody clicked on."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SIX_WEEKS, ONE_WEEK = 3_628_800, 604_800  # seconds


def upgrade() -> None:
    with op.batch_alter_table("pulse") as pulse:
        pulse.alter_column("open_for", existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table("digest") as digest:
        digest.drop_column("window_length")
        digest.add_column(sa.Column("unclicked", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("digest") as digest:
        digest.alter_column("unclicked", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("digest") as digest:
        digest.drop_column("unclicked")
        digest.add_column(
            sa.Column("window_length", sa.Integer(), nullable=False, server_default=str(SIX_WEEKS))
        )
    with op.batch_alter_table("digest") as digest:
        digest.alter_column("window_length", existing_type=sa.Integer(), server_default=None)
    rows = sa.table("pulse", sa.column("open_for", sa.Integer()))
    op.execute(rows.update().where(rows.c.open_for.is_(None)).values(open_for=ONE_WEEK))
    with op.batch_alter_table("pulse") as pulse:
        pulse.alter_column("open_for", existing_type=sa.Integer(), nullable=False)
