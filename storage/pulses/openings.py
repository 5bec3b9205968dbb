"""How waves open: those that are due at once share one transaction and its statements.

To make and run a statement costs more than to write a row, and a thousand questions may fall due in a minute.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.delivery.ledger import add_occasions
from storage.delivery.outbox_requests import enqueue_all, new_post
from storage.engine.repository import Repository, fetch_all, has_key_in
from storage.pulses.asked_questions import questions_of
from storage.pulses.askings import About, AskedMeanwhile, Kind, LookedAt, waves_about
from storage.records import Occasion, PostKind, Product, Pulse, Wave
from storage.schema.delivery_tables import OCCASION
from storage.schema.question_tables import PRODUCT, PULSE, WAVE
from storage.schema.wave_rows import PULSES, WAVES, read_pulse, read_wave

Key = tuple[str, str]
_LOCKED = PULSES.order_by(PULSE.c.team_id, PULSE.c.id).with_for_update(of=PULSE)
_MOVE = (
    PULSE.update()
    .where(PULSE.c.team_id == bindparam("of_team"), PULSE.c.id == bindparam("of_pulse"))
    .values(next_at=bindparam("then"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A wave that is to be opened: its row without product and question, and what `Waves.open` was given."""

    pulse: Pulse
    row: Mapping[str, Any]
    occasion: Occasion | None
    skipped: Sequence[Occasion]
    next_at: datetime | None
    looked_at: LookedAt | None

    @property
    def key(self) -> Key:
        """The pulse."""
        return self.pulse.team_id, self.pulse.id


@dataclass(frozen=True, slots=True)
class BeforeOpening:
    """What there is of a pulse before it is asked again.

    `others` are the waves of the other kind, with names what this pulse asks without or the other way round;
    `still_open` are its own open waves, and `question_ids` all that it has asked.
    """

    others: Sequence[Wave]
    still_open: Sequence[Wave]
    question_ids: frozenset[str]


class Openings(Repository):
    """What is looked at before waves open."""

    async def before(self, pulses: Sequence[Pulse], *, since: datetime) -> list[BeforeOpening]:
        """What there is of each pulse; of the other kind what was opened after `since` or is still open."""

        def work(connection: Connection) -> list[BeforeOpening]:
            keys = [(pulse.team_id, pulse.id) for pulse in pulses]
            others = waves_about(connection, [_other_kind(pulse, pulse.product, since) for pulse in pulses])
            theirs = has_key_in(keys, WAVE.c.team_id, WAVE.c.pulse_id)
            found = fetch_all(connection, WAVES.where(theirs, WAVE.c.closed_at.is_(None)), read_wave)
            query = select(WAVE.c.team_id, WAVE.c.pulse_id, WAVE.c.question_id).distinct()
            asked = connection.execute(query.where(theirs)).all()
            return [
                BeforeOpening(
                    others[place],
                    [wave for wave in found if (wave.team_id, wave.pulse.id) == key],
                    frozenset(row.question_id for row in asked if (row.team_id, row.pulse_id) == key),
                )
                for place, key in enumerate(keys)
            ]

        return await self._engine.read(work)


def open_all(connection: Connection, openings: Sequence[Opening]) -> list[Wave | None]:
    """The waves, their messages in the outbox; see `Waves.open` for what each is, and what is raised."""
    _require_apart(connection, openings)
    pulses = _pulses_of_now(connection, openings)
    begun = _kept(connection, openings, pulses)
    asked = {place: _as_of_now(connection, openings[place].pulse, pulses) for place in begun}
    wordings = [str(openings[place].row["ui_version"]) for place in begun]
    question_ids = questions_of(connection, list(zip(asked.values(), wordings, strict=True)))
    rows = [
        {**openings[place].row, "product_id": asked[place].product.id, "question_id": question_id}
        for place, question_id in zip(begun, question_ids, strict=True)
    ]
    waves = dict(zip(begun, _posted(connection, rows), strict=True))
    return [waves.get(place) for place in range(len(openings))]


