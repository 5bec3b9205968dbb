"""Which rows of files were counted is kept as keyed marks; of earlier imports there are none."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_rows",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "round_id", name=op.f("pk_file_rows")),
        sa.ForeignKeyConstraint(
            ["team_id", "round_id"],
            ["round.team_id", "round.id"],
            name=op.f("fk_file_rows_round"),
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("file_rows")
