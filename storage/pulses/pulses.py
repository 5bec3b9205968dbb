"""Instruments asked about a subject in a channel, once or on a cadence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Row, Select, Update, and_, bindparam, exists, false, func, or_, select

from storage.engine.repository import Repository, Transact, fetch_one, new_id, row_of, select_columns
from storage.records import Lens, Product, Pulse, Wave, changed_leads
from storage.records.pulse_records import ENDED
from storage.schema.columns import written_zone
from storage.schema.question_tables import PRODUCT, PULSE, WAVE
from storage.schema.wave_rows import (
    ANSWERED,
    HEADER_COLUMNS,
    PRODUCT_OF_PULSE,
    PULSE_OF_WAVE,
    PULSES,
    read_pulse,
    read_wave,
)

_DUE = PULSES.where(PULSE.c.next_at <= bindparam("now"), PULSE.c.paused == false()).order_by(PULSE.c.next_at)
"""Made once, as every query that each tick asks: to make one costs more than to run it."""


class GivenNumbers(Protocol):
    """The numbers that each workspace has given out, also those that the database does not know any more."""

    def highest(self, team_id: str) -> int:
        """The highest that was given out before this process began."""

    def keep(self, team_id: str, number: int) -> None:
        """Keeps outside of the database that a number is given out."""


class Pulses(Repository):
    """The pulses of every workspace. No number is given out twice, also not after a restore (`given`)."""

    def __init__(self, engine: Transact, given: GivenNumbers | None = None) -> None:
        super().__init__(engine)
        self._given = given

    async def create(
        self,
        *,
        team_id: str,
        product: Product,
        instrument: str,
        lens: Lens,
        subject: str,
        channel_id: str,
        named: bool,
        min_group: int,
        open_for: timedelta | None,
        cadence: str | None,
        zone: str,
        next_at: datetime | None,
        leads: Sequence[str],
        asked_by: str,
        created_at: datetime,
        pulse_id: str | None = None,
    ) -> Pulse:
        """A new pulse, with the next number of the workspace.

        With a `pulse_id` that is there already, that pulse as it is: an order that comes twice makes one.
        """
        new = Pulse(
            team_id=team_id,
            id=pulse_id or new_id(),
            number=0,
            product=product,
            instrument=instrument,
            lens=lens,
            subject=subject,
            channel_id=channel_id,
            named=named,
            min_group=min_group,
            open_for=open_for,
            cadence=cadence,
            zone=zone,
            next_at=next_at,
            paused=False,
            pause_reason=None,
            leads=tuple(leads),
            asked_by=asked_by,
            created_at=created_at,
        )
        return await self._engine.write(lambda connection: number_pulse(connection, new, self._given))

    async def discard(self, team_id: str, pulse_id: str) -> None:
        """Removes a pulse that has never asked anything."""
        asked = exists().where(WAVE.c.team_id == team_id, WAVE.c.pulse_id == pulse_id)
        mine = (PULSE.c.team_id == team_id, PULSE.c.id == pulse_id)
        await self._change(PULSE.delete().where(*mine, ~asked))

    async def find(self, team_id: str, pulse_id: str) -> Pulse | None:
        """The pulse of that id."""
        return await self._fetch_one(_by_id(team_id, pulse_id), read_pulse)

    async def numbered(self, team_id: str, number: int) -> Pulse | None:
        """The pulse that people know by that number."""
        query = PULSES.where(PULSE.c.team_id == team_id, PULSE.c.number == number)
        return await self._fetch_one(query, read_pulse)

    async def about(self, team_id: str, product_id: str) -> list[Pulse]:
        """The pulses about a product in all channels, by number."""
        query = PULSES.where(PULSE.c.team_id == team_id, PULSE.c.product_id == product_id)
        return await self._fetch_all(query.order_by(PULSE.c.number), read_pulse)

    async def in_channel(
        self, team_id: str, channel_id: str, *, now: datetime
    ) -> list[tuple[Pulse, Wave | None]]:
        """The pulses of a channel by number, each with its newest open wave; all in one query."""
        is_open = and_(PULSE_OF_WAVE, WAVE.c.closed_at.is_(None), WAVE.c.closes_at > now, ~WAVE.c.taken_down)
        query = (
            select_columns(
                [*HEADER_COLUMNS, ANSWERED],
                PULSE.join(PRODUCT, PRODUCT_OF_PULSE).outerjoin(WAVE, is_open),
            )
            .where(PULSE.c.team_id == team_id, PULSE.c.channel_id == channel_id)
            .order_by(WAVE.c.opened_at)
        )

        def read(row: Row[Any]) -> tuple[Pulse, Wave | None]:
            return read_pulse(row), read_wave(row) if row.wave_id else None

        newest = {pulse.id: (pulse, wave) for pulse, wave in await self._fetch_all(query, read)}
        return sorted(newest.values(), key=lambda listed: listed[0].number)

    async def due(self, now: datetime) -> list[Pulse]:
        """The pulses of all workspaces whose next time has come and that are not paused, oldest first."""
        return await self._fetch_all(_DUE, read_pulse, now=now)

    async def in_lost_zones(self) -> list[tuple[Pulse, str]]:
        """The pulses of all workspaces that go on in zones that do not exist any more, with these zones."""
        query = PULSES.add_columns(written_zone(PULSE))
        query = query.where(PULSE.c.next_at.is_not(None), ~PULSE.c.paused)
        found = await self._fetch_all(query, lambda row: (read_pulse(row), str(row.written_zone)))
        return [(pulse, zone) for pulse, zone in found if pulse.zone != zone]

    async def change_leads(self, team_id: str, pulse_id: str, *, user_id: str, add: bool) -> bool:
        """Adds or removes a lead; False, and nothing changed, for the last one and for one who is none."""
        mine = (PULSE.c.team_id == team_id, PULSE.c.id == pulse_id)

        def work(connection: Connection) -> bool:
            found = fetch_one(connection, PULSES.where(*mine).with_for_update(of=PULSE), read_pulse)
            leads = found and changed_leads(found.leads, user_id, add=add)
            if leads is None:
                return False
            connection.execute(PULSE.update().where(*mine).values(leads=leads))
            return True

        return await self._engine.write(work)

    async def pause(self, team_id: str, pulse_id: str, *, reason: str | None) -> None:
        """Asks no more until resumed; one whose schedule has ended goes on saying that."""
        runs = or_(PULSE.c.pause_reason.is_(None), PULSE.c.pause_reason != ENDED)
        await self._change(_update(team_id, pulse_id).where(runs).values(paused=True, pause_reason=reason))

    async def change_schedule(self, pulse: Pulse) -> None:
        """Keeps the words, the schedule and the length of a pulse, unless its schedule has ended."""
        values = {
            "subject": pulse.subject,
            "cadence": pulse.cadence,
            "zone": pulse.zone,
            "open_for": pulse.open_for,
            "next_at": pulse.next_at,
        }
        goes_on = PULSE.c.cadence.is_not(None)
        await self._change(_update(pulse.team_id, pulse.id).where(goes_on).values(values))

    async def resume(self, team_id: str, pulse_id: str, *, next_at: datetime | None) -> None:
        """Asks again, next at that time."""
        values = {"paused": False, "pause_reason": None, "next_at": next_at}
        await self._change(_update(team_id, pulse_id).values(values))


def number_pulse(connection: Connection, new: Pulse, given: GivenNumbers | None) -> Pulse:
    """Keeps a pulse with the next number of its workspace, and gives it; one that is there as it is."""
    if there := connection.execute(_by_id(new.team_id, new.id)).one_or_none():
        return read_pulse(there)
    query = select(func.max(PULSE.c.number)).where(PULSE.c.team_id == new.team_id)
    highest = max(connection.execute(query).scalar() or 0, given.highest(new.team_id) if given else 0)
    pulse = replace(new, number=highest + 1)
    if given:
        given.keep(pulse.team_id, pulse.number)  # before the commit: better one left out than one given twice
    row = row_of(pulse, PULSE, product_id=pulse.product.id)
    connection.execute(PULSE.insert(), row)
    return read_pulse(connection.execute(_by_id(pulse.team_id, pulse.id)).one())


def _by_id(team_id: str, pulse_id: str) -> Select[Any]:
    return PULSES.where(PULSE.c.team_id == team_id, PULSE.c.id == pulse_id)


def _update(team_id: str, pulse_id: str) -> Update:
    return PULSE.update().where(PULSE.c.team_id == team_id, PULSE.c.id == pulse_id)
