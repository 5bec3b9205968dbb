"""A product, its pulses, waves and answers, made through the store; a test states only what it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from storage.delivery.outbox_requests import request_update
from storage.engine.repository import fetch_all
from storage.records import (
    GRACE,
    AnswerKey,
    ConfirmedName,
    Digest,
    DigestSettings,
    Edition,
    Label,
    Lean,
    Lens,
    NewComment,
    Occasion,
    OccasionState,
    Period,
    Pulse,
    Quote,
    Rating,
    Round,
    RoundKind,
    Sentiment,
    Touchpoint,
    Wave,
)
from storage.records.count_records import Count, Uncounted
from storage.schema.migrate import TABLES
from storage.schema.question_tables import WAVE
from storage.schema.wave_rows import WAVES, read_wave
from storage.store import Store

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TEAM = "T1"
WORDS = "The invoice was wrong again."
HASH = "5f" * 32  # as long as a respondent's hash


async def a_pulse(store: Store, **changes: Any) -> Pulse:
    """NPS about Atlas in #C1, asked once by U_LEAD."""
    given = {
        "team_id": TEAM,
        "instrument": "nps",
        "lens": Lens.CX,
        "subject": "Atlas",
        "channel_id": "C1",
        "named": False,
        "min_group": 5,
        "open_for": 3 * DAY,
        "cadence": None,
        "zone": "Europe/Berlin",
        "next_at": None,
        "leads": ["U_LEAD"],
        "asked_by": "U_LEAD",
        "created_at": MONDAY,
        **changes,
    }
    if "product" not in given:
        given["product"] = await store.products.create(given["team_id"], ConfirmedName("Atlas"))
    return await store.pulses.create(**given)


async def a_wave(store: Store, pulse: Pulse | None = None, **changes: Any) -> Wave:
    """A wave that opens on Monday at 09:00 for three days."""
    given = {
        "pulse": pulse or await a_pulse(store),
        "question": "How likely are you to recommend Atlas?",
        "ui_version": 1,
        "opened_at": MONDAY,
        "closes_at": MONDAY + 3 * DAY,
        "invited": 61,
        **changes,
    }
    wave = await store.waves.open(**given)
    assert wave is not None
    return wave


def a_rating(wave: Wave, respondent: str = HASH, **changes: Any) -> Rating:
    """A 9 on the first item, an hour after the wave opened."""
    given = {"item": 1, "point": 9, "clicked_at": wave.opened_at + HOUR, **changes}
    return Rating(team_id=wave.team_id, wave_id=wave.id, respondent=respondent, **given)


async def answer(store: Store, wave: Wave, respondents: Sequence[str], **changes: Any) -> None:
    """One rating of each of them."""
    for respondent in respondents:
        await store.answers.record([a_rating(wave, respondent, **changes)])


def a_label(version: str = "v1", **changes: Any) -> Label:
    """Negative, about billing."""
    given = {
        "sentiment": Sentiment.NEGATIVE,
        "polarity": -0.5,
        "probabilities": {Sentiment.NEGATIVE: 0.75, Sentiment.NEUTRAL: 0.25, Sentiment.POSITIVE: 0.0},
        "touchpoints": (Touchpoint.BILLING, Touchpoint.SUPPORT),
        "reasons": ("invoice",),
        **changes,
    }
    return Label(version=version, **given)


def a_comment(text: str = WORDS, **changes: Any) -> NewComment:
    """A labelled comment that may be quoted, two hours after Monday 09:00."""
    given = {"may_quote": True, "label": a_label(), "written_at": MONDAY + 2 * HOUR, **changes}
    return NewComment(text=text, **given)


def answer_key(wave: Wave, respondent: str = HASH) -> AnswerKey:
    """Where a person's answer in a wave is kept."""
    return AnswerKey(team_id=wave.team_id, wave_id=wave.id, respondent=respondent)


async def comment_id(store: Store, wave: Wave, respondent: str = HASH) -> str:
    """The id of a person's comment."""
    response = await store.responses.response_of(answer_key(wave, respondent))
    assert response is not None
    assert response.comment is not None
    return response.comment.id


