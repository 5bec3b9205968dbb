"""Postings of a pulse: how they open, and how they are found. How they end is in `closing`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage.delivery.ledger import move, take
from storage.delivery.outbox_requests import new_post, want
from storage.engine.repository import Door, new_id
from storage.pulses.wave_ends import Closing
from storage.records import Occasion, PostKind, Pulse, Terms, Wave
from storage.schema.question_tables import WAVE
from storage.schema.wave_rows import TERMS_BY_ID, WAVE_BY_ID, WAVES, read_terms, read_wave

REMEMBERED = 1024  # waves whose terms are kept in memory


class Waves(Closing):
    """The waves of every workspace."""

    def __init__(self, read: Door, write: Door) -> None:
        super().__init__(read, write)
        self._terms: dict[tuple[str, str], Terms] = {}

    async def open(
        self,
        *,
        pulse: Pulse,
        question: str,
        ui_version: int,
        opened_at: datetime,
        closes_at: datetime,
        invited: int | None,
        occasion: Occasion | None = None,
        skipped: Sequence[Occasion] = (),
        next_at: datetime | None = None,
    ) -> Wave | None:
        """A new wave and its message in the outbox.

        With an `occasion` also, in the same transaction, its row in the ledger, those of the `skipped` ones
        and the pulse's next time; None, and nothing changed, when the ledger had it already.
        """
        row = {
            "team_id": pulse.team_id,
            "id": new_id(),
            "pulse_id": pulse.id,
            "channel_id": pulse.channel_id,
            "product_id": pulse.product.id,
            "question": question,
            "ui_version": ui_version,
            "opened_at": opened_at,
            "closes_at": closes_at,
            "invited": invited,
            "taken_down": False,
        }

        def work(connection: Connection) -> Wave | None:
            if occasion and not take(connection, occasion):
                return None
            if occasion:
                move(connection, "pulse", of=occasion, skipped=skipped, next_at=next_at)
            return _post(connection, row)

        return await self._write(work)

    async def get(self, team_id: str, wave_id: str) -> Wave | None:
        """The wave of that id, taken down or not."""
        return await self._one(WAVE_BY_ID, read_wave, team_id=team_id, wave_id=wave_id)

    async def terms(self, team_id: str, wave_id: str) -> Terms | None:
        """On what terms the wave of that id takes answers; read once, since every click asks."""
        known = self._terms.get((team_id, wave_id))
        if known is not None:
            return known
        terms = await self._one(TERMS_BY_ID, read_terms, team_id=team_id, wave_id=wave_id)
        if terms is not None:
            while len(self._terms) >= REMEMBERED:
                del self._terms[next(iter(self._terms))]
            self._terms[team_id, wave_id] = terms
        return terms

    async def of_pulse(self, team_id: str, pulse_id: str) -> list[Wave]:
        """The waves of a pulse, newest first, also those taken down."""
        query = WAVES.where(WAVE.c.team_id == team_id, WAVE.c.pulse_id == pulse_id)
        return await self._all(query.order_by(WAVE.c.opened_at.desc()), read_wave)

    async def in_channels(
        self, team_id: str, channel_ids: Collection[str], *, open_only: bool = False
    ) -> list[Wave]:
        """The waves of some channels, newest first, without those taken down."""
        query = WAVES.where(WAVE.c.team_id == team_id, WAVE.c.channel_id.in_(channel_ids), ~WAVE.c.taken_down)
        if open_only:
            query = query.where(WAVE.c.closed_at.is_(None))
        return await self._all(query.order_by(WAVE.c.opened_at.desc()), read_wave)


def _post(connection: Connection, row: Mapping[str, Any]) -> Wave:
    connection.execute(WAVE.insert(), row)
    wave = read_wave(connection.execute(WAVE_BY_ID, {"team_id": row["team_id"], "wave_id": row["id"]}).one())
    post = new_post(PostKind.WAVE, team_id=wave.team_id, ref=wave.id, channel_id=wave.pulse.channel_id)
    want(connection, post)
    return wave
