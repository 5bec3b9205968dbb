"""Who was reminded, and who does not want to be: kept under codes, apart from what anybody answered."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

IS_CODE = "length(respondent) = 64"


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("silent", sa.Integer(), nullable=False),
        sa.CheckConstraint(IS_CODE, name=op.f("ck_pause_respondent")),
        sa.CheckConstraint("silent >= 0", name=op.f("ck_pause_silent")),
        sa.PrimaryKeyConstraint("team_id", "respondent", name=op.f("pk_pause")),
    )
    op.create_table(
        "reminder",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("wave_id", sa.String(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(IS_CODE, name=op.f("ck_reminder_respondent")),
        sa.ForeignKeyConstraint(
            ["team_id", "wave_id"],
            ["wave.team_id", "wave.id"],
            name=op.f("fk_reminder_wave"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "respondent", "wave_id", name=op.f("pk_reminder")),
    )
    op.create_index("ix_reminder_wave", "reminder", ["team_id", "wave_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_reminder_wave", table_name="reminder")
    op.drop_table("reminder")
    op.drop_table("pause")
