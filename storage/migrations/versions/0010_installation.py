"""What is kept of the installation; waves that an older version counted still wait for their round."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None

EVERY_TEAM = "*"
COUNTED_WITHOUT_A_ROUND = sa.text("""
    SELECT 1 FROM wave WHERE counted_at IS NOT NULL AND round_id IS NULL AND NOT taken_down LIMIT 1
""")


def upgrade() -> None:
    installation = op.create_table(
        "installation",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("unfinished", sa.Boolean(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("restored_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_installation")),
    )
    connection = op.get_bind()
    if connection.execute(COUNTED_WITHOUT_A_ROUND).first():
        connection.execute(installation.insert().values(team_id=EVERY_TEAM, unfinished=True, step=0))


def downgrade() -> None:
    op.drop_table("installation")
