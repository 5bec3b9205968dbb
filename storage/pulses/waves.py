"""Postings of a pulse: how they open, how they are found and how they close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar, cast

from sqlalchemy import Connection, Update, bindparam, case, func, or_, select

from storage.delivery.outbox_requests import request_update
from storage.engine.repository import Repository, Transact, fetch_all, new_id
from storage.engine.writer import Share
from storage.pulses.askings import LookedAt, first_size
from storage.pulses.openings import Opening, open_all
from storage.records import SMALLEST_PROMISE, AnswerRules, Occasion, People, Pulse, Wave, WaveHeader
from storage.schema.question_tables import PULSE, WAVE
from storage.schema.wave_rows import RULES_BY_ID, UNSETTLED, WAVE_BY_ID, WAVES, read_rules, read_wave

Asked = TypeVar("Asked", bound=WaveHeader)
_OPEN = UNSETTLED.where(WAVE.c.closed_at.is_(None)).order_by(WAVE.c.closes_at)
_CLOSING = _OPEN.where(WAVE.c.closes_at <= bindparam("now"))
_WITHOUT_INVITED = _OPEN.where(WAVE.c.closes_at > bindparam("now"), WAVE.c.invited.is_(None))
_SIDE = ("team_id", "channel_id", "product_id", "lens")
_OF_SIDE = select(PULSE.c.id).where(*(PULSE.c[each] == bindparam(each) for each in _SIDE))
_BEFORE = select(func.max(WAVE.c.opened_at)).where(
    WAVE.c.team_id == bindparam("team_id"),
    WAVE.c.pulse_id.in_(_OF_SIDE),
    WAVE.c.opened_at < bindparam("opened_at"),
)
_FIRST_SIZE = first_size(bindparam("team_id"), WAVE.c.question_id == bindparam("question_id"))
REMEMBERED = 1024  # waves whose rules are kept in memory


class Waves(Repository):
    """The waves of every workspace."""

    def __init__(self, engine: Transact) -> None:
        super().__init__(engine)
        self._rules: dict[tuple[str, str], AnswerRules] = {}

    async def open(
        self,
        *,
        pulse: Pulse,
        question: str,
        ui_version: int,
        opened_at: datetime,
        closes_at: datetime,
        invited: int | None = None,
        occasion: Occasion | None = None,
        skipped: Sequence[Occasion] = (),
        next_at: datetime | None = None,
        min_group: int = SMALLEST_PROMISE,
        looked_at: LookedAt | None = None,
    ) -> Wave | None:
        """A new wave and its message in the outbox; it promises `min_group`, or what its pulse promised.

        Its times are kept to the whole second, as they are shown.
        `looked_at` says which waves the asker has seen not to be too close. Raises AskedMeanwhile, and
        changes nothing, where there are others by now: with names what is asked here without, or the other
        way round.

        With an `occasion` also, in the same transaction, its row in the ledger, those of the `skipped` ones
        and the pulse's next time; None, and nothing changed, when the ledger had it already, or when a
        scheduled pulse was paused or got another next time after it was read.
        """
        row = {
            "team_id": pulse.team_id,
            "id": new_id(),
            "pulse_id": pulse.id,
            "channel_id": pulse.channel_id,
            "question": question,
            "ui_version": ui_version,
            "opened_at": _whole_second(opened_at),
            "closes_at": _whole_second(closes_at),
            "invited": invited,
            "taken_down": False,
            "promise": max(SMALLEST_PROMISE, min_group, pulse.min_group),
        }

        opening = Opening(
            pulse=pulse,
            row=row,
            occasion=occasion,
            skipped=skipped,
            next_at=next_at,
            looked_at=looked_at,
        )
        return await self._engine.write(Share(open_all, opening, alone=True))

    async def get(self, team_id: str, wave_id: str) -> Wave | None:
        """The wave of that id, taken down or not."""
        return await self._fetch_one(WAVE_BY_ID, read_wave, team_id=team_id, wave_id=wave_id)

    async def without_invited(self, now: datetime) -> list[Wave]:
        """The waves of all workspaces, open at `now`, of which nobody knows how many people they reach."""
        return await self._fetch_all(_WITHOUT_INVITED, read_wave, now=now)

    async def set_invited(
        self,
        team_id: str,
        wave_id: str,
        invited: int,
        *,
        elsewhere: Mapping[str, People] | None = None,
        renew: bool = False,
    ) -> None:
        """Keeps how many people a wave reaches, unless that is known, and whether they are those `elsewhere`.

        With `renew` its message is renewed.
        """
        unknown = _update(team_id, wave_id).where(WAVE.c.invited.is_(None))
        unknown = unknown.values(invited=invited, people_elsewhere=elsewhere)

        def work(connection: Connection) -> None:
            if connection.execute(unknown).rowcount and renew:
                request_update(connection, team_id, [wave_id], urgent=False)

        await self._engine.write(work)

    async def answer_rules(self, team_id: str, wave_id: str) -> AnswerRules | None:
        """By what rules the wave of that id takes answers; read once, since every click asks."""
        known = self._rules.get((team_id, wave_id))
        if known is not None:
            return known
        rules = await self._fetch_one(RULES_BY_ID, read_rules, team_id=team_id, wave_id=wave_id)
        if rules is not None:
            while len(self._rules) >= REMEMBERED:
                del self._rules[next(iter(self._rules))]
            self._rules[team_id, wave_id] = rules
        return rules

    async def open_of(self, team_id: str, pulse_id: str) -> list[Wave]:
        """The waves of a pulse that are not closed, newest first."""
        query = WAVES.where(
            WAVE.c.team_id == team_id, WAVE.c.pulse_id == pulse_id, WAVE.c.closed_at.is_(None)
        )
        return _newest_first(await self._fetch_all(query, read_wave))

    async def newest(self, team_id: str, pulse_id: str) -> Wave | None:
        """The newest wave of a pulse that was not taken down."""
        query = (
            WAVES.where(WAVE.c.team_id == team_id, WAVE.c.pulse_id == pulse_id, ~WAVE.c.taken_down)
            .order_by(WAVE.c.opened_at.desc())
            .limit(1)
        )
        return await self._fetch_one(query, read_wave)

    async def to_show(self, team_id: str, wave_id: str) -> tuple[Wave, datetime | None] | None:
        """A wave, an open one with its first size, and when its side was last asked about there before."""

        def work(connection: Connection) -> tuple[Wave, datetime | None] | None:
            row = connection.execute(WAVE_BY_ID, {"team_id": team_id, "wave_id": wave_id}).first()
            if row is None:
                return None
            pulse = (wave := read_wave(row)).pulse
            side = zip(_SIDE, (team_id, pulse.channel_id, pulse.product.id, pulse.lens), strict=True)
            before = connection.execute(_BEFORE, {"opened_at": wave.opened_at, **dict(side)}).scalar()
            shown = wave if wave.closed_at else _with_first_size(connection, wave)
            return shown, cast("datetime | None", before)

        return await self._engine.read(work)

    async def with_first_size(self, wave: Asked) -> Asked:
        """A wave with how many people it reached when what waits beside it was asked first, where any does.

        By that number the count decides whether a word is made of them.
        """
        return await self._engine.read(lambda connection: _with_first_size(connection, wave))

    async def is_first_since(self, wave: Wave, restored_on: date) -> bool:
        """Whether a wave is the first asked in its channel since a restore on that day (UTC)."""
        midnight = datetime.combine(restored_on, time(), UTC)
        earlier = select(WAVE.c.id).where(
            WAVE.c.team_id == wave.team_id,
            WAVE.c.channel_id == wave.pulse.channel_id,
            WAVE.c.opened_at >= midnight,
            WAVE.c.opened_at < wave.opened_at,
            ~WAVE.c.taken_down,  # as all are that the restore has found uncounted
            or_(WAVE.c.counted_at.is_(None), WAVE.c.counted_at >= midnight + timedelta(days=1)),
        )
        found = await self._fetch_one(earlier.limit(1), lambda row: str(row[0]))
        return wave.opened_at >= midnight and found is None

    async def recent(
        self, team_id: str, channel_id: str, *, instrument: str | None, since: datetime
    ) -> list[Wave]:
        """The waves in a channel, not closed or opened after `since`, newest first; None: any instrument."""
        asking = select(PULSE.c.id).where(PULSE.c.team_id == team_id, PULSE.c.channel_id == channel_id)
        here = WAVES.where(WAVE.c.team_id == team_id, ~WAVE.c.taken_down, WAVE.c.ui_version > 0)  # no file
        if instrument is not None:
            asking = asking.where(PULSE.c.instrument == instrument)
            here = here.where(PULSE.c.instrument == instrument)
        halves = (  # each by an index of its own
            here.where(WAVE.c.pulse_id.in_(asking), WAVE.c.closed_at.is_(None)),
            here.where(WAVE.c.channel_id == channel_id, WAVE.c.opened_at > since),
        )

        def work(connection: Connection) -> list[Wave]:
            found = {wave.id: wave for half in halves for wave in fetch_all(connection, half, read_wave)}
            return _newest_first(found.values())

        return await self._engine.read(work)

    async def closing(self, now: datetime) -> list[Wave]:
        """The open waves of all workspaces whose time is up, oldest first."""
        return await self._fetch_all(_CLOSING, read_wave, now=now)

    async def close(self, team_id: str, wave_id: str, *, at: datetime) -> bool:
        """Closes an open wave and renews its message; False when it was closed already."""

        def work(connection: Connection) -> bool:
            closed = connection.execute(end_wave(team_id, wave_id, at).where(WAVE.c.closed_at.is_(None)))
            if closed.rowcount:
                request_update(connection, team_id, [wave_id])
            return closed.rowcount == 1

        return await self._engine.write(work)


def _newest_first(waves: Iterable[Wave]) -> list[Wave]:
    return sorted(waves, key=lambda wave: wave.opened_at, reverse=True)


def _with_first_size(connection: Connection, wave: Asked) -> Asked:
    values = {"team_id": wave.team_id, "question_id": wave.question_id}
    first = connection.execute(_FIRST_SIZE, values).scalar()
    return wave if first is None else replace(wave, invited=first)


def _update(team_id: str, wave_id: str) -> Update:
    return WAVE.update().where(WAVE.c.team_id == team_id, WAVE.c.id == wave_id)


def _whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def end_wave(team_id: str, wave_id: str, at: datetime) -> Update:
    """What closes a wave: at that time, or when its own was up.

    A clock behind the opener's does not move the close.
    """
    at = _whole_second(at)
    early = (WAVE.c.closes_at > at) & (WAVE.c.opened_at <= at)
    return _update(team_id, wave_id).values(
        closed_at=func.coalesce(WAVE.c.closed_at, at), closes_at=case((early, at), else_=WAVE.c.closes_at)
    )
