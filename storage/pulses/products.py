"""What the two lenses look at."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from storage.engine.repository import Repository, add, new_id, reader, select_columns
from storage.records import AskedQuestion, Product
from storage.records.name_folding import fold
from storage.schema.question_tables import PRODUCT, PULSE, WAVE
from storage.schema.wave_rows import PRODUCTS, PULSE_OF_WAVE, read_product


class Products(Repository):
    """The products of a workspace."""

    async def named(self, team_id: str, name: str) -> Product:
        """The product of that name, however it is spelt (`fold`); a new one, written so, if there is none."""
        row = {"team_id": team_id, "id": new_id(), "name": name.strip(), "folded": fold(name)}

        def work(connection: Connection) -> Product:
            add(connection, PRODUCT, row)
            return read_product(connection.execute(_by_name(team_id, name)).one())

        found = await self.find(team_id, name)
        if found is None:
            found = await self._engine.write(work)
        return found

    async def find(self, team_id: str, name: str) -> Product | None:
        """The product of that name, however it is spelt."""
        return await self._fetch_one(_by_name(team_id, name), read_product)

    async def in_channels(self, team_id: str, channel_ids: Collection[str]) -> list[Product]:
        """The products that a pulse of these channels asks about, by name."""
        asked = select(PULSE.c.product_id).where(
            PULSE.c.team_id == team_id, PULSE.c.channel_id.in_(channel_ids)
        )
        query = PRODUCTS.where(PRODUCT.c.team_id == team_id, PRODUCT.c.id.in_(asked))
        return await self._fetch_all(query.order_by(PRODUCT.c.folded), read_product)

    async def channels(self, team_id: str, *, product_id: str) -> list[str]:
        """The channels in which a pulse asks about a product."""
        query = select(PULSE.c.channel_id).where(PULSE.c.team_id == team_id, PULSE.c.product_id == product_id)
        return await self._fetch_all(query.distinct().order_by(PULSE.c.channel_id), lambda row: str(row[0]))

    async def asked_about(
        self, team_id: str, channel_ids: Collection[str], *, product_id: str
    ) -> list[AskedQuestion]:
        """What was ever asked about a product in some channels, what was taken down left out."""
        was_asked = exists().where(PULSE_OF_WAVE, ~WAVE.c.taken_down)
        query = (
            select_columns([PULSE.c.channel_id, PULSE.c.instrument, PULSE.c.lens], PULSE)
            .where(PULSE.c.team_id == team_id, PULSE.c.channel_id.in_(channel_ids))
            .where(PULSE.c.product_id == product_id, was_asked)
            .distinct()
        )
        return await self._fetch_all(query, reader("pulse", AskedQuestion))


def _by_name(team_id: str, name: str) -> Select[Any]:
    return PRODUCTS.where(PRODUCT.c.team_id == team_id, PRODUCT.c.folded == fold(name))
