"""When somebody was last reminded of each instrument: NPS rests longer than SEQ does."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument_pause",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(respondent) = 64", name=op.f("ck_instrument_pause_respondent")),
        sa.PrimaryKeyConstraint("team_id", "respondent", "instrument", name=op.f("pk_instrument_pause")),
    )


def downgrade() -> None:
    op.drop_table("instrument_pause")
