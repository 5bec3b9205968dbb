"""Whether it was a new secret that cut the ties to before, and whether mutes were lost with the old one."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

COLUMNS = ("new_secret", "mutes_lost")


def upgrade() -> None:
    with op.batch_alter_table("installation") as table:
        for name in COLUMNS:
            table.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("installation") as table:
        for name in COLUMNS:
            table.alter_column(name, existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("installation") as table:
        for name in COLUMNS:
            table.drop_column(name)
