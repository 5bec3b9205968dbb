"""Standing orders: this contrast, to this channel, on this cadence."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, bindparam, func, select

from storage.digests.outcomes import newest_of_each
from storage.digests.renewed_questions import renew_closed
from storage.engine.repository import Repository, add, fetch_one, new_id, record_of, select_columns
from storage.records import Digest, DigestSettings, OutcomeFigure, Period, Product, changed_leads
from storage.schema.columns import holds, written_zone
from storage.schema.delivery_tables import DIGEST, EDITION
from storage.schema.question_tables import PRODUCT

MOST_LOOKED_AT = 8  # editions after a close, for the first that holds its round
OF_PRODUCT = (PRODUCT.c.team_id == DIGEST.c.team_id) & (PRODUCT.c.id == DIGEST.c.product_id)
ALL_DIGESTS = select_columns([*DIGEST.c, *PRODUCT.c], DIGEST.join(PRODUCT, OF_PRODUCT))
DIGESTS = ALL_DIGESTS.where(~DIGEST.c.removed)
_DUE = DIGESTS.where(DIGEST.c.next_at <= bindparam("now"), ~DIGEST.c.paused).order_by(DIGEST.c.next_at)


def read_digest(row: Row[Any]) -> Digest:
    """The digest in a row of DIGESTS."""
    return record_of(row, "digest", Digest)


class Digests(Repository):
    """The digests of every workspace."""

    async def configure(
        self,
        *,
        team_id: str,
        product: Product,
        channel_id: str,
        lead: str,
        as_admin: bool = False,
        begin: DigestSettings,
        sources: Sequence[str] | None = None,
        cadence: str | None = None,
        zone: str | None = None,
        min_group: int,
        next_at: Callable[[str, str], datetime | None],
        now: datetime,
    ) -> Digest:
        """The digest of a product in a channel, changed and running; a new one has the settings of `begin`.

        One that is led by others than `lead` is given back as it is, but for an admin, who joins the leads.
        What is None stays as it is at the moment of the write, the smallest group may only be raised: so two
        changes at once are both kept. `next_at` gives the next time for the cadence and the zone that come
        out. A digest that was removed begins anew, and keeps its id and its editions. `created_at` is since
        when it has read all its sources: another one, or a new start, sets it anew.
        """
        place = {"team_id": team_id, "channel_id": channel_id, "product_id": product.id}
        here = [DIGEST.c[name] == value for name, value in place.items()]
        changes = {"sources": sources, "cadence": cadence, "zone": zone}

        def work(connection: Connection) -> Digest:
            found = fetch_one(connection, DIGESTS.where(*here).with_for_update(), read_digest)
            if found and lead not in found.leads and not as_admin:
                return found
            settings = {name: getattr(found or begin, name) for name in changes}
            settings |= {name: value for name, value in changes.items() if value is not None}
            order = {
                **settings,
                "next_at": next_at(settings["cadence"], settings["zone"]),
                "min_group": max(min_group, found.min_group) if found else min_group,
                "leads": tuple(dict.fromkeys((*(found.leads if found else ()), lead))),
                "paused": False,
                "pause_reason": None,
                "removed": False,
            }
            if not order["sources"]:  # they could not be read, and nobody named any
                order["sources"] = begin.sources
            if found is None:
                order |= {"cx_metric": None, "ux_metric": None}
            if found is None or not set(order["sources"]) <= set(found.sources):
                order["created_at"] = now
            if found or not add(connection, DIGEST, {**place, **order, "id": new_id()}):
                connection.execute(DIGEST.update().where(*here).values(order))
            kept = read_digest(connection.execute(DIGESTS.where(*here)).one())
            renew_closed(connection, kept, (*kept.sources, *(found.sources if found else ())))
            return kept

        return await self._engine.write(work)

    async def get(self, team_id: str, digest_id: str) -> Digest | None:
        """The digest of that id."""
        return await self._fetch_one(
            DIGESTS.where(DIGEST.c.team_id == team_id, DIGEST.c.id == digest_id), read_digest
        )

    async def ever(self, team_id: str, digest_id: str) -> Digest | None:
        """The digest of that id, also one that has ended: what it has posted stands."""
        return await self._fetch_one(
            ALL_DIGESTS.where(DIGEST.c.team_id == team_id, DIGEST.c.id == digest_id), read_digest
        )

    async def in_channel(self, team_id: str, channel_id: str) -> list[Digest]:
        """The digests that are posted to a channel, by product, also paused ones."""
        query = DIGESTS.where(DIGEST.c.team_id == team_id, DIGEST.c.channel_id == channel_id)
        return await self._fetch_all(query.order_by(PRODUCT.c.folded), read_digest)

    async def ended_in(self, team_id: str, channel_id: str) -> list[Digest]:
        """The digests that were posted to a channel and have ended, as they were, by product."""
        query = ALL_DIGESTS.where(
            DIGEST.c.team_id == team_id, DIGEST.c.channel_id == channel_id, DIGEST.c.removed
        )
        return await self._fetch_all(query.order_by(PRODUCT.c.folded), read_digest)

    async def about(self, team_id: str, product_id: str) -> list[Digest]:
        """The digests of a product in all channels, by channel, also paused ones."""
        query = DIGESTS.where(DIGEST.c.team_id == team_id, DIGEST.c.product_id == product_id)
        return await self._fetch_all(query.order_by(DIGEST.c.channel_id), read_digest)

    async def led_by(self, team_id: str, user_id: str) -> list[Digest]:
        """The digests that somebody leads, by product, also paused ones."""
        query = DIGESTS.where(DIGEST.c.team_id == team_id, holds(DIGEST.c.leads, user_id))
        return await self._fetch_all(query.order_by(PRODUCT.c.folded, DIGEST.c.channel_id), read_digest)

    async def reading(self, team_id: str, channel_id: str) -> list[Digest]:
        """The running digests that name a channel among their sources, by product."""
        query = DIGESTS.where(DIGEST.c.team_id == team_id, ~DIGEST.c.paused)
        running = await self._fetch_all(query.order_by(PRODUCT.c.folded, DIGEST.c.channel_id), read_digest)
        return [digest for digest in running if channel_id in digest.sources]

    async def due(self, now: datetime) -> list[Digest]:
        """The digests of all workspaces whose next time has come and that are not paused, oldest first."""
        return await self._fetch_all(_DUE, read_digest, now=now)

    async def in_lost_zones(self) -> list[tuple[Digest, str]]:
        """The running digests of all workspaces in zones that do not exist any more, with these."""
        query = DIGESTS.add_columns(written_zone(DIGEST)).where(
            DIGEST.c.next_at.is_not(None), ~DIGEST.c.paused
        )
        found = await self._fetch_all(query, lambda row: (read_digest(row), str(row.written_zone)))
        return [(digest, zone) for digest, zone in found if digest.zone != zone]

    async def everywhere(self) -> list[Digest]:
        """The digests of all workspaces, by workspace and product, also paused ones."""
        return await self._fetch_all(DIGESTS.order_by(DIGEST.c.team_id, PRODUCT.c.folded), read_digest)

    async def pause(self, team_id: str, digest_id: str, *, reason: str | None) -> None:
        """Posts no more until it is configured again or resumed."""
        await self._set(team_id, digest_id, paused=True, pause_reason=reason)

    async def resume(self, team_id: str, digest_id: str, *, next_at: datetime) -> None:
        """Posts again, next at that time."""
        await self._set(team_id, digest_id, paused=False, pause_reason=None, next_at=next_at)

    async def change_leads(self, team_id: str, digest_id: str, *, user_id: str, add: bool) -> bool:
        """Adds or removes a lead; False, and nothing changed, for the last one and for one who is none."""
        mine = (DIGEST.c.team_id == team_id, DIGEST.c.id == digest_id)

        def work(connection: Connection) -> bool:
            found = fetch_one(connection, DIGESTS.where(*mine).with_for_update(of=DIGEST), read_digest)
            leads = found and changed_leads(found.leads, user_id, add=add)
            if leads is None:
                return False
            connection.execute(DIGEST.update().where(*mine).values(leads=leads))
            return True

        return await self._engine.write(work)

    async def remove(self, team_id: str, digest_id: str) -> None:
        """Ends the order. Its editions stay, so that quotes in them can still be erased."""
        await self._set(team_id, digest_id, removed=True, next_at=None)

    async def renew_questions(self, team_id: str, product_id: str) -> None:
        """Wants the closed questions anew that say in which edition of a product's digests results come."""
        mine = (DIGEST.c.team_id == team_id, DIGEST.c.product_id == product_id)

        def work(connection: Connection) -> None:
            for digest in map(read_digest, connection.execute(DIGESTS.where(*mine)).all()):
                renew_closed(connection, digest, digest.sources)

        await self._engine.write(work)

    async def _set(self, team_id: str, digest_id: str, **values: Any) -> None:
        """Change when a digest is posted; the closed questions that name it are renewed."""

        def work(connection: Connection) -> None:
            connection.execute(_update(team_id, digest_id).values(values))
            one = ALL_DIGESTS.where(DIGEST.c.team_id == team_id, DIGEST.c.id == digest_id)
            if digest := fetch_one(connection, one, read_digest):
                renew_closed(connection, digest, digest.sources)

        await self._engine.write(work)

    async def outcomes_beside(
        self, team_id: str, product_id: str, *, period: Period | None = None
    ) -> tuple[OutcomeFigure, ...]:
        """The newest figure from elsewhere of each kind and side, of a period if one is given."""
        return await self._engine.read(lambda each: newest_of_each(each, team_id, product_id, period))

    async def first_edition_with(self, digest: Digest, round_id: str, since: datetime) -> datetime | None:
        """When the first edition of a digest was made that holds a round; None where none does."""
        query = select(EDITION.c.made_at, EDITION.c.figures).where(
            EDITION.c.team_id == digest.team_id,
            EDITION.c.digest_id == digest.id,
            EDITION.c.made_at >= since,
        )
        made = await self._fetch_all(query.order_by(EDITION.c.made_at).limit(MOST_LOOKED_AT), tuple)
        return next((at for at, figures in made if round_id in (figures.get("rounds") or ())), None)

    async def clicked(self, team_id: str, digest_id: str) -> None:
        """Somebody has pressed a button of an edition: it is read."""
        await self._change(_update(team_id, digest_id).values(unclicked=0))

    async def was_read(self, team_id: str, edition_id: str) -> None:
        """Somebody has pressed something under an edition: its digest is read. Of no edition: nothing."""
        of_edition = select(EDITION.c.digest_id).where(
            EDITION.c.team_id == team_id, EDITION.c.id == edition_id
        )
        mine = (DIGEST.c.team_id == team_id, DIGEST.c.id == of_edition.scalar_subquery())
        await self._change(DIGEST.update().where(*mine).values(unclicked=0))

    async def set_metrics(
        self, team_id: str, digest_id: str, *, cx_metric: str | None, ux_metric: str | None
    ) -> None:
        """Sets the instrument that speaks for a side, where none does yet."""
        values = {
            "cx_metric": func.coalesce(DIGEST.c.cx_metric, cx_metric),
            "ux_metric": func.coalesce(DIGEST.c.ux_metric, ux_metric),
        }
        await self._change(_update(team_id, digest_id).values(values))


def _update(team_id: str, digest_id: str) -> Update:
    return DIGEST.update().where(DIGEST.c.team_id == team_id, DIGEST.c.id == digest_id)
