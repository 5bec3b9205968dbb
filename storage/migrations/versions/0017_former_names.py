"""Products keep their former names; a question that a merge brings beside one like it stays apart."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0019"
branch_labels = None
depends_on = None

SAME = ["team_id", "channel_id", "product_id", "subject_key", "lens", "instrument", "wording", "named"]


def upgrade() -> None:
    op.add_column("product", sa.Column("former_keys", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("product") as product:
        product.alter_column("former_keys", existing_type=sa.JSON(), server_default=None)
    with op.batch_alter_table("question") as question:
        question.add_column(sa.Column("apart", sa.String(), nullable=False, server_default=""))
        question.drop_constraint("uq_question", type_="unique")
        question.create_unique_constraint("uq_question", [*SAME, "apart"])
    with op.batch_alter_table("question") as question:
        question.alter_column("apart", existing_type=sa.String(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("question") as question:
        question.drop_constraint("uq_question", type_="unique")
        question.drop_column("apart")
        question.create_unique_constraint("uq_question", SAME)
    op.drop_column("product", "former_keys")
