"""What was asked lately about a product, wherever that was, and when a question was last counted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, func, or_, select

from storage.engine.repository import Repository, fetch_all, reader, select_columns
from storage.records import Lens, Question, Wave
from storage.schema.question_tables import PRODUCT, PULSE, WAVE
from storage.schema.round_rows import QUESTION_OF_ROUND
from storage.schema.round_tables import QUESTION, ROUND
from storage.schema.wave_rows import PRODUCTS, WAS_ASKED, WAVES, read_product, read_wave

_read_question = reader("question", Question)


class Kind(NamedTuple):
    """With names or without, and about which side."""

    named: bool
    lens: Lens


class About(NamedTuple):
    """A product by its names, now and before, and since when what was asked about it counts.

    With a `kind` only what is of it.
    """

    team_id: str
    product_keys: frozenset[str]
    since: datetime
    kind: Kind | None = None


class LookedAt(NamedTuple):
    """What was looked at before asking: the waves of the other kind since a moment, by their ids."""

    since: datetime
    wave_ids: frozenset[str]


class AskedMeanwhile(Exception):
    """Somebody has asked about the same product and side, with names or without, since that was looked at."""


class Askings(Repository):
    """Who was asked what lately is decided by channels and days; nobody's answer is looked at."""

    async def about(
        self, team_id: str, product_keys: frozenset[str], *, since: datetime, kind: Kind | None = None
    ) -> list[Wave]:
        """The waves about a product in all channels that were opened later than `since` or are still open.

        Its names, now and before, are compared without case, spaces and punctuation. Waves that were taken
        down are among them: people have seen them. With a `kind` only those of it.
        """
        about = About(team_id, product_keys, since, kind)
        return await self._engine.read(lambda connection: waves_about(connection, [about])[0])

    async def last_counted_on(self, question: Question) -> date | None:
        """The day (UTC) of a question's last round, withdrawn or not; None where it was never counted."""
        query = select(func.max(ROUND.c.counted_on)).where(
            ROUND.c.team_id == question.team_id, ROUND.c.question_id.in_(_ids_of(question))
        )
        return await self._engine.read(lambda connection: connection.execute(query).scalar())

    async def first_size(self, question: Question) -> int | None:
        """How many people a question reached when what waits of it was asked first; None where none does."""
        return await self._fetch_one(
            first_size(question.team_id, WAVE.c.question_id.in_(_ids_of(question))), lambda row: row[0]
        )

    async def counted_in(self, team_id: str, channel_id: str, *, since: date) -> dict[Question, date]:
        """The questions of a channel with a round since a day (UTC), each with the day of its last one."""
        last = func.max(ROUND.c.counted_on).label("last_on")
        query = (
            select_columns([*QUESTION.c, last], ROUND.join(QUESTION, QUESTION_OF_ROUND))
            .where(QUESTION.c.team_id == team_id, QUESTION.c.channel_id == channel_id)
            .group_by(*QUESTION.primary_key)
            .having(last >= since)
        )
        found = await self._fetch_all(query, lambda row: (_read_question(row), row.last_on))
        return dict(found)


def first_size(team_id: str | BindParameter[str], is_of_question: ColumnElement[bool]) -> Select[Any]:
    """How many people a question reached when what waits of it was asked first; no row where none does.

    By that number the count decides whether a word is made of it and of what joins it.
    """
    waits = (
        WAVE.c.settled_at.is_not(None),
        WAVE.c.round_id.is_(None),
        WAVE.c.counted_at.is_(None),
        ~WAVE.c.taken_down,
    )
    query = select(WAVE.c.invited).where(WAVE.c.team_id == team_id, is_of_question, *waits)
    return query.order_by(WAVE.c.opened_at).limit(1)


def _ids_of(question: Question) -> Select[Any]:
    names = ("channel_id", "product_id", "subject_key", "lens", "instrument", "wording", "named", "apart")
    same = and_(*(QUESTION.c[name] == getattr(question, name) for name in names))
    return select(QUESTION.c.id).where(QUESTION.c.team_id == question.team_id, same)


def waves_about(connection: Connection, abouts: Sequence[About]) -> list[list[Wave]]:
    """For each the waves about its product, newest first; what is alike for many is read once."""
    groups = defaultdict[tuple[str, datetime, Kind | None], list[About]](list)
    for about in dict.fromkeys(abouts):
        groups[about.team_id, about.since, about.kind].append(about)
    products = {team_id: _products_by_key(connection, team_id) for team_id, _, _ in groups}
    found = dict[About, list[Wave]]()
    for (team_id, since, kind), group in groups.items():
        known = products[team_id]
        same = {about: set().union(*(known[key] for key in about.product_keys)) for about in group}
        waves = _waves_of_products(connection, team_id, sorted(set().union(*same.values())), since, kind)
        for about, ids in same.items():
            found[about] = [wave for wave in waves if wave.pulse.product.id in ids]
    return [found[about] for about in abouts]


def _products_by_key(connection: Connection, team_id: str) -> Mapping[str, set[str]]:
    """The ids of products by each of their names, now and before."""
    found = defaultdict[str, set[str]](set)
    for product in fetch_all(connection, PRODUCTS.where(PRODUCT.c.team_id == team_id), read_product):
        for key in product.keys:
            found[key].add(product.id)
    return found


def _waves_of_products(
    connection: Connection, team_id: str, product_ids: Sequence[str], since: datetime, kind: Kind | None
) -> list[Wave]:
    pulses = select(PULSE.c.id).where(PULSE.c.team_id == team_id, PULSE.c.product_id.in_(product_ids))
    if kind:
        pulses = pulses.where(PULSE.c.named == kind.named, PULSE.c.lens == kind.lens)
        if connection.execute(pulses.limit(1)).first() is None:
            return []
    lately = or_(WAVE.c.opened_at > since, WAVE.c.closed_at.is_(None))
    waves = WAVES.where(WAVE.c.team_id == team_id, WAVE.c.pulse_id.in_(pulses), lately, WAS_ASKED)
    return fetch_all(connection, waves.order_by(WAVE.c.opened_at.desc()), read_wave)
