"""Figures from elsewhere stand beside the two sides; there are none yet."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outcome",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("lens", sa.String(length=16), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("metric_key", sa.Text(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("whole_month", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_outcome")),
        sa.UniqueConstraint(
            "team_id",
            "product_id",
            "lens",
            "metric_key",
            "day",
            "whole_month",
            name=op.f("uq_outcome_team_id_product_id_lens_metric_key_day_whole_month"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "product_id"],
            ["product.team_id", "product.id"],
            name=op.f("fk_outcome_product"),
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("outcome")
