"""Products are found by a wider folding of their names; those that now have one name stay apart.

The one that was asked about or reported on first keeps its name. Every later one gets a number in brackets,
so that people can tell them apart and name them; its pulses, digests and answers stay with it. They are not
made one: figures shown of the one would differ from figures of both by the answers of a few people.
"""

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from storage.records.name_folding import fold

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LONGEST = 60
PRODUCT = sa.table("product", *map(sa.column, ("team_id", "id", "name", "folded")))
USES = [
    sa.table(name, *map(sa.column, ("team_id", "product_id", "created_at"))) for name in ("pulse", "digest")
]


def upgrade() -> None:
    connection = op.get_bind()
    old = {(row.team_id, row.id): row for row in connection.execute(sa.select(PRODUCT))}
    new = {(team, id_): (name, fold(name)) for team, id_, name in _named(connection)}
    changed = {key: new[key] for key, row in old.items() if (row.name, row.folded) != new[key]}
    for team, id_ in changed:  # two products may be about to exchange their keys
        _set(team, id_, folded=f"\x1f{id_}")
    for (team, id_), (name, folded) in changed.items():
        _set(team, id_, name=name, folded=folded)


def downgrade() -> None:
    pass  # the older folding kept more names apart, so every key is still unique


def _named(connection: sa.Connection) -> Iterator[tuple[str, str, str]]:
    """Workspace, id and name of every product, the elder first; no two have one name any more."""
    first = sa.union_all(*(sa.select(use) for use in USES)).subquery()
    begun = sa.select(first.c.team_id, first.c.product_id, sa.func.min(first.c.created_at).label("at"))
    begun_by = begun.group_by(first.c.team_id, first.c.product_id).subquery()
    same = (begun_by.c.team_id == PRODUCT.c.team_id) & (begun_by.c.product_id == PRODUCT.c.id)
    query = sa.select(PRODUCT, begun_by.c.at).select_from(PRODUCT.outerjoin(begun_by, same))
    by_age = query.order_by(begun_by.c.at.is_(None), begun_by.c.at, PRODUCT.c.id)
    rows = connection.execute(by_age).all()
    taken = {(row.team_id, fold(row.name)) for row in rows}
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        key, name = (row.team_id, fold(row.name)), row.name
        numbers[key] += 1
        if numbers[key] > 1:
            name = _numbered(row.name, numbers[key])
            while (row.team_id, fold(name)) in taken:
                numbers[key] += 1
                name = _numbered(row.name, numbers[key])
        taken.add((row.team_id, fold(name)))
        yield row.team_id, row.id, name


def _numbered(name: str, number: int) -> str:
    ending = f" ({number})"
    return f"{name[: LONGEST - len(ending)]}{ending}"


def _set(team_id: str, id_: str, **values: str) -> None:
    op.execute(PRODUCT.update().where(PRODUCT.c.team_id == team_id, PRODUCT.c.id == id_).values(values))
