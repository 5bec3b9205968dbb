"""Keep how many people answered a counted wave; find waves and labels by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COUNT_PEOPLE = """
    UPDATE wave SET people = (
        SELECT COUNT(DISTINCT rating.respondent) FROM rating
        WHERE rating.team_id = wave.team_id AND rating.wave_id = wave.id AND rating.item <> 0
    )
    WHERE counted_at IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("wave", sa.Column("people", sa.Integer(), nullable=True))
    op.execute(COUNT_PEOPLE)
    op.drop_index("ix_wave_pulse", "wave")
    op.create_index("ix_wave_pulse", "wave", ["team_id", "pulse_id", "opened_at"], unique=False)
    op.create_index("ix_wave_opened", "wave", ["team_id", "channel_id", "opened_at"], unique=False)
    op.create_index(
        "ix_wave_open",
        "wave",
        ["team_id", "pulse_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_comment_label", "comment", ["team_id", "label_version"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_comment_label", "comment")
    op.drop_index("ix_wave_open", "wave")
    op.drop_index("ix_wave_opened", "wave")
    op.drop_index("ix_wave_pulse", "wave")
    op.create_index("ix_wave_pulse", "wave", ["team_id", "pulse_id"], unique=False)
    with op.batch_alter_table("wave") as wave:
        wave.drop_column("people")
