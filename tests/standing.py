"""Pulses and digests that stand in a database with their next times, as schedules leave them there."""

from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from jobs import cadence
from jobs.instruments import INSTRUMENTS
from storage.engine.repository import add, new_id
from storage.records import ConfirmedName, Digest, DigestSettings, Lens, Pulse, Question, Round
from storage.records.round_records import Lean, RoundKind
from storage.schema.round_rows import row_of_round
from storage.schema.round_tables import QUESTION, ROUND
from storage.store import Store

TEAM = "T0SANDBOX"
NIGHT = timedelta(hours=20)


async def a_pulse(
    store: Store,
    *,
    rule: str | None,
    zone: str,
    channel_id: str,
    lead_id: str,
    now: datetime,
    open_for: timedelta = NIGHT,
    instrument: str = "nps",
    min_group: int = 5,
    product: str = "Atlas",
    named: bool = False,
) -> Pulse:
    """A pulse about a product, with its first time from `now` on; without a `rule` it is asked by hand."""
    return await store.pulses.create(
        team_id=TEAM,
        product=await store.products.create(TEAM, ConfirmedName(product)),
        instrument=instrument,
        lens=INSTRUMENTS[instrument].lens,
        subject=product,
        channel_id=channel_id,
        named=named,
        min_group=min_group,
        open_for=open_for,
        cadence=rule,
        zone=zone,
        next_at=_first(rule, zone, now) if rule else None,
        leads=(lead_id,),
        asked_by="Priya Nair",
        created_at=now,
    )


async def a_digest(
    store: Store,
    *,
    rule: str,
    zone: str,
    channel_id: str,
    lead_id: str,
    now: datetime,
    product: str = "Atlas",
) -> Digest:
    """A digest of what was asked in its own channel, with its first time from `now` on."""
    return await store.digests.configure(
        team_id=TEAM,
        product=await store.products.create(TEAM, ConfirmedName(product)),
        channel_id=channel_id,
        lead=lead_id,
        begin=DigestSettings(sources=(channel_id,), cadence=rule, zone=zone),
        min_group=5,
        next_at=partial(_first, now=now),
        now=now,
    )


async def give_news(store: Store, digest: Digest, at: datetime) -> None:
    """Something to say for an edition: a score that was counted and withdrawn at this moment."""
    question = Question(
        team_id=TEAM,
        channel_id=digest.channel_id,
        product_id=digest.product.id,
        subject_key="",
        lens=Lens.CX,
        instrument="ces",
        wording="1",
        named=False,
    )
    counted = Round(
        id=new_id(),
        question=question,
        kind=RoundKind.WORD,
        counted_at=at,
        n=5,
        invited=None,
        first_day=at.date(),
        last_day=at.date(),
        askings=1,
        lean=Lean.NEITHER,
    )

    def work(connection: Connection) -> None:
        add(connection, QUESTION, {**asdict(question), "id": digest.id})
        connection.execute(ROUND.insert(), row_of_round(counted, digest.id) | {"withdrawn_at": at})

    await store.database.write(work)


def this_minute(now: datetime) -> str:
    """The rule that is due in the minute of `now`, every day; its zone is UTC."""
    return f"cron {now.minute} {now.hour} * * *"


def _first(rule: str, zone: str, now: datetime) -> datetime:
    return cadence.next_after(cadence.read(rule), zone, now - timedelta(microseconds=1)).at
