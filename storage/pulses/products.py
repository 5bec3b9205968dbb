"""What the two lenses look at."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy.exc import IntegrityError

from storage.engine.repository import Repository, add, new_id
from storage.pulses.product_changes import ProductChanged
from storage.records import ConfirmedName, Lens, Product
from storage.records.name_folding import fold
from storage.schema.delivery_tables import DIGEST
from storage.schema.question_tables import PRODUCT, PULSE
from storage.schema.wave_rows import PRODUCTS, of_whole, read_product


class Products(Repository):
    """The products of a workspace."""

    async def create(self, team_id: str, confirmed: ConfirmedName) -> Product:
        """The product of that name, however it is spelt (`fold`); a new one, written so, if there is none."""
        name = confirmed.name
        new = Product(team_id=team_id, id=new_id(), name=name.strip())

        def work(connection: Connection) -> Product:
            add_product(connection, new)
            return read_product(connection.execute(_by_name(team_id, name)).one())

        found = await self.find(team_id, name)
        if found is None:
            found = await self._engine.write(work)
        return found

    async def find(self, team_id: str, name: str) -> Product | None:
        """The product of that name, however it is spelt."""
        return await self._fetch_one(_by_name(team_id, name), read_product)

    async def get(self, team_id: str, product_id: str) -> Product | None:
        """The product of that id."""
        query = PRODUCTS.where(PRODUCT.c.team_id == team_id, PRODUCT.c.id == product_id)
        return await self._fetch_one(query, read_product)

    async def in_channels(self, team_id: str, channel_ids: Collection[str]) -> list[Product]:
        """The products that a pulse of these channels asks about, by name."""
        asked = select(PULSE.c.product_id).where(
            PULSE.c.team_id == team_id, PULSE.c.channel_id.in_(channel_ids)
        )
        query = PRODUCTS.where(PRODUCT.c.team_id == team_id, PRODUCT.c.id.in_(asked))
        return await self._fetch_all(query.order_by(PRODUCT.c.folded), read_product)

    async def whole(self, team_id: str) -> Product | None:
        """The product that stands for the whole organisation; None where none does."""
        return await self._fetch_one(
            PRODUCTS.where(PRODUCT.c.team_id == team_id, PRODUCT.c.whole), read_product
        )

    async def mark(self, product: Product, *, whole: bool, at: datetime) -> None:
        """Lets a product stand for the whole organisation, or no more.

        As of that moment its digests read users of other products too. Raises ProductChanged where it has got
        another name or is gone, and where another product stands for the whole.
        """
        team = (PRODUCT.c.team_id == product.team_id,)
        this = (*team, PRODUCT.c.id == product.id, PRODUCT.c.name == product.name)
        digests = (DIGEST.c.team_id == product.team_id, DIGEST.c.product_id == product.id)

        def work(connection: Connection) -> None:
            others = select(PRODUCT.c.id).where(*team, PRODUCT.c.whole, PRODUCT.c.id != product.id)
            marked = PRODUCT.update().where(*this, PRODUCT.c.whole != whole).values(whole=whole)
            if (whole and connection.execute(others).first()) or not connection.execute(marked).rowcount:
                raise ProductChanged
            if whole:
                connection.execute(DIGEST.update().where(*digests).values(created_at=at))

        try:
            await self._engine.write(work)
        except IntegrityError:  # another product was marked at the same moment
            raise ProductChanged from None

    async def everywhere(self, team_id: str) -> list[Product]:
        """All products of a workspace, by name."""
        query = PRODUCTS.where(PRODUCT.c.team_id == team_id).order_by(PRODUCT.c.folded)
        return await self._fetch_all(query, read_product)

    async def of_all_teams(self) -> list[Product]:
        """The products of every workspace."""
        return await self._fetch_all(PRODUCTS.order_by(PRODUCT.c.team_id, PRODUCT.c.name), read_product)

    async def places(self, team_id: str, *, product_id: str) -> list[str]:
        """The channels in which a pulse asks about a product, or a digest of it is posted."""
        posted = select(DIGEST.c.channel_id).where(
            DIGEST.c.team_id == team_id, DIGEST.c.product_id == product_id
        )
        digests = await self._fetch_all(posted, lambda row: str(row[0]))
        return sorted({*await self.channels(team_id, product_id=product_id), *digests})

    async def all_places(self, team_id: str) -> dict[str, set[str]]:
        """The channels of `places` for every product of a workspace that has any, by its id."""
        found: dict[str, set[str]] = {}
        for table in (PULSE, DIGEST):
            query = (
                select(table.c.product_id, table.c.channel_id).where(table.c.team_id == team_id).distinct()
            )
            for place in await self._fetch_all(query, lambda row: row):
                found.setdefault(place.product_id, set()).add(place.channel_id)
        return found

    async def channels(
        self, team_id: str, *, product_id: str, lens: Lens | None = None, whole: bool = False
    ) -> list[str]:
        """The channels in which a pulse asks about a product, or about that side of it.

        With `whole` it stands for the organisation: those in which users of others are asked are among them.
        """
        shown = of_whole(PULSE, product_id) if whole else PULSE.c.product_id == product_id
        query = select(PULSE.c.channel_id).where(PULSE.c.team_id == team_id, shown)
        query = query.where(PULSE.c.lens == lens) if lens else query
        return await self._fetch_all(query.distinct().order_by(PULSE.c.channel_id), lambda row: str(row[0]))


def add_product(connection: Connection, new: Product) -> bool:
    """Adds a product; False, and nothing changed, where one of its name is there."""
    row = {"team_id": new.team_id, "id": new.id, "name": new.name, "folded": fold(new.name)}
    return add(connection, PRODUCT, {**row, "former_keys": [], "whole": new.whole})


def _by_name(team_id: str, name: str) -> Select[Any]:
    return PRODUCTS.where(PRODUCT.c.team_id == team_id, PRODUCT.c.folded == fold(name))
