"""What two versions of a single day left behind is put right.

One counted a round and kept who had chosen what; one kept on PostgreSQL when to look a message up without its
zone, so that it could never be looked up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TIES_OF_COUNTED = """
    DELETE FROM rating WHERE EXISTS (
        SELECT 1 FROM wave JOIN pulse ON pulse.team_id = wave.team_id AND pulse.id = wave.pulse_id
        WHERE wave.team_id = rating.team_id AND wave.id = rating.wave_id
            AND wave.round_id IS NOT NULL AND NOT pulse.named
    )
"""


def upgrade() -> None:
    op.execute(TIES_OF_COUNTED)
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        columns = {each["name"]: each["type"] for each in sa.inspect(connection).get_columns("post")}
        if not getattr(columns["look_up_at"], "timezone", True):
            op.alter_column(
                "post",
                "look_up_at",
                type_=sa.DateTime(timezone=True),
                postgresql_using="look_up_at AT TIME ZONE 'UTC'",
            )


def downgrade() -> None:
    """Nothing: what is gone stays gone."""