async def a_digest(store: Store, **changes: Any) -> Digest:
    """Atlas every Monday to #C9, from #C1 and #C2."""
    given = {
        "team_id": TEAM,
        "channel_id": "C9",
        "sources": ("C1", "C2"),
        "cadence": "weekly mon 09:00",
        "zone": "Europe/Berlin",
        "next_at": MONDAY + 7 * DAY,
        "cx_metric": "nps",
        "ux_metric": None,
        "min_group": 5,
        "lead": "U_LEAD",
        "now": MONDAY,
        **changes,
    }
    if "product" not in given:
        given["product"] = await store.products.create(given["team_id"], ConfirmedName("Atlas"))
    metrics = {side: given.pop(side) for side in ("cx_metric", "ux_metric")}
    begin = {name: given[name] for name in ("sources", "cadence", "zone")}
    first = given.pop("next_at")
    digest = await store.digests.configure(
        **given, begin=DigestSettings(**begin), next_at=lambda _rule, _zone: first
    )
    await store.digests.set_metrics(digest.team_id, digest.id, **metrics)
    return replace(digest, **metrics)


def an_edition(digest: Digest, *quoted: str, **changes: Any) -> Edition:
    """An edition of Monday that quotes the comments of these ids, all with the same words."""
    given = {
        "id": "e1",
        "period": Period(MONDAY - 42 * DAY, MONDAY),
        "made_at": MONDAY,
        "full": True,
        "figures": {"cx": {"n": 28}},
        "quotes": tuple(Quote(comment_id=each, text=WORDS, touchpoint=Touchpoint.BILLING) for each in quoted),
        **changes,
    }
    return Edition(team_id=digest.team_id, digest_id=digest.id, channel_id=digest.channel_id, **given)


async def publish(store: Store, digest: Digest, edition: Edition, *, parts: int = 2) -> None:
    """Post an edition on request, outside of its cadence."""
    assert await store.editions.publish(digest=digest, edition=edition, parts=parts, occasion=None)


def an_occasion(owner_id: str, local: str = "2026-11-16T10:00", **changes: Any) -> Occasion:
    """A due time that was kept."""
    given = {"due_at": MONDAY, "state": OccasionState.DONE, "team_id": TEAM, **changes}
    return Occasion(owner_id=owner_id, local=local, **given)


def decides_to_wait(_given: Uncounted) -> Count:
    """Whoever answered, nothing is counted yet."""
    return Count()


def decides_to_count(given: Uncounted) -> Count:
    """Whoever answered is counted, for a word: storage leaves it to others how many that must be."""
    people = frozenset(person for wave in given.waves for person in wave.answers)
    made = Round(
        id=given.round_id,
        question=given.question,
        kind=RoundKind.WORD,
        counted_at=given.at,
        n=max(5, len(people)),
        invited=None,
        first_day=given.waves[0].opened_at.date(),
        last_day=given.waves[-1].closes_at.date(),
        askings=len(given.waves),
        lean=Lean.GOOD,
    )
    return Count(round=made, people=people)


async def settle(store: Store, wave: Wave, *, at: datetime, counts: bool = True) -> bool:
    """Close a wave and look at its question: all that waits there counts at that moment, or waits on."""
    await store.waves.close(TEAM, wave.id, at=min(wave.closes_at, at - GRACE))
    decide = decides_to_count if counts else decides_to_wait
    found = await store.rounds.count(TEAM, wave.question_id, at=at, decide=decide)
    return found is not None


async def all_waves(store: Store, pulse: Pulse | None = None) -> list[Wave]:
    """Every wave, or every wave of a pulse, newest first, also those taken down."""
    query = WAVES.order_by(WAVE.c.opened_at.desc())
    if pulse:
        query = query.where(WAVE.c.pulse_id == pulse.id)
    return await store.database.read(lambda connection: fetch_all(connection, query, read_wave))


async def ask_for_update(store: Store, ref: str, *, urgent: bool = False) -> None:
    """Something that a message shows has changed: another has answered, or what is `urgent`."""
    await store.database.write(lambda connection: request_update(connection, TEAM, [ref], urgent=urgent))


async def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is stored, table by table."""

    def work(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in TABLES.sorted_tables
        }

    return await store.database.read(work)
