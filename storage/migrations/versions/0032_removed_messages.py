"""The marks of messages that their authors removed are kept apart from products."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removed_message",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "mark", name=op.f("pk_removed_message")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO removed_message (team_id, mark) SELECT team_id, mark FROM saved WHERE text IS NULL"
    )
    op.execute("DELETE FROM saved WHERE text IS NULL")


def downgrade() -> None:
    op.drop_table("removed_message")
