"""The waves of a question are found by an index, also those that are counted."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_wave_question", "wave", ["team_id", "question_id", "opened_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_wave_question", table_name="wave")
