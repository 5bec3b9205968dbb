"""How people know a product, as they said when they were asked: one row a person and product.

It is kept under the confidential key, and never beside an answer.
"""

from collections.abc import Awaitable, Collection
from typing import Any, Protocol

from sqlalchemy import Connection, Row, bindparam, exists, func, select

from storage.engine.repository import Repository, Transact, add, fetch_one, put, select_columns
from storage.records import KnownProduct, RoleSaid
from storage.schema.question_tables import PRODUCT, RATING, WAVE
from storage.schema.round_tables import ROLE
from storage.schema.wave_rows import read_product

ASKED_OF_PEOPLE = select(ROLE.c.team_id, ROLE.c.respondent, ROLE.c.product_id).where(
    ROLE.c.team_id.in_(bindparam("teams", expanding=True)),
    ROLE.c.respondent.in_(bindparam("people", expanding=True)),
)
"""Who was asked of which product; made once, since a click waits for it."""

_PRODUCT_OF_ROLE = (PRODUCT.c.team_id == ROLE.c.team_id) & (PRODUCT.c.id == ROLE.c.product_id)
_KNOWN = select_columns([ROLE.c.role, *PRODUCT.c], ROLE.join(PRODUCT, _PRODUCT_OF_ROLE))


UNSAY = "unsay"  # as it is noted outside


class Note(Protocol):
    """Keeps outside of the database that something is about to be erased."""

    def __call__(self, what: str, team_id: str, *ids: str) -> Awaitable[None]:
        """What it is, and whose."""


class Roles(Repository):
    """How the people of every workspace know its products. `note` keeps outside what is taken back."""

    def __init__(self, engine: Transact, note: Note | None = None) -> None:
        super().__init__(engine)
        self._note = note

    async def of_person(self, team_id: str, respondents: Collection[str]) -> list[KnownProduct]:
        """The products of which a person was asked how they know them, by name, and what they said."""
        theirs = _KNOWN.where(ROLE.c.team_id == team_id, ROLE.c.respondent.in_(respondents))
        return await self._fetch_all(theirs.order_by(func.lower(PRODUCT.c.name), PRODUCT.c.id), _read)

    async def find(self, team_id: str, respondent: str, product_id: str) -> KnownProduct | None:
        """A product, and how a person said that they know it.

        None where there is no such product, and where they neither were asked of it nor answered about it.
        """
        return await self._engine.read(lambda connection: _find(connection, team_id, respondent, product_id))

    async def change(
        self, team_id: str, respondent: str, product_id: str, said: RoleSaid
    ) -> KnownProduct | None:
        """Keeps what a person says now of how they know a product; who says nothing erases what they said.

        None, and nothing changed, where `find` gives none.
        """

        def work(connection: Connection) -> KnownProduct | None:
            if _find(connection, team_id, respondent, product_id) is None:
                return None
            unsay_role(connection, team_id, respondent, product_id)
            if said.role:
                keep_role(connection, team_id, respondent, product_id, said)
            return _find(connection, team_id, respondent, product_id)

        if said.role is None and self._note:
            await self._note(UNSAY, team_id, f"{respondent}/{product_id}")
        return await self._engine.erase(work)


def unsay_role(connection: Connection, team_id: str, respondent: str, product_id: str) -> None:
    """Erases what a person said of how they know a product."""
    mine = (ROLE.c.team_id == team_id, ROLE.c.respondent == respondent, ROLE.c.product_id == product_id)
    connection.execute(ROLE.update().where(*mine).values(role=None))


def keep_role(connection: Connection, team_id: str, respondent: str, product_id: str, said: RoleSaid) -> None:
    """Keeps what somebody said when they were asked; who says nothing now keeps what they said before."""
    row = {"team_id": team_id, "respondent": respondent, "product_id": product_id, "role": said.role}
    if said.role is None:
        add(connection, ROLE, row)
    else:
        put(connection, ROLE, [row])


def erase_roles(connection: Connection, team_id: str, respondents: Collection[str]) -> tuple[int, int]:
    """Erases how a person knows products; of how many they said it, and of how many they did not."""
    theirs = ROLE.delete().where(ROLE.c.team_id == team_id, ROLE.c.respondent.in_(respondents))
    said = connection.execute(theirs.where(ROLE.c.role.is_not(None))).rowcount
    return said, connection.execute(theirs).rowcount


def _find(connection: Connection, team_id: str, respondent: str, product_id: str) -> KnownProduct | None:
    theirs = _PRODUCT_OF_ROLE & (ROLE.c.respondent == respondent)
    known = select_columns([ROLE.c.role, *PRODUCT.c], PRODUCT.outerjoin(ROLE, theirs))
    asked = ROLE.c.respondent.is_not(None)
    of_wave = (RATING.c.team_id == WAVE.c.team_id) & (RATING.c.wave_id == WAVE.c.id)
    about_it = (WAVE.c.team_id == PRODUCT.c.team_id) & (WAVE.c.product_id == PRODUCT.c.id)
    answered = exists().where(of_wave, about_it, RATING.c.respondent == respondent)
    this = known.where(PRODUCT.c.team_id == team_id, PRODUCT.c.id == product_id, asked | answered)
    return fetch_one(connection, this, _read)


def _read(row: Row[Any]) -> KnownProduct:
    return KnownProduct(read_product(row), row.role_role)