def _require_apart(connection: Connection, openings: Sequence[Opening]) -> None:
    """Raises AskedMeanwhile where the other kind was asked since that was looked at, or is in this batch."""
    looked = [(opening, opening.looked_at) for opening in openings if opening.looked_at]
    if not looked:
        return
    products = sorted({(opening.pulse.team_id, opening.pulse.product.id) for opening, _ in looked})
    these = select(PRODUCT.c.id).where(has_key_in(products, PRODUCT.c.team_id, PRODUCT.c.id))
    these = these.order_by(PRODUCT.c.team_id, PRODUCT.c.id)
    connection.execute(these.with_for_update())  # one asker after another
    abouts = [_other_kind(opening.pulse, opening.pulse.product, at.since) for opening, at in looked]
    for (_, at), waves in zip(looked, waves_about(connection, abouts), strict=True):
        if any(wave.id not in at.wave_ids for wave in waves):
            raise AskedMeanwhile
    named: dict[tuple[str, str, str], bool] = {}
    for opening in openings:
        for product_key in opening.pulse.product.keys:
            same = opening.pulse.team_id, opening.pulse.lens.value, product_key
            if named.setdefault(same, opening.pulse.named) != opening.pulse.named:
                raise AskedMeanwhile


def _other_kind(pulse: Pulse, product: Product, since: datetime) -> About:
    return About(pulse.team_id, product.keys, since, Kind(named=not pulse.named, lens=pulse.lens))


def _pulses_of_now(connection: Connection, openings: Sequence[Opening]) -> dict[Key, Pulse]:
    """The pulses as they are by now; their rows are kept until the transaction ends."""
    keys = sorted({opening.key for opening in openings})
    these = has_key_in(keys, PULSE.c.team_id, PULSE.c.id)
    found = fetch_all(connection, _LOCKED.where(these), read_pulse)
    return {(pulse.team_id, pulse.id): pulse for pulse in found}


def _kept(connection: Connection, openings: Sequence[Opening], pulses: Mapping[Key, Pulse]) -> list[int]:
    """The places of those that open, their occasions in the ledger and their pulses on to the next time."""
    taken = _in_ledger(connection, [opening.occasion for opening in openings if opening.occasion])
    moved, begun, occasions = dict[Key, datetime | None](), list[int](), list[Occasion]()
    for place, opening in enumerate(openings):
        if opening.occasion:
            local = (*opening.key, opening.occasion.local)
            if local in taken or not _is_due(opening, pulses, moved):
                continue
            taken.add(local)
            moved[opening.key] = opening.next_at
            occasions += [opening.occasion, *opening.skipped]
        begun.append(place)
    if occasions:
        add_occasions(connection, occasions)
        rows = [{"of_team": team, "of_pulse": of, "then": moved[team, of]} for team, of in sorted(moved)]
        connection.execute(_MOVE, rows)
    return begun


def _is_due(opening: Opening, pulses: Mapping[Key, Pulse], moved: Mapping[Key, datetime | None]) -> bool:
    """Whether a scheduled pulse is next due when it was seen to be; nobody has moved it since."""
    if opening.pulse.next_at is None:
        return True
    now = pulses.get(opening.key)
    return (
        now is not None
        and not now.paused
        and now.next_at == opening.pulse.next_at
        and opening.key not in moved
    )


def _in_ledger(connection: Connection, occasions: Iterable[Occasion]) -> set[tuple[str, str, str]]:
    wanted = [(each.team_id, each.owner_id, each.local) for each in occasions]
    if not wanted:
        return set()
    key = OCCASION.c.team_id, OCCASION.c.owner_id, OCCASION.c.local
    known = connection.execute(select(*key).where(has_key_in(wanted, *key)))
    return {(row.team_id, row.owner_id, row.local) for row in known}


def _as_of_now(connection: Connection, pulse: Pulse, pulses: Mapping[Key, Pulse]) -> Pulse:
    """A pulse that is about to be asked, with the product that it has by now; the subject stays as given."""
    now = pulses.get((pulse.team_id, pulse.id))
    if now is None:
        return pulse
    if now.subject != pulse.subject:
        mine = (PULSE.c.team_id == pulse.team_id, PULSE.c.id == pulse.id)
        connection.execute(PULSE.update().where(*mine).values(subject=pulse.subject))
    return replace(pulse, product=now.product)


def _posted(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[Wave]:
    """New waves, in the order of their rows, each with its message in the outbox."""
    if not rows:
        return []
    connection.execute(WAVE.insert(), list(rows))
    keys = [(row["team_id"], row["id"]) for row in rows]
    these = WAVES.where(has_key_in(keys, WAVE.c.team_id, WAVE.c.id))
    found = {wave.id: wave for wave in fetch_all(connection, these, read_wave)}
    waves = [found[wave_id] for _, wave_id in keys]
    enqueue_all(
        connection,
        [
            new_post(PostKind.WAVE, team_id=wave.team_id, ref=wave.id, channel_id=wave.pulse.channel_id)
            for wave in waves
        ],
    )
    return waves
