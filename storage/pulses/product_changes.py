"""What becomes of products: renamed, merged into another one, removed. Each is one write.

Rounds, marks and comments are not touched: a merge moves questions, pulses, digests and saved messages to the
kept product, and figures from elsewhere with them; those of a removed product go with it.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, func, select

from storage.engine.repository import Repository, add_many, fetch_all, fetch_one
from storage.records import Product, Pulse, Uses
from storage.records.name_folding import comparison_key, fold
from storage.schema.delivery_tables import DIGEST, EDITION, OUTCOME
from storage.schema.question_tables import IS_ANSWER, PRODUCT, PULSE, RATING, WAVE
from storage.schema.round_rows import QUESTION_OF_ROUND
from storage.schema.round_tables import QUESTION, ROLE, ROUND
from storage.schema.saved_tables import SAVED
from storage.schema.wave_rows import PRODUCTS, PULSES, read_product, read_pulse

_PLACE = ("channel_id", "subject_key", "lens", "instrument", "wording", "named")
_ONE_OUTCOME = ("team_id", "lens", "metric_key", "day", "whole_month")


class ProductChanged(Exception):
    """Raised where a product is not any more what was shown before: nothing was changed."""


class ProductChanges(Repository):
    """Renaming, merging and removing; whoever asks for it is checked before."""

    async def uses(self, team_id: str, product_id: str) -> Uses:
        """What there is of a product."""
        return await self._engine.read(lambda connection: _uses(connection, team_id, product_id))

    async def rename(self, product: Product, name: str) -> Product:
        """The product under its new name; the same where it has that name already.

        Nothing ends by it: its questions are known by its id, and the name that it had stays known. Raises
        ProductChanged where it has got another name, or another product has this one.
        """

        def work(connection: Connection) -> Product:
            now = _locked(connection, product.team_id, product.id)
            if now is None or now.name not in {product.name, name}:
                raise ProductChanged
            by_name = (PRODUCT.c.team_id == product.team_id, PRODUCT.c.folded == fold(name))
            if connection.execute(select(PRODUCT.c.id).where(*by_name, PRODUCT.c.id != now.id)).first():
                raise ProductChanged
            return _named(connection, now, name, (), whole=now.whole)

        return await self._engine.write(work)

    async def merge(self, gone: Product, into: Product) -> list[Pulse]:
        """Moves all that is of one product to another, and gives the schedules that are paused by it.

        Two questions that are the same by it stay two, each with its rounds and waves; what is asked from
        then on is asked as the kept product's. Of two schedules that ask the same in a channel the later one
        is paused; of two digests in a channel the older one goes on, with the editions of both. Raises
        ProductChanged where one of the two is not there any more or has got another name.
        """

        def work(connection: Connection) -> list[Pulse]:
            pair = [_locked(connection, each.team_id, each.id) for each in sorted((gone, into), key=_id)]
            found = {each.id: each for each in pair if each}
            if [found.get(each.id) and found[each.id].name for each in (gone, into)] != [
                gone.name,
                into.name,
            ]:
                raise ProductChanged
            old, kept = found[gone.id], found[into.id]
            _join_questions(connection, old, kept)
            _join_digests(connection, old, kept)
            for table in (PULSE, WAVE, SAVED):
                these = (table.c.team_id == old.team_id, table.c.product_id == old.id)
                connection.execute(table.update().where(*these).values(product_id=kept.id))
            _join_roles(connection, old, kept)
            _join_outcomes(connection, old, kept)
            connection.execute(
                PRODUCT.delete().where(PRODUCT.c.team_id == old.team_id, PRODUCT.c.id == old.id)
            )
            kept = _named(connection, kept, kept.name, old.keys, whole=old.whole or kept.whole)
            return _pause_doubles(connection, kept)

        return await self._engine.write(work)

    async def remove(self, product: Product) -> None:
        """Removes a product of which there is nothing; raises ProductChanged for any other, and for none."""

        def work(connection: Connection) -> None:
            now = _locked(connection, product.team_id, product.id)
            if now is None or now.name != product.name or _uses(connection, now.team_id, now.id) != Uses():
                raise ProductChanged
            connection.execute(
                PRODUCT.delete().where(PRODUCT.c.team_id == now.team_id, PRODUCT.c.id == now.id)
            )

        return await self._engine.write(work)


def _id(product: Product) -> str:
    return product.id


def _locked(connection: Connection, team_id: str, product_id: str) -> Product | None:
    by_id = PRODUCTS.where(PRODUCT.c.team_id == team_id, PRODUCT.c.id == product_id)
    return fetch_one(connection, by_id.with_for_update(), read_product)


def _named(
    connection: Connection, product: Product, name: str, more: Collection[str], *, whole: bool
) -> Product:
    """The product with a name and its former ones; what was a subject and is its name now is the product."""
    former = sorted((product.keys | frozenset(more)) - {comparison_key(name)})
    values = {"name": name, "folded": fold(name), "former_keys": former, "whole": whole}
    this = (PRODUCT.c.team_id == product.team_id, PRODUCT.c.id == product.id)
    connection.execute(PRODUCT.update().where(*this).values(values))
    now = replace(product, name=name, former_keys=tuple(former), whole=whole)
    mine = (QUESTION.c.team_id == now.team_id, QUESTION.c.product_id == now.id)
    about_it = QUESTION.c.subject_key.in_(now.keys)
    for question_id in connection.execute(select(QUESTION.c.id).where(*mine, about_it)).scalars().all():
        _move(connection, now.team_id, question_id, subject_key="")
    return now


def _join_questions(connection: Connection, old: Product, kept: Product) -> None:
    mine = (QUESTION.c.team_id == old.team_id, QUESTION.c.product_id == old.id)
    for question_id in connection.execute(select(QUESTION.c.id).where(*mine)).scalars().all():
        _move(connection, old.team_id, question_id, product_id=kept.id)


def _move(connection: Connection, team_id: str, question_id: str, **values: str) -> None:
    """Gives a question another product or subject; where one like it is there, it stays apart from it."""
    this = (QUESTION.c.team_id == team_id, QUESTION.c.id == question_id)
    row = connection.execute(select(QUESTION).where(*this)).one()._asdict() | values
    same = and_(*(QUESTION.c[name] == row[name] for name in ("team_id", "product_id", *_PLACE, "apart")))
    taken = connection.execute(select(QUESTION.c.id).where(same, QUESTION.c.id != question_id)).first()
    apart = question_id if taken else row["apart"]
    connection.execute(QUESTION.update().where(*this).values(**values, apart=apart))


def _join_digests(connection: Connection, old: Product, kept: Product) -> None:
    mine = select(DIGEST).where(DIGEST.c.team_id == old.team_id, DIGEST.c.product_id.in_([old.id, kept.id]))
    by_channel: dict[str, list[tuple[str, str]]] = {}
    for row in connection.execute(mine.order_by(DIGEST.c.removed, DIGEST.c.created_at, DIGEST.c.id)):
        by_channel.setdefault(row.channel_id, []).append((row.id, row.product_id))
    for (stays, of), *others in by_channel.values():
        for other, _ in others:
            posted = (EDITION.c.team_id == old.team_id, EDITION.c.digest_id == other)
            connection.execute(EDITION.update().where(*posted).values(digest_id=stays))
            connection.execute(DIGEST.delete().where(DIGEST.c.team_id == old.team_id, DIGEST.c.id == other))
        if of == old.id:
            this = (DIGEST.c.team_id == old.team_id, DIGEST.c.id == stays)
            connection.execute(DIGEST.update().where(*this).values(product_id=kept.id))


def _join_roles(connection: Connection, old: Product, kept: Product) -> None:
    """One row a person stays: of the kept product where they were asked of it, else of the other one.

    Who would rather not say it of the kept product is not given what they said of the other one.
    """
    mine = (ROLE.c.team_id == old.team_id, ROLE.c.product_id == old.id)
    found = connection.execute(select(ROLE).where(*mine)).all()
    add_many(connection, ROLE, [row._asdict() | {"product_id": kept.id} for row in found])


def _join_outcomes(connection: Connection, old: Product, kept: Product) -> None:
    """Figures from elsewhere are moved; where both have one of a kind, side and day, the kept one's stays."""
    other, mine = OUTCOME.alias("other"), (OUTCOME.c.team_id == old.team_id, OUTCOME.c.product_id == old.id)
    same = and_(*(other.c[name] == OUTCOME.c[name] for name in _ONE_OUTCOME))
    taken = exists().where(same, other.c.product_id == kept.id)
    connection.execute(OUTCOME.delete().where(*mine, taken))
    connection.execute(OUTCOME.update().where(*mine).values(product_id=kept.id))


