"""The smallest group is 5 to 20: a smaller one that was promised before becomes 5."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SMALLEST = 5


def upgrade() -> None:
    for name in ("digest", "pulse"):
        rows = sa.table(name, sa.column("min_group", sa.Integer()))
        op.execute(rows.update().where(rows.c.min_group < SMALLEST).values(min_group=SMALLEST))
        _allow(name, "min_group BETWEEN 5 AND 20")


def downgrade() -> None:
    for name in ("digest", "pulse"):
        _allow(name, "min_group BETWEEN 3 AND 20")  # what was promised meanwhile is kept


def _allow(table: str, condition: str) -> None:
    name = op.f(f"ck_{table}_min_group")
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(name, type_="check")
        changed.create_check_constraint(name, sa.text(condition))