def _pause_doubles(connection: Connection, kept: Product) -> list[Pulse]:
    """Pauses every schedule that asks what an earlier one asks in the same channel."""
    running = PULSES.where(
        PULSE.c.team_id == kept.team_id,
        PULSE.c.product_id == kept.id,
        PULSE.c.next_at.is_not(None),
        ~PULSE.c.paused,
    )
    paused = doubled(fetch_all(connection, running.order_by(PULSE.c.number), read_pulse))
    these = (PULSE.c.team_id == kept.team_id, PULSE.c.id.in_([pulse.id for pulse in paused]))
    connection.execute(PULSE.update().where(*these).values(paused=True))
    return paused


def doubled(running: Collection[Pulse]) -> list[Pulse]:
    """Those of some schedules of one product that ask in a channel what an earlier one asks there."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for pulse in running:
        subject = comparison_key(pulse.about)
        asked = (pulse.channel_id, subject, pulse.lens, pulse.instrument, pulse.named)
        if asked in seen:
            found.append(pulse)
        seen.add(asked)
    return found


def _uses(connection: Connection, team_id: str, product_id: str) -> Uses:
    def number(table: FromClause, *conditions: ColumnElement[Any]) -> int:
        query = select(func.count()).select_from(table).where(*conditions)
        return int(connection.execute(query).scalar_one())

    asked = (WAVE.c.team_id == team_id, WAVE.c.product_id == product_id, ~WAVE.c.taken_down)
    answered = exists().where(RATING.c.team_id == WAVE.c.team_id, RATING.c.wave_id == WAVE.c.id, IS_ANSWER)
    pulses = (PULSE.c.team_id == team_id, PULSE.c.product_id == product_id)
    digests = (DIGEST.c.team_id == team_id, DIGEST.c.product_id == product_id)
    of_digest = (EDITION.c.team_id == DIGEST.c.team_id) & (EDITION.c.digest_id == DIGEST.c.id)
    saved = (SAVED.c.team_id == team_id, SAVED.c.product_id == product_id, SAVED.c.text.is_not(None))
    of_question = (QUESTION.c.team_id == team_id, QUESTION.c.product_id == product_id)
    return Uses(
        rounds=number(ROUND.join(QUESTION, QUESTION_OF_ROUND), *of_question),
        open_waves=number(WAVE, *asked, WAVE.c.closed_at.is_(None)),
        waiting=number(WAVE, *asked, WAVE.c.closed_at.is_not(None), WAVE.c.round_id.is_(None), answered),
        schedules=number(PULSE, *pulses, PULSE.c.cadence.is_not(None)),
        pulses=number(PULSE, *pulses),
        digests=number(DIGEST, *digests, ~DIGEST.c.removed),
        editions=number(EDITION.join(DIGEST, of_digest), *digests),
        saved=number(SAVED, *saved),
    )
